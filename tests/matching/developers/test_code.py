import ast
import re

import pytest

from matching.developers.code import FOLDER, WRITTEN_FOR, code_for, snippets

SNIPPETS = snippets()
STANDARD = {"hashlib", "hmac", "http", "json", "os", "time", "urllib", "smartpick"}


def test_every_file_is_a_snippet_or_what_one_prints() -> None:
    names = {path.name.removesuffix(".txt").removesuffix(".out") for path in FOLDER.glob("*")}

    assert names == SNIPPETS.keys()
    assert {snippet.key for snippet in SNIPPETS.values()} == {name.replace(".", "_") for name in names}


@pytest.mark.parametrize("name", [name for name in SNIPPETS if name.endswith(".py")])
def test_python_needs_the_standard_library_alone(name: str) -> None:
    tree = ast.parse(SNIPPETS[name].text)

    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in found} <= STANDARD
    assert SNIPPETS[name].language == "Python"


def test_code_is_for_the_host_it_is_read_on() -> None:
    shown = code_for("https://smartpick.example")

    assert "https://smartpick.example/api/v1/matches/" in shown["try_sh"].text
    assert not any(WRITTEN_FOR in snippet.text for snippet in shown.values())
    assert WRITTEN_FOR in SNIPPETS["try.sh"].text


def test_lines_are_short_enough_to_be_read() -> None:
    long = [
        f"{name}: {line}"
        for name, snippet in SNIPPETS.items()
        for line in snippet.text.splitlines()
        if len(line) > 100 and not re.match(r"reference,", line)
    ]
    assert not long
