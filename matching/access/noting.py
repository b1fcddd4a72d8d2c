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
    if not isinstance(user, User):
        return  # nobody of the staff: the login answers that
    StaffAccess.objects.create(
        at=timezone.now(),
        user=user,
        user_name=user.get_full_name() or user.get_username(),
        action=action,
        model=obj._meta.label,
        object_id="" if isinstance(obj, type) else str(obj.pk),
        subject=subject,
        rows=rows,
    )
