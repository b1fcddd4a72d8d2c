import pytest
from pytest_django import Settings

from matching.secrets_box import SealBroken, seal, unseal


def test_seal_is_read_again_by_its_purpose_alone() -> None:
    sealed = seal("whsec_Québec", purpose="webhook")

    assert "whsec" not in sealed
    assert unseal(sealed, purpose="webhook") == "whsec_Québec"
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="second factor")


def test_seal_differs_each_time() -> None:
    assert seal("same", purpose="webhook") != seal("same", purpose="webhook")


@pytest.mark.parametrize("sealed", ["", "nonsense", "gAAAAA", "\u00e9"])
def test_unseal_what_is_not_sealed(sealed: str) -> None:
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="webhook")


def test_unseal_under_another_secret_key(settings: Settings) -> None:
    sealed = seal("text", purpose="webhook")
    settings.SECRET_KEY = "another" * 10

    with pytest.raises(SealBroken):
        unseal(sealed, purpose="webhook")
