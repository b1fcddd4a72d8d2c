"""The four groups of the staff and what each may do. Which rows they see: ``matching/caseload.py``.

Advisors and their leads come and go with their memberships (``matching/memberships.py``); the data desk's
people are put into their groups by a superuser. To export people (``matching.export_people``) is in no group:
a superuser gives it to one person at a time.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

ADVISORS = "Advisors"
LEADS = "Advisor leads"
DATA_DESK = "Data desk"
DATA_LEADS = "Data leads"

MAY = (
    ("applicants", "view_profile"),
    ("matching", "view_match"),
    ("matching", "view_savedlist"),
    ("matching", "view_outcomereport"),
    ("matching", "witness_outcomereport"),
    ("matching", "view_review"),
    ("matching", "change_review"),
)
LEADS_MAY = (
    *MAY,
    ("matching", "view_disagreement"),
    ("matching", "view_staffaccess"),
    ("matching", "view_organisation"),
    ("matching", "change_organisation"),
    *(("matching", f"{verb}_advisorgroup") for verb in ("view", "add", "change", "delete")),
    *(("matching", f"{verb}_membership") for verb in ("view", "add", "change", "delete")),
)
DATA_DESK_MAY = (
    *(
        ("programs", f"view_{model}")
        for model in (
            "program", "programfact", "specialty", "institution", "dataversion", "factreport", "programuse",
            "programoverride", "importbatch", "importrow", "importsource", "roster", "resident",
            "historicalprogram", "historicalprogramfact",
        )
    ),
    ("programs", "add_programfact"),
    ("programs", "change_programfact"),
    # Another's entry: nobody confirms her own.
    ("programs", "confirm_fact"),
    ("programs", "change_factreport"),
    *(
        ("programs", f"{verb}_{model}")
        for verb in ("add", "change")
        for model in ("importbatch", "importsource", "roster", "resident")
    ),
)  # fmt: skip
DATA_LEADS_MAY = (
    *DATA_DESK_MAY,
    ("programs", "change_program"),
    ("programs", "delete_programfact"),
    ("programs", "delete_roster"),
    ("programs", "delete_resident"),
    ("programs", "delete_importbatch"),
    ("programs", "apply_import"),
    ("programs", "decide_program"),
    ("programs", "add_dataversion"),
)
GROUPS = {ADVISORS: MAY, LEADS: LEADS_MAY, DATA_DESK: DATA_DESK_MAY, DATA_LEADS: DATA_LEADS_MAY}


def advisors_group_keep(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Makes the groups and gives each exactly its permissions. Runs after every migrate.

    A data migration could not: on a new database permissions are made only when all migrations have run.
    """
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415
    from django.db.models import Q  # noqa: PLC0415

    named = Q(pk__in=())
    wanted = {right for rights in GROUPS.values() for right in rights}
    for app, codename in wanted:
        named |= Q(content_type__app_label=app, codename=codename)
    permissions = {
        (found.content_type.app_label, found.codename): found
        for found in Permission.objects.using(using).filter(named).select_related("content_type")
    }
    if len(permissions) < len(wanted):
        return  # migrated only in part: the rest of the migrations calls again
    for name, rights in GROUPS.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(permissions[right] for right in rights)
