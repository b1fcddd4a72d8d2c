import pytest

from tests.matching.developers.shown import is_of_kind, shown


def test_code_and_output_are_read_as_they_are_typed() -> None:
    html = (
        '<figure class="code" data-snippet="a.sh"><figcaption>curl <code>x</code></figcaption>'
        "<pre><code>curl &quot;a&amp;b&quot; &gt; c</code></pre><pre><samp>200</samp></pre></figure>"
        "<pre>not of a snippet</pre>"
    )
    assert shown(html) == ({"a.sh": 'curl "a&b" > c'}, {"a.sh": "200"})


@pytest.mark.parametrize(
    ("printed", "output", "same"),
    [
        ("4.6 of 100", "17 of 1,000", True),
        ("model 1.e6c9e67f08", "model 1.0123456789", True),
        ("id 7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11", "id 4d129980-7119-4e23-bb57-043c03ebb6a2", True),
        ("+1.07 whatever (it) is", "+0.03 …", True),
        ("location: /a/", "Location: /a/", True),
        ("one\ntwo", "one", False),
        ("done: 3 scored", "failed: 3 scored", False),
        ("", "200", False),
    ],
)
def test_output_is_told_by_its_kind(printed: str, output: str, same: bool) -> None:
    assert is_of_kind(printed, output) is same
