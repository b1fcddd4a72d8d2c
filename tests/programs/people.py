"""People of the data desk for tests: what each may do, and nothing more; and what one of them brought in."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission, User
from django.utils import timezone

from programs.models import ImportBatch

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


def make_batch(**members: Any) -> ImportBatch:
    return ImportBatch.objects.create(
        id=uuid4(), kind="facts", file_name="facts.csv", size=1, sha256="0" * 64, rights="public",
        rights_statement="Each row with its source.", created_at=timezone.now(), **members,
    )  # fmt: skip
