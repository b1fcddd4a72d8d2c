"""Which of a file's columns is taken for which of our fields: proposed, never decided here."""

from collections.abc import Collection, Mapping, Sequence

from programs.importing.columns import TARGETS, targets
from programs.search import normalise

Columns = dict[str, str]  # our field: the file's column


def mapping_propose(
    kind: str,
    columns: Sequence[str],
    *,
    remembered: Mapping[str, str],
    preset: Mapping[str, Sequence[str]],
    left_out: Collection[str] = (),
) -> Columns:
    """By what the source's last file had, then by the preset, then by likeness of names.

    A column is taken once. ``left_out``: columns that somebody chose to leave out in the last file.
    """
    there = {normalise(column): column for column in reversed(columns)}
    found: Columns = {}
    for field, column in remembered.items():
        if normalise(column) in there:
            found[field] = there[normalise(column)]
    for field, names in preset.items():
        alike = next((there[normalise(name)] for name in names if normalise(name) in there), None)
        if field not in found and alike is not None and alike not in found.values():
            found[field] = alike
    for column in left_out:
        there.pop(normalise(column), None)
    for target in TARGETS[kind]:
        alike = next((column for key, column in there.items() if key and key in target.names), None)
        if target.name not in found and alike is not None and alike not in found.values():
            found[target.name] = alike
    return {field: column for field, column in found.items() if field in targets(kind)}


def mapping_faults(kind: str, mapping: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    """Why rows could not be read with it, each in a sentence."""
    faults = [
        f"There is no column “{column}” in this file." for column in mapping.values() if column not in columns
    ]
    twice = {column for column in mapping.values() if list(mapping.values()).count(column) > 1}
    faults += [f"The column “{column}” is taken for two of our fields." for column in sorted(twice)]
    faults += [f"“{field}” is no field of ours." for field in mapping if field not in targets(kind)]
    faults += _which_faults(kind, mapping)
    if kind == "facts":
        groups = {targets(kind)[field].group for field in mapping if field in targets(kind)}
        if "field" in mapping and "One column a fact" in groups:
            faults.append(
                "Either each row is one fact (field and value) or columns are facts: not both at once."
            )
        elif "field" in mapping and not {"value", "value_as_stated"} & set(mapping):
            faults.append("A column for the value, or for what was stated, is missing.")
        elif "field" not in mapping and "One column a fact" not in groups:
            faults.append("No column is taken for a fact.")
    if kind == "rosters" and "kind" not in mapping and "country" not in mapping:
        faults.append("A roster needs the resident's kind or the country of the school.")
    return faults


def _which_faults(kind: str, mapping: Mapping[str, str]) -> list[str]:
    by_name = {"program_name", "state", "specialty"}
    if {"id", "acgme_id", "nrmp_code"} & set(mapping) or by_name <= set(mapping):
        return []
    return [
        "No column says which program a row is about: our id, its ACGME id or NRMP code, "
        "or its name, state and specialty together."
    ]
