import re

from tests.smartpick.processes import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_configuration_table_names_every_variable_the_code_reads() -> None:
    code = "".join(
        (ROOT / "smartpick" / name).read_text(encoding="utf-8") for name in ("settings.py", "gunicorn.py")
    )
    read = set(re.findall(r'env_\w+\(\s*"(\w+)"', code))
    named = set(re.findall(r"`([A-Z_]{4,})`", README))
    assert read
    assert read <= named


def test_commands_table_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):.*##", makefile, flags=re.MULTILINE)) - {"help"}
    assert targets == set(re.findall(r"^\| `make (\w+)`", README, flags=re.MULTILINE))


def test_links_lead_somewhere() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "docs/operations.md", "docs/decisions.md"):
        folder = (ROOT / document).parent
        links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text(encoding="utf-8"))
        assert [link for link in links if not (folder / link).exists()] == []
