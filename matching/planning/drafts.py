"""The form as typed, kept in step with a profile that a plan has changed: it must not say otherwise."""

import uuid

from django.contrib.auth.models import AbstractBaseUser

from applicants.models import ProfileDraft
from applicants.schema import ProfileDocument
from applicants.services import draft_save
from applicants.steps import ROWS
from applicants.typed import Typed, count_of, row_removed
from matching.profile_flow import typed_from


def draft_follow(
    *,
    before: ProfileDocument,
    after: ProfileDocument,
    owner: AbstractBaseUser | None,
    visitor: uuid.UUID | None,
) -> None:
    """Type the change into the form that is being filled in, if there is one; the rest stays as typed."""
    whose = {"owner_id": owner.pk} if owner is not None else {"visitor": visitor}
    draft = ProfileDraft.objects.filter(**whose).first()
    if draft is None:
        return
    old = typed_from(document=before.model_dump(mode="json"))
    new = typed_from(document=after.model_dump(mode="json"))
    draft_save(
        change=lambda typed: typed_after(typed, old, new), start=draft.typed, owner=owner, visitor=visitor
    )


def typed_after(typed: Typed, old: Typed, new: Typed) -> Typed:
    """``typed`` with the difference of ``old`` and ``new`` made to it."""
    for rows in ROWS:
        typed = _rows_after(typed, old, new, rows)
    for name in sorted(old.keys() | new.keys()):
        if name.partition("-")[0] in ROWS or old.get(name) == new.get(name):
            continue
        typed = {key: value for key, value in typed.items() if key != name}
        if name in new:
            typed[name] = new[name]
    return typed


def _rows_after(typed: Typed, old: Typed, new: Typed, rows: str) -> Typed:
    was, becomes, stands = _rows(old, rows), _rows(new, rows), _rows(typed, rows)
    if was == becomes:
        return typed
    if stands == was:
        return _written(typed, rows, becomes)
    added = [row for row in becomes if row not in was]
    typed = _written(typed, rows, [*stands, *added])
    for gone in (row for row in was if row not in becomes):
        stands = _rows(typed, rows)
        if gone in stands:
            typed = row_removed(typed, rows, len(stands) - 1 - stands[::-1].index(gone))
    return typed


def _rows(typed: Typed, rows: str) -> list[dict[str, list[str]]]:
    """Each row that says something, its inputs by their last name."""
    count = count_of(typed, rows, least=0)
    found = []
    for at in range(count):
        first = f"{rows}-{at}-"
        found.append(
            {key.removeprefix(first): value for key, value in typed.items() if key.startswith(first)}
        )
    return [row for row in found if row]


def _written(typed: Typed, name: str, rows: list[dict[str, list[str]]]) -> Typed:
    kept = {key: value for key, value in typed.items() if key.partition("-")[0] != name}
    kept[f"{name}-rows"] = [str(max(len(rows), 1))]
    for at, row in enumerate(rows):
        kept |= {f"{name}-{at}-{key}": value for key, value in row.items()}
    return kept
