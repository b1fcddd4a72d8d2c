"""The twelve applicants at the real catalogue, each at a desk of her own."""

from functools import lru_cache

from hypothesis import strategies as st

from applicants.services import profile_validate
from matching.catalogue import LoadedCatalogue
from matching.schema import MatchOptions
from matching.whatif.control import Control, Value
from matching.whatif.desk import Desk
from matching.whatif.start import Start, start_of
from tests.profiles import TWELVE, someone

SLUGS = tuple(each.slug for each in TWELVE)
NAMES = {
    "family-medicine": "Family medicine",
    "internal-medicine": "Internal medicine",
    "pediatrics": "Pediatrics",
    "psychiatry": "Psychiatry",
    "neurology": "Neurology",
}


@lru_cache(maxsize=64)
def start(slug: str, options: MatchOptions | None = None) -> Start:
    """Needs no catalogue: the names of a few specialties are enough for the controls."""
    profile = profile_validate(someone(slug).document, season="2027")
    return start_of(profile=profile, options=options or MatchOptions(), season="2027", specialties=NAMES)


def desk(slug: str, catalogue: LoadedCatalogue) -> Desk:
    return Desk(start(slug), catalogue)


def control(controls: tuple[Control, ...], name: str) -> Control:
    return next(each for each in controls if each.name == name)


def values(each: Control) -> st.SearchStrategy[Value]:
    """Every value an open control can be moved to."""
    if each.kind == "switch":
        return st.booleans()
    if each.scale is None:
        return st.sampled_from([code for code, _ in each.choices])
    return st.integers(0, (each.scale.high - each.scale.low) // each.scale.step).map(
        lambda steps: each.scale.low + steps * each.scale.step if each.scale else 0
    )


def sent(value: Value) -> str:
    """As a form sends it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@st.composite
def forms(draw: st.DrawFn, controls: tuple[Control, ...], most: int = 4) -> dict[str, str]:
    """A few open controls, each somewhere on its scale."""
    open_ones = [each for each in controls if each.locked is None]
    chosen = draw(st.lists(st.sampled_from(open_ones), max_size=most, unique_by=lambda each: each.name))
    return {each.name: sent(draw(values(each))) for each in chosen}
