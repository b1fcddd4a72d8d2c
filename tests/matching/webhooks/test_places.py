"""What a partner may register as an address, and the one way it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.webhooks.places import LONGEST, UrlRefused, url_clean, url_place


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://office.example.org", "https://office.example.org/"),
        ("HTTPS://Office.Example.ORG/A/b?c=D", "https://office.example.org/A/b?c=D"),
        ("https://office.example.org:443/x", "https://office.example.org/x"),
        ("https://office.example.org:8443/x", "https://office.example.org:8443/x"),
        ("https://office.example.org./x", "https://office.example.org/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://93.184.215.14/x", "https://93.184.215.14/x"),
        ("https://[2606:2800:21F::1]/x", "https://[2606:2800:21f::1]/x"),
    ],
)
def test_url_clean_keeps_one_way_of_writing(said: str, kept: str) -> None:
    assert url_clean(said, private=False) == kept
    assert url_clean(kept, private=False) == kept


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "office.example.org",
        "//office.example.org/",
        "http://office.example.org/",
        "ftp://office.example.org/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://user:word@office.example.org/",
        "https://user@office.example.org/",
        "https://@office.example.org/",
        "https://office.example.org@127.0.0.1/",
        "https://office.example.org/#part",
        "https://office.example.org/#",
        "https://office.example.org:22/",
        "https://office.example.org:0/",
        "https://office.example.org:99999/",
        "https://office.example.org:port/",
        "https://office.example.org/a b",
        "https://office.example.org/\n",
        "https://office.example.org\\@127.0.0.1/",
        "https://office.example.org/é",
        "https://office.example.org/\x00",
        "https://office..example.org/",
        "https://-office.example.org/",
        "https://of_fice.example.org/",
        f"https://{'a' * 64}.example.org/",
        "https://localhost/",
        "https://intranet/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://127.0.0.1/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://office.example.0x7f/",
        "https://" + "a." * 130 + "example/",
        "https://office.example.org/" + "x" * LONGEST,
    ],
)
def test_url_clean_refuses_with_words(said: str) -> None:
    with pytest.raises(UrlRefused) as refused:
        url_clean(said, private=False)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "said", ["http://127.0.0.1:8000/x", "https://localhost/", "http://partner:5000/", "https://[::1]:99/"]
)
def test_url_clean_of_a_site_that_sends_anywhere(said: str) -> None:
    assert url_clean(said, private=True)
    with pytest.raises(UrlRefused):
        url_clean(said, private=False)


@given(st.text(max_size=60))
def test_url_clean_refuses_or_keeps_but_never_breaks(text: str) -> None:
    for said in (text, f"https://{text}", f"https://office.example.org/{text}"):
        try:
            kept = url_clean(said, private=False)
        except UrlRefused:
            continue
        assert url_clean(kept, private=False) == kept
        assert kept.isascii()
        place = url_place(kept)
        assert (place.scheme, place.port in (443, 8443)) == ("https", True)
        assert place.target.startswith("/")


def test_url_place_is_where_it_leads() -> None:
    assert url_place("https://office.example.org:8443/x?y=1") == (
        "https", "office.example.org", 8443, "office.example.org:8443", "/x?y=1"
    )  # fmt: skip
    assert url_place("https://[2606:2800:21f::1]/") == (
        "https", "2606:2800:21f::1", 443, "[2606:2800:21f::1]", "/"
    )  # fmt: skip
