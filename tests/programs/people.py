"""People of the data desk for tests: what each may do, and nothing more."""

from itertools import count

from django.contrib.auth.models import Permission, User

_numbers = count(1)
READS = ("view_program", "view_programfact", "view_factreport", "view_programoverride")
DESK = (*READS, "add_programfact", "change_programfact", "confirm_fact", "change_factreport")
LEAD = (*DESK, "delete_programfact", "decide_program", "change_program", "add_dataversion")


def make_person(*codenames: str, name: str = "") -> User:
    person = User.objects.create_user(name or f"person{next(_numbers)}", password="x", is_staff=True)
    found = Permission.objects.filter(content_type__app_label="programs", codename__in=codenames)
    person.user_permissions.set(found)
    return person


def make_desk(name: str = "") -> User:
    return make_person(*DESK, name=name)


def make_lead(name: str = "") -> User:
    return make_person(*LEAD, name=name)
