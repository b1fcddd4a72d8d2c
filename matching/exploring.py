"""Looking through the whole catalogue with one's own odds beside every track. Nothing is scored here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce

import numpy as np

from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.models import Match, MatchRun
from matching.scoring.tiers import TIERS
from matching.whole import whole_of
from programs.browsing import Flags, Floats, Ints, Shelf, shelf_build
from programs.geography import RINGS, rings_within
from programs.selectors import ProgramQuery, programs_find

CLOSED, NOT_SCORED = "closed", "none"
# How a track stands, by code: the three tiers, what a rule closes, what has no number.
STANDINGS = (*TIERS, CLOSED, NOT_SCORED)
SORTS = ("odds", "fit", "gain", "distance", "name")
PERSONAL_SORTS = ("odds", "fit", "gain")


@lru_cache(maxsize=2)
def shelf_get(version: str) -> Shelf:
    """Some tenths of a second for a catalogue not seen before. Raises DataVersion.DoesNotExist."""
    return shelf_build(catalogue_get(version).tracks)


@dataclass(frozen=True, eq=False)
class Odds:
    """One applicant's odds by row of a shelf, NaN where there is no number; codes into ``STANDINGS``."""

    p: Floats
    standing: Ints
    fit: Floats
    gain: Floats
    usd: Ints
    asked: Flags
    selected: Flags

    @cached_property
    def gain_per_dollar(self) -> Floats:
        return np.where(self.usd > 0, self.gain / np.maximum(self.usd, 1), np.nan)


def odds_of(match: Match, shelf_version: str) -> Odds | None:
    """None for an answer older than the odds of every track."""
    return _odds(match.run.digest, shelf_version)


@lru_cache(maxsize=64)
def _odds(digest: str, shelf_version: str) -> Odds | None:
    """A run never changes, so neither do the odds it keeps. One query where they are not at hand."""
    run = MatchRun.objects.only("whole", "data_version").get(digest=digest)
    whole = whole_of(run)
    if whole is None:
        return None
    shelf = shelf_get(shelf_version)
    # A track of later data than the answer has no odds yet: the row past the end stands for it.
    rows = np.array([whole.row_of.get(track.id, len(whole.ids)) for track in shelf.tracks], dtype=np.int64)
    tier = np.append(whole.tier, -1)[rows].astype(np.int64)
    closed = np.append(whole.closed, False)[rows]
    standing = np.where(
        closed, STANDINGS.index(CLOSED), np.where(tier < 0, STANDINGS.index(NOT_SCORED), tier)
    )
    return Odds(
        p=np.append(whole.p, np.nan)[rows],
        standing=standing,
        fit=np.append(whole.fit, np.nan)[rows],
        gain=np.append(whole.gain, np.nan)[rows],
        usd=np.append(whole.usd, 0)[rows],
        asked=np.append(whole.asked, False)[rows],
        selected=np.append(whole.selected, False)[rows],
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; a member left empty asks for nothing. ``img_share`` is the least share known."""

    search: str = ""
    specialty: str = ""
    mine: bool = False
    ring: str = ""
    standing: str = ""
    state: str = ""
    county: str = ""
    kind: str = ""
    img_share: float | None = None
    img_share_unknown: bool = False
    age: str = ""
    open_only: bool = False
    sort: str = ""


@dataclass(frozen=True, eq=False)
class Found:
    """Rows of the shelf in the order asked for, and how many each other choice would bring.

    ``share_unknown``: tracks that fit otherwise and are left out because their share of IMGs is not known.
    """

    shelf: Shelf
    odds: Odds | None
    rows: Ints
    rings: Mapping[str, int]
    standings: Mapping[str, int]
    states: Mapping[str, int]
    share_unknown: int = 0
    hidden_closed: int = 0
    per_standing: Mapping[str, int] = field(default_factory=dict)


def explore(catalogue: LoadedCatalogue, asked: Asked, odds: Odds | None) -> Found:
    """One query where a name, city or code is asked for, none otherwise."""
    shelf = shelf_get(catalogue.version)
    masks = _masks(shelf, asked, odds)
    found = _all(shelf, masks)
    rows = np.flatnonzero(found)
    standing = odds.standing if odds else np.full(len(shelf), STANDINGS.index(NOT_SCORED))
    without = {
        name: _all(shelf, masks, without=name) for name in ("ring", "standing", "state", "share", "open")
    }
    inner = Counter(shelf.ring[without["ring"]].tolist())
    unknown = without["share"] & np.isnan(shelf.img_share)
    return Found(
        shelf=shelf,
        odds=odds,
        rows=rows[_order(shelf, odds, rows, asked.sort)],
        rings={ring: sum(inner[each] for each in rings_within(ring)) for ring in RINGS},
        standings=_counted(standing[without["standing"]]),
        states=Counter(shelf.state[without["state"]].tolist()),
        share_unknown=int(unknown.sum()) if asked.img_share is not None else 0,
        hidden_closed=int(without["open"].sum()) - len(rows),
        per_standing=_counted(standing[rows]),
    )


def _masks(shelf: Shelf, asked: Asked, odds: Odds | None) -> dict[str, Flags]:
    """One a filter that is asked for."""
    masks: dict[str, Flags] = {}
    if asked.search.strip():
        ids = programs_find(ProgramQuery(search=asked.search)).values_list("pk", flat=True)
        masks["search"] = _rows(shelf, [shelf.row_of[each] for each in ids if each in shelf.row_of])
    if asked.specialty:
        masks["specialty"] = shelf.specialty == asked.specialty
    elif asked.mine and odds:
        masks["specialty"] = odds.asked
    if asked.ring:
        masks["ring"] = np.isin(shelf.ring, rings_within(asked.ring))
    if asked.state:
        masks["state"] = shelf.state == asked.state
    if asked.county:
        masks["county"] = shelf.county == asked.county.casefold()
    if asked.kind:
        masks["kind"] = _of_kind(shelf, asked.kind)
    if asked.img_share is not None:
        masks["share"] = np.nan_to_num(shelf.img_share, nan=-1.0) >= asked.img_share
    elif asked.img_share_unknown:
        masks["share"] = np.isnan(shelf.img_share)
    if asked.age:
        masks["age"] = _of_age(shelf, asked.age)
    if odds and asked.standing:
        masks["standing"] = odds.standing == STANDINGS.index(asked.standing)
    if odds and asked.open_only:
        masks["open"] = odds.standing != STANDINGS.index(CLOSED)
    return masks


def _all(shelf: Shelf, masks: Mapping[str, Flags], *, without: str = "") -> Flags:
    kept = (mask for name, mask in masks.items() if name != without)
    return reduce(np.logical_and, kept, np.ones(len(shelf), dtype=bool))


def _rows(shelf: Shelf, rows: list[int]) -> Flags:
    mask = np.zeros(len(shelf), dtype=bool)
    mask[rows] = True
    return mask


def _of_kind(shelf: Shelf, kind: str) -> Flags:
    """A safety-net hospital is a yes of its own beside the type; asking for that type means either."""
    if kind == "unknown":
        mask = (shelf.kind == "") & ~shelf.safety_net
    else:
        mask = (shelf.kind == kind) | (shelf.safety_net & (kind == "safety-net"))
    return np.asarray(mask, dtype=bool)


def _of_age(shelf: Shelf, age: str) -> Flags:
    """``listed-Y``: in a list of year Y or later; ``said-Y``: a page of then or later states something."""
    what, _, year = age.partition("-")
    if what == "listed":
        return shelf.listed >= int(year)
    return shelf.said_year >= int(year) if year else shelf.said


def _counted(standings: Ints) -> dict[str, int]:
    counts = np.bincount(standings, minlength=len(STANDINGS))
    return {name: int(count) for name, count in zip(STANDINGS, counts, strict=True)}


def _order(shelf: Shelf, odds: Odds | None, rows: Ints, sort: str) -> Ints:
    """The best first, what is not known last, equals by name."""
    if odds and sort in PERSONAL_SORTS:
        value = {"odds": odds.p, "fit": odds.fit, "gain": odds.gain_per_dollar}[sort][rows]
        key = np.where(np.isnan(value), np.inf, -value)
    elif sort == "name":
        key = np.zeros(len(rows))
    else:
        key = np.where(np.isnan(shelf.miles[rows]), np.inf, np.round(shelf.miles[rows]))
    return np.lexsort((shelf.name_rank[rows], key))
