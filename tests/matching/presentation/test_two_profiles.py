from applicants.models import Profile
from matching.presentation.two_profiles import two_profiles
from tests.matching.inputs import profile_of


def made(**members: object) -> Profile:
    return Profile(document=profile_of(**members).model_dump(mode="json"))


def test_two_profiles_parts_what_differs_from_what_does_not() -> None:
    two = two_profiles(made(), made(graduation_year=2020, ecfmg_certified=None), specialties={})
    assert [(pair.label, pair.here.items, pair.there.items) for pair in two.different] == [
        ("Graduation year", ("2025",), ("2020",)),
        ("ECFMG certified", ("yes",), ("not known",)),
    ]
    assert "Step 2 CK" in [pair.label for pair in two.same]


def test_two_profiles_says_nothing_of_what_neither_knows() -> None:
    labels = [pair.label for pair in two_profiles(made(), made(), specialties={}).same]
    assert "Letters" not in labels
    assert two_profiles(made(), made(), specialties={}).different == ()
