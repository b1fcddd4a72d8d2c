"""From a file with errors to a list that moved: corrected, published, told, judged anew, undone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage, Site
from tests.e2e.test_advising import log_in_staff
from tests.e2e.test_journeys import save_list, to_result
from tests.e2e.watched import Watched
from tests.smartpick.processes import ROOT, clean_environment

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds a busy machine may take
LOOKS = [(1280, "light"), (360, "dark")]
HEADER = "Which,What,Says\n"
FIELD = "min_step2ck"
PUBLISH = "Publish a new data version"
NOBODY = "sp99998"


def rows_file(*rows: tuple[str, str]) -> bytes:
    return (HEADER + "".join(f"{program},{FIELD},{value}\n" for program, value in rows)).encode()


def hand_in(page: Page, data: bytes, name: str) -> None:
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def counted(page: Page) -> dict[str, str]:
    """What the import's page counts, by its words, once it has read every row."""
    expect(page.locator(".import-counts")).to_be_visible(timeout=SLOW)
    rows = [row.inner_text().split() for row in page.locator(".import-counts > div").all()]
    return {" ".join(words[:-1]): words[-1] for words in rows}


def publish(watched: Watched) -> None:
    """From the page of an import; the page says first what it would change."""
    page = watched.page
    watched.follow(page.get_by_role("link", name=PUBLISH))
    expect(page.locator(".data-table tr", has_text="Lowest Step 2 CK score").first).to_be_visible()
    watched.check()
    watched.follow(page.get_by_role("button", name="Publish this"))
    expect(page.get_by_text("New matches use it from now on")).to_be_visible()


def lists_compared(site: Site) -> None:
    """What the site does by itself every half minute."""
    subprocess.run(
        [sys.executable, "manage.py", "list_digests"],
        cwd=ROOT,
        env=clean_environment(DATABASE_URL=site.database_url),
        check=True,
    )


def news_of(page: Page, address: str, words: str) -> Locator:
    """The card of what changed. Another worker may be comparing this very list: it is looked for again."""
    news = page.get_by_role("region", name=re.compile("^What changed"))
    for _ in range(10):
        page.goto(address)
        if news.count():
            break
        page.wait_for_timeout(1000)
    expect(news).to_contain_text(words)
    return news


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_import_with_errors_is_corrected_published_and_told(
    open_page: OpenPage, running_site: Site, tmp_path: Path, width: int, theme: str
) -> None:
    source = f"Answers by mail {width}"
    owner = open_page("/", width=width, theme=theme)
    hers = owner.page
    to_result(owner)
    save_list(owner, "Before the import")
    list_address = hers.url
    programs = hers.locator(".picks h3 a").all()[:3]
    ids = [str(link.get_attribute("href")).strip("/").split("/")[-1] for link in programs]

    typist = open_page("/admin/", width=width, theme=theme)
    desk = typist.page
    log_in_staff(typist, running_site, "data")
    desk.goto("/admin/programs/importbatch/add/")
    desk.get_by_label("What it holds").select_option("facts")
    hand_in(
        desk, rows_file((ids[0], "255"), (NOBODY, "255"), (ids[1], "999"), (ids[2], "255")), "answers.csv"
    )
    desk.get_by_label("Where it is from").fill(source)
    desk.get_by_label("By what right").select_option("own")
    desk.get_by_label("Who says that we may").fill("The coordinators, each by mail.")
    typist.follow(desk.get_by_role("button", name="Hand in and look at its columns"))
    for column, field in (("Which", "id"), ("What", "field"), ("Says", "value")):
        desk.get_by_label(column, exact=True).select_option(field)
    desk.get_by_label("Kind of source").select_option("program_page")
    desk.get_by_label("Address of the page").fill("https://program.example/apply")
    desk.get_by_label("Seen on").fill("2026-10-01")
    desk.get_by_label("Strictness").select_option("strict")
    desk.get_by_label("Confidence").select_option("high")
    typist.check()
    typist.follow(desk.get_by_role("button", name="Read the rows"))

    assert counted(desk)["faults"] == "2"
    faults = desk.locator(".import-rows tbody tr")
    expect(faults).to_have_text(
        [re.compile(f"3.*{NOBODY}.*id of no program", re.DOTALL), re.compile("4.*999", re.DOTALL)]
    )
    typist.check()
    typist.screenshot(f"import-faults-{width}-{theme}")
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="All faults as CSV").click()
    coming.value.save_as(tmp_path / "faults.csv")
    lines = (tmp_path / "faults.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [["3", "Which", NOBODY], ["4", "Says", "999"]]

    hand_in(desk, rows_file(*((program, "255") for program in ids)), "answers-corrected.csv")
    typist.follow(desk.get_by_role("button", name="Hand in", exact=True))
    told = counted(desk)
    assert (told["faults"], int(told["added"]) + int(told["say otherwise"])) == ("0", 3)
    expect(desk.get_by_text("Somebody of the data leads confirms it.")).to_be_visible()
    address = desk.url
    desk.goto(f"{address}?rows=add")  # beside what is held already, the rule picks which counts
    closed = desk.locator(".import-rows tbody th .help").first.inner_text()
    name = desk.locator(".import-rows tbody th a").first.inner_text().removesuffix(" Program")

    lead = open_page("/admin/", width=width, theme=theme)
    confirms = lead.page
    log_in_staff(lead, running_site, "datalead")
    confirms.goto(address)
    lead.follow(confirms.get_by_role("button", name="Write up to 3 rows"))
    expect(confirms.get_by_text("in one transaction")).to_be_visible(timeout=SLOW)
    lead.check()
    lead.screenshot(f"import-written-{width}-{theme}")
    publish(lead)
    lists_compared(running_site)

    news = news_of(hers, list_address, f"{name} is closed to you now by a rule")
    owner.check()
    owner.screenshot(f"import-news-{width}-{theme}")
    owner.follow(news.get_by_role("button", name="Judge this list by the new data"))
    expect(news).to_have_count(0)
    expect(hers.locator(f"#row-{closed}")).to_contain_text("Closed to you.")
    owner.follow(hers.get_by_role("link", name="The receipt says why your odds changed."))
    expect(hers.locator(".falls")).to_be_visible()
    owner.check()
    owner.screenshot(f"import-receipt-{width}-{theme}")

    confirms.goto(address)
    lead.follow(confirms.get_by_role("button", name="Undo all of it"))
    expect(confirms.get_by_text("Everything stands as before.")).to_be_visible(timeout=SLOW)
    publish(lead)
    lists_compared(running_site)
    news_of(hers, list_address, "open to you again")
