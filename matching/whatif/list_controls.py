"""How the list is made: what Los Angeles is worth, how far to look, how many, for how much, with signals."""

from matching.inputs import options_of
from matching.schema import MAX_APPLICATIONS, RINGS, MatchOptions
from matching.scoring.listing import la_weight

from .control import Control, Scale, Value, grid
from .start import Start

AS_NOW = ""
REACH = {
    "los-angeles": "Los Angeles only",
    "california": "California",
    "west-coast": "the West Coast",
    "national": "the whole nation",
}
USUAL_MOST, MOST_USD, STEP_USD = 150, 6000, 100


def list_controls(start: Start) -> tuple[Control, ...]:
    return (
        _la_weight(start),
        _rings(start.options),
        _applications(start.options),
        _budget(start.options),
        _signals(start.options),
    )


def _la_weight(start: Start) -> Control:
    default = start.values["list.la_weight_default_if_stated"]
    stands = round(100 * la_weight(start.applicant, options_of(start.options), default))
    low, high, step = grid(stands, 0, 100, 5)
    return Control(
        name="la_weight",
        group="list",
        label="What a match in Los Angeles counts beside one elsewhere",
        kind="slider",
        stands=stands,
        note="Changes which programs are chosen, never the odds at one.",
        scale=Scale(low, high, step, zero="the same", times=True),
        option=lambda options, value: options.model_copy(update={"la_weight": int(value) / 100}),
    )


def _rings(options: MatchOptions) -> Control:
    widest = max(RINGS.index(ring) for ring in options.rings)
    whole = set(options.rings) == set(RINGS[: widest + 1])
    choices = tuple(REACH.items())
    return Control(
        name="rings",
        group="list",
        label="How far to look",
        kind="choice",
        stands=RINGS[widest] if whole else AS_NOW,
        choices=choices if whole else ((AS_NOW, "as you chose"), *choices),
        option=_look,
    )


def _look(options: MatchOptions, value: Value) -> MatchOptions:
    upto = next(at for at, ring in enumerate(RINGS) if ring == value)
    return options.model_copy(update={"rings": RINGS[: upto + 1]})


def _applications(options: MatchOptions) -> Control:
    low, high, step = grid(options.max_applications, 5, USUAL_MOST, 5)
    return Control(
        name="max_applications",
        group="list",
        label="Programs at most",
        kind="slider",
        stands=options.max_applications,
        scale=Scale(low, min(high, MAX_APPLICATIONS), step),
        option=lambda options, value: options.model_copy(update={"max_applications": int(value)}),
    )


def _budget(options: MatchOptions) -> Control:
    """The far end is no limit."""
    usd = options.max_usd
    top = MOST_USD if usd is None else max(MOST_USD, -(-usd // STEP_USD) * STEP_USD)
    low, limit, step = grid(top if usd is None else usd, 0, top, STEP_USD)
    none = limit + step
    return Control(
        name="max_usd",
        group="list",
        label="Application fees at most",
        kind="slider",
        stands=none if usd is None else usd,
        scale=Scale(low, none, step, prefix="$", top="no limit"),
        option=lambda options, value: options.model_copy(
            update={"max_usd": None if int(value) == none else int(value)}
        ),
    )


def _signals(options: MatchOptions) -> Control:
    return Control(
        name="signals",
        group="list",
        label="Program signals used",
        kind="switch",
        stands=options.signals,
        option=lambda options, value: options.model_copy(update={"signals": bool(value)}),
        on="used",
        off="not used",
    )
