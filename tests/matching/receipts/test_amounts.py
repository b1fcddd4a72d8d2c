from hypothesis import given
from hypothesis import strategies as st

from matching.receipts.amounts import signed, tenths

PARTS = st.lists(st.floats(-60, 60), min_size=1, max_size=7)


@given(PARTS)
def test_tenths_add_up_to_the_whole(parts: list[float]) -> None:
    assert round(sum(tenths(parts, sum(parts))) * 10) == round(sum(parts) * 10)


@given(PARTS)
def test_tenths_stay_within_a_tenth_of_each_part(parts: list[float]) -> None:
    rounded = tenths(parts, sum(parts))
    assert all(abs(one - other) < 0.1 + 1e-6 for one, other in zip(parts, rounded, strict=True))


@given(st.floats(0, 100), PARTS)
def test_tenths_add_up_between_two_rounded_ends(start: float, parts: list[float]) -> None:
    first, last = round(start, 1), round(start + sum(parts), 1)
    assert round((first + sum(tenths(parts, last - first))) * 10) == round(last * 10)


def test_tenths_of_nothing() -> None:
    assert tenths([], 0.0) == []


def test_signed_says_its_sign_with_a_real_minus() -> None:
    assert [signed(2.14), signed(-0.4), signed(-0.04)] == ["+2.1", "−0.4", "0"]
    assert signed(-1600, digits=0, unit="$") == "−$1,600"
