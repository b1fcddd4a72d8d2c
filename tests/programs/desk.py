"""Addresses of the catalogue's desk and rows to look at there."""

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
