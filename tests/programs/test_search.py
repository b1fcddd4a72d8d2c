from programs.search import MAX_WORDS, normalise, search_text, search_words


def test_normalise_forgets_case_accents_and_marks() -> None:
    assert normalise("St. Mary\u2019s Hôpital/ÉCOLE") == normalise("st marys hopital ecole")
    assert normalise("<script>'; DROP TABLE--%_\\") == "script drop table"
    assert normalise("  \x00 ") == ""


def test_search_text_leaves_out_what_is_missing() -> None:
    assert search_text("A B", None, "", "Los Ángeles") == "a b | los angeles"


def test_search_words_are_few_and_each_once() -> None:
    assert search_words("la la Angeles LOS") == ["angeles", "los", "la"]
    assert len(search_words(" ".join(f"word{number}" for number in range(50)))) == MAX_WORDS
    assert search_words("?!") == []
