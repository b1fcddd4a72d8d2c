"""Views of the queue that an advisor named. Each is hers alone."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import QueryDict

from matching.models import SavedFilter

MOST = 30
LONGEST = 500


class FilterNotKept(Exception):
    """With what to tell whoever wanted it kept."""


def query_kept(query: str, names: tuple[str, ...]) -> str:
    """What of an address's part after the '?' a view is made of. What was searched for is not in it: that is
    a person's name more often than not."""
    given = QueryDict(query[: 4 * LONGEST])
    kept = QueryDict(mutable=True)
    for name in names:
        if value := given.get(name, ""):
            kept[name] = value
    return kept.urlencode()


def filter_keep(*, user: User, name: str, query: str) -> SavedFilter:
    """A name that is there already is given to the new view."""
    name = _name(name)
    if len(query) > LONGEST:
        raise FilterNotKept("Too much is chosen to be kept as a view.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two windows keep no more than MOST between them
        others = SavedFilter.objects.filter(user=user).exclude(name=name)
        if others.count() >= MOST:
            raise FilterNotKept(f"You keep {MOST} views already. Delete one first.")
        kept, _ = SavedFilter.objects.update_or_create(user=user, name=name, defaults={"query": query})
    return kept


def filter_rename(*, kept: SavedFilter, name: str) -> SavedFilter:
    kept.name = _name(name)
    try:
        with transaction.atomic():
            kept.save(update_fields=["name"])
    except IntegrityError:
        raise FilterNotKept(f"Another of your views is called {kept.name}.") from None
    return kept


def filter_delete(*, kept: SavedFilter) -> None:
    kept.delete()


def _name(name: str) -> str:
    name = " ".join(name.split())[:60]
    if not name:
        raise FilterNotKept("Give the view a name.")
    return name
