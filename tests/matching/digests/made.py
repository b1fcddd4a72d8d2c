"""A saved list, and a catalogue published anew that moves something of it."""

from datetime import UTC, datetime

from programs.choices import Confidence, SourceKind, Strictness
from programs.models import DataVersion, Program, ProgramFact
from programs.services import facts_pick_current
from programs.services.publishing import data_version_publish

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def rule_publish(program: str, field: str = "min_step2ck", value: float = 260) -> DataVersion:
    """A strict rule that a second person has read, published."""
    ProgramFact.objects.create(
        program=Program.objects.get(pk=program),
        field=field,
        value_number=value,
        value_as_stated=f"{value:g}",
        strictness=Strictness.STRICT,
        url="https://program.example/apply",
        source_kind=SourceKind.PROGRAM_PAGE,
        confidence=Confidence.HIGH,
        check_state="confirmed",
    )
    facts_pick_current(program_ids=[program])
    return data_version_publish()


def rule_take_back(program: str) -> DataVersion:
    """The same catalogue as before the rule, published again."""
    ProgramFact.objects.filter(program=program, field="min_step2ck", value_number=260).delete()
    facts_pick_current(program_ids=[program])
    return data_version_publish()
