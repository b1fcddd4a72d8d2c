from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from matching.models import StaffAccess

OPENED, SEARCHED, EXPORTED, REFUSED = "opened", "searched", "exported", "refused"
ACTIONS = (OPENED, SEARCHED, EXPORTED, REFUSED)


def access_note(
    request: HttpRequest,
    action: str,
    obj: Model | type[Model],
    subject: User | None = None,
    rows: int = 1,
) -> None:
    """Writes down who did it, when and to what: a row, or a whole table where ``obj`` is a model.

    ``subject`` is the account it is about. What was typed into a search is not kept, nor what was read.
    """
    assert action in ACTIONS, action
    user = request.user
    if isinstance(user, User):  # else nobody of the staff: the login answers that
        _row(user, action, obj, subject=subject, rows=rows).save()


def export_note(request: HttpRequest, model: type[Model], subjects: Iterable[User | None]) -> None:
    """One row for the whole with how many, and one for each whose things went out with it."""
    user = request.user
    if not isinstance(user, User):
        return
    subjects = list(subjects)
    whose = {subject.pk: subject for subject in subjects if subject is not None}
    rows = [_row(user, EXPORTED, model, subject=None, rows=len(subjects))]
    rows += [_row(user, EXPORTED, model, subject=subject, rows=1) for subject in whose.values()]
    StaffAccess.objects.bulk_create(rows, batch_size=500)


def _row(
    user: User, action: str, obj: Model | type[Model], *, subject: User | None, rows: int
) -> StaffAccess:
    return StaffAccess(
        at=timezone.now(),
        user=user,
        user_name=(user.get_full_name() or user.get_username())[:150],
        action=action,
        model=obj._meta.label,
        object_id="" if isinstance(obj, type) else str(obj.pk)[:40],
        subject=subject,
        rows=rows,
    )
