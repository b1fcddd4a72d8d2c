from matching.digests.comparing import Changes, Side, Stand, digest_document
from matching.digests.words import programs_told, sentences

NONE = Changes(frozenset(), {}, frozenset())
NAMES = {"sp00001": "Harbor", "sp00002": "Bay", "sp00003": "Hill"}


def side(none: float | None = 0.2, match: float | None = 0.5, *, of: dict[str, str] | None = None) -> Side:
    return Side({name: Stand(tier, False, {}) for name, tier in (of or {}).items()}, none, match)


def test_programs_that_left_a_tier_are_told_together() -> None:
    before = side(of={"sp00001": "target", "sp00002": "target", "sp00003": "reach"})
    after = side(of={"sp00001": "reach", "sp00002": "safety", "sp00003": "reach"})
    document = digest_document(before, after, NONE, NAMES)
    assert document is not None
    assert sentences(document) == ("2 programs left target: Harbor (now reach) and Bay (now safety).",)


def test_chances_are_told_from_two_points_on_and_never_by_mail() -> None:
    same = {"sp00001": "target"}
    assert digest_document(side(of=same), side(0.219, 0.481, of=same), NONE, NAMES) is None
    document = digest_document(side(of=same), side(0.23, 0.5, of=same), NONE, NAMES)
    assert document is not None
    assert sentences(document) == ("The chance of no interview rose from 20 to 23 in 100.",)
    assert programs_told(document) == ()


def test_a_chance_that_could_not_be_told_is_no_change() -> None:
    assert digest_document(side(None, None), side(0.9, 0.1), NONE, NAMES) is None


def test_closed_gone_and_new_rules_come_first() -> None:
    before = Side({name: Stand("target", False, {}) for name in NAMES}, 0.2, 0.5)
    after = Side(
        {
            "sp00001": Stand("", True, {"min_step2ck": "Lowest Step 2 CK score"}),
            "sp00003": before.programs["sp00003"],
        },
        0.2,
        0.5,
    )
    changes = Changes(frozenset({"sp00002"}), {"sp00003": ("usce_months_required",)}, frozenset(NAMES))
    document = digest_document(before, after, changes, NAMES)
    assert document is not None
    assert sentences(document) == (
        "Harbor is closed to you now by a rule: lowest Step 2 CK score.",
        "Bay takes nobody any more.",
        "Hill states a rule anew: US clinical experience required. It does not close it to you.",
    )


def test_a_program_that_opened_again_is_told() -> None:
    before = Side({"sp00001": Stand("", True, {"visa": "Visa"})}, 0.2, 0.5)
    document = digest_document(before, side(of={"sp00001": "reach"}), NONE, NAMES)
    assert document is not None
    assert sentences(document) == ("Harbor is open to you again.",)
