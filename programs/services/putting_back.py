"""Back to what the history says: as a new entry or decision, so that this too can be read and undone."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from programs.choices import Confidence, SourceKind, Strictness
from programs.models import Program, ProgramFact, ProgramOverride
from programs.models.override import DECIDED
from programs.services.facts import fact_change, fact_record
from programs.services.overrides import FOREIGN, decided_text
from programs.services.overriding import program_decide

STATED = (
    "field", "value_as_stated", "strictness", "url", "source", "source_kind", "page_year", "season",
    "observed_on", "confidence", "note",
)  # fmt: skip


@transaction.atomic
def fact_put_back(*, record: Any, by: User) -> ProgramFact:
    """The statement as the record (of ``ProgramFact.history``) has it.

    One recorded by hand that is still there is changed; for one that is gone, or is the files', a new one is
    recorded. Either waits for a second reader where it may close a program.
    Raises ValidationError, PermissionDenied, and Program.DoesNotExist.
    """
    if not by.has_perm("programs.add_programfact"):
        raise PermissionDenied
    why = f"Put back as it was on {record.history_date:%-d %B %Y}"
    value = record.value_code if record.value_number is None else f"{record.value_number:.10g}"
    held = ProgramFact.objects.filter(pk=record.id).first()
    if held is not None and not held.from_file:
        for name in ("program_id", *STATED):
            setattr(held, name, getattr(record, name))
        return fact_change(fact=held, value=value, by=by, why=why)
    said = {name: getattr(record, name) for name in STATED}
    said["strictness"] = Strictness(record.strictness)
    said["source_kind"] = SourceKind(record.source_kind)
    said["confidence"] = Confidence(record.confidence)
    return fact_record(program=Program.objects.get(pk=record.program_id), value=value, by=by, why=why, **said)


@transaction.atomic
def program_put_back(*, record: Any, by: User, now: datetime) -> list[ProgramOverride]:
    """The columns that the desk decides, as the record (of ``Program.history``) has them: a decision each.

    Whether it is the same as another is undone or decided by itself, for more goes along with that.
    Raises ValidationError and PermissionDenied.
    """
    reason = f"Put back as it was on {record.history_date:%-d %B %Y}"
    program = Program.objects.get(pk=record.id)
    return [
        program_decide(program=program, field=field, value=text, reason=reason, by=by, now=now)
        for field, text in program_differences(program, record).items()
    ]


def program_differences(program: Program, record: Any) -> dict[str, str]:
    """What the record says otherwise, by column the desk decides, as a file would write it."""
    found = {}
    for field in DECIDED:
        value = getattr(record, FOREIGN.get(field, field))
        text = "" if value is None else str(value)
        if field != "same_as" and text != decided_text(program, field):
            found[field] = text
    return found
