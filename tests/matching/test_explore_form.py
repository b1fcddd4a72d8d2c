from matching.explore_form import ExploreForm
from matching.exploring import Asked

SPECIALTIES = {"surgery": "Surgery", "internal-medicine": "Internal medicine"}


def asked(mine: str = "", **typed: str) -> Asked:
    return ExploreForm(typed, specialties=SPECIALTIES, mine=mine).asked()


def test_form_asks_for_nothing_at_first() -> None:
    assert asked() == Asked(sort="distance")
    assert asked("Surgery") == Asked(mine=True, sort="odds")


def test_form_all_specialties_and_one_leave_ones_own() -> None:
    assert not asked("Surgery", specialty="all").mine
    assert asked("Surgery", specialty="surgery") == Asked(specialty="surgery", sort="odds")


def test_form_reads_every_filter() -> None:
    typed = {
        "search": "ucla", "specialty": "surgery", "ring": "california", "tier": "closed", "state": "CA",
        "county": "Kern", "type": "community", "share": "25", "age": "said-2024", "open": "on",
        "sort": "gain",
    }  # fmt: skip
    assert asked("Surgery", **typed) == Asked(
        search="ucla",
        specialty="surgery",
        ring="california",
        standing="closed",
        state="CA",
        county="Kern",
        kind="community",
        img_share=0.25,
        age="said-2024",
        open_only=True,
        sort="gain",
    )
    assert asked(share="unknown").img_share_unknown


def test_form_leaves_aside_what_rests_on_odds_nobody_has() -> None:
    form = ExploreForm({"tier": "target", "open": "on", "sort": "odds"}, specialties=SPECIALTIES, mine="")
    assert form.asked() == Asked(sort="distance")
    assert form.errors == {}


def test_form_names_a_wrong_filter_and_applies_the_others() -> None:
    form = ExploreForm(
        {"state": "ZZ", "share": "x", "ring": "los-angeles", "specialty": "alchemy"},
        specialties=SPECIALTIES,
        mine="Surgery",
    )
    assert form.asked() == Asked(ring="los-angeles", sort="odds")
    assert set(form.errors) == {"state", "share", "specialty"}
