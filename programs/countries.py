"""Countries by their two letters (ISO 3166-1); the English names are only for people to read."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data" / "countries.csv"


def _names() -> dict[str, str]:
    with DATA.open(encoding="utf-8", newline="") as source:
        return {row["code"]: row["name"] for row in csv.DictReader(source)}


COUNTRIES: dict[str, str] = _names()
BY_NAME = {name.casefold(): code for code, name in COUNTRIES.items()}
