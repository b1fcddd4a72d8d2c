"""Addresses of the catalogue's desk and rows to look at there."""

from datetime import date
from typing import Any

from django.urls import reverse

from programs.models import Program, ProgramFact
from tests.programs.factories import make_fact

FACTS = reverse("admin:programs_programfact_changelist")
FACT_ADD = reverse("admin:programs_programfact_add")
PROGRAMS = reverse("admin:programs_program_changelist")
VERSIONS = reverse("admin:programs_dataversion_changelist")
PUBLISH = reverse("admin:programs_dataversion_publish")


def page(model: str, pk: object, name: str = "change") -> str:
    return reverse(f"admin:programs_{model}_{name}", args=[pk])


def from_file(program: Program, pk: int = 7) -> ProgramFact:
    fact = make_fact(program, "min_step2ck", "220", page_year=2024)
    ProgramFact.objects.filter(pk=fact.pk).update(id=pk)
    return ProgramFact.objects.get(pk=pk)


def source(**members: Any) -> dict[str, Any]:
    """The upper part of a quick entry."""
    return {
        "source_kind": "program_page",
        "url": "https://program.example/apply",
        "source": "",
        "observed_on": date(2026, 9, 1).isoformat(),
        "page_year": "2026",
        "season": "",
        "confidence": "high",
        **members,
    }
