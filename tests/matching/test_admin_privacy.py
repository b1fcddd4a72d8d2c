"""What nobody on the desk reads: sessions, links, addresses, hashes. Not by looking, not by guessing."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from matching.models import SavedList
from tests.matching.desk import EMAIL, account, advisor_client, list_sent
from tests.matching.factories import key_make, link_make, match_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

LISTS = reverse("admin:matching_savedlist_changelist")
MATCHES = reverse("admin:matching_match_changelist")
PROFILES = reverse("admin:applicants_profile_changelist")


@pytest.fixture
def advisor() -> Client:
    return advisor_client()


def private(saved_list: SavedList) -> dict[str, str]:
    run = saved_list.match.run
    found = {"token": link_make(saved_list).token, "digest": run.digest, "email": EMAIL, "password": "md5$"}
    if saved_list.visitor:
        found |= {"visitor": str(saved_list.visitor), "visitor hex": saved_list.visitor.hex}
    return found


@pytest.mark.parametrize("who", ["account", "visitor"])
def test_advisor_reads_nothing_private(advisor: Client, client: Client, who: str) -> None:
    saved_list = list_sent(owner=account() if who == "account" else None)
    client.force_login(User.objects.create_user("ben"))
    sessions = {f"session {row.pk[:4]}": row.pk for row in Session.objects.all()}
    profile = saved_list.match.profile
    assert profile is not None
    rows = {
        "matching_savedlist": saved_list,
        "matching_match": saved_list.match,
        "applicants_profile": profile,
    }

    html = "".join(
        advisor.get(reverse(f"admin:{name}_{view}", args=[row.pk])).content.decode()
        for name, row in rows.items()
        for view in ("change", "history")
    )
    html += "".join(advisor.get(address).content.decode() for address in (LISTS, MATCHES, PROFILES))

    assert "My profile" in html
    assert [name for name, secret in {**private(saved_list), **sessions}.items() if secret in html] == []


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (LISTS, "links__token__startswith"),
        (LISTS, "visitor__isnull"),
        (LISTS, "visitor"),
        (LISTS, "note__contains"),
        (LISTS, "owner__email__startswith"),
        (LISTS, "owner__password__startswith"),
        (LISTS, "match__visitor"),
        (LISTS, "match__run__digest__startswith"),
        (MATCHES, "visitor__startswith"),
        (MATCHES, "api_key__hashed_key__startswith"),
        (MATCHES, "run__claim_token"),
        (PROFILES, "visitor"),
        (PROFILES, "owner__email__startswith"),
        (PROFILES, "document__contains"),
    ],
)
def test_advisor_guesses_nothing_by_the_address(advisor: Client, address: str, query: str) -> None:
    assert advisor.get(address, {query: "a"}).status_code == 400


def test_advisor_search_does_not_tell_of_emails(advisor: Client) -> None:
    list_sent(owner=account())

    assert list(advisor.get(LISTS, {"q": "private@example"}).context["cl"].result_list) == []
    assert len(advisor.get(LISTS, {"q": "ana"}).context["cl"].result_list) == 1
    assert len(advisor.get(LISTS, {"q": "autumn"}).context["cl"].result_list) == 1


def test_key_hash_and_claims_are_shown_to_nobody(admin_client: Client) -> None:
    key, secret = key_make()
    match = match_make(api_key=key)

    html = "".join(
        admin_client.get(reverse(f"admin:matching_{name}", args=args)).content.decode()
        for name, args in (
            ("apikey_changelist", []), ("apikey_change", [key.pk]), ("apikey_history", [key.pk]),
            ("match_changelist", []), ("matchrun_changelist", []), ("matchrun_change", [match.run_id]),
        )
    )  # fmt: skip

    assert key.prefix in html
    assert key.hashed_key not in html
    assert secret not in html
