"""Saved views: who sees which, what they lead to, start pages, private feeds."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import feedparser
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dialogues import workflow
from dialogues.feeds import KINDS
from dialogues.listings import LISTINGS
from dialogues.models import Digest, PrivateFeed, SavedView, StartPage, Topic, User, saved
from dialogues.models.keys import hashed
from dialogues.queries.history import history
from dialogues.views.saved.settings import WITH_FEEDS
from tests.rounds import published, whole_round
from tests.scene import PASSWORD, Scene, scene, signed_in
from tracker.logs import WithoutKeys

__all__ = ["scene"]

pytestmark = pytest.mark.django_db


def view(owner: User, name: str = "Russia", query: str = "partner=RU", **fields: Any) -> SavedView:
    return SavedView.objects.create(
        **{"owner": owner, "listing": "rounds", "name": name, "query": query, **fields}
    )


def keep(client: Client, name: str, query: str = "", listing: str = "rounds", **fields: Any) -> Any:
    """Save what a listing asks, as the page's form does."""
    given = {"listing": listing, "query": query, "name": name, "audience": "own", **fields}
    return client.post("/views/new/", given)


def do(client: Client, kept: SavedView, what: str, **fields: Any) -> Any:
    return client.post(f"/views/{kept.pk}/settings/", {"do": what, **fields})


def feed_of(client: Client, kept: SavedView) -> dict[str, str]:
    """Make a private feed, and take its addresses from the only page that shows them."""
    page = do(client, kept, "feed").content.decode()
    return {
        found[2]: f"/feeds/{found[1]}.{found[2]}"
        for found in re.finditer(r"http://testserver/feeds/([\w-]{43})\.(atom|ics)", page)
    }


# --- Keeping and opening -------------------------------------------------------------------------


def test_a_view_keeps_filters_columns_and_order(scene: Scene) -> None:
    published(scene.russia, edition=1)
    client = signed_in(scene.eka)
    query = "ordering=edition&partner=RU&columns=date,round&page=3&host="

    offered = client.get("/views/new/?" + urlencode({"listing": "rounds", "query": query}))
    saved_ = keep(client, "  With\r\nRussia ", query)

    assert "Partner: Russia" in offered.content.decode()
    kept = SavedView.objects.get()
    assert saved_["Location"] == f"/views/{kept.pk}/settings/"
    assert (kept.owner, kept.listing, kept.name) == (scene.eka, "rounds", "With Russia")
    assert kept.query == "columns=date%2Cround&ordering=edition&partner=RU"
    opened = client.get(f"/views/{kept.pk}/")
    assert opened["Location"] == "/rounds/?columns=date%2Cround&ordering=edition&partner=RU"


def test_what_a_listing_refuses_is_not_kept(scene: Scene) -> None:
    client = signed_in(scene.eka)
    for query, says in (
        ("nosuch=1", "There is no parameter “nosuch”."),
        ("format=carrier-pigeon", "“carrier-pigeon” is not known here."),
        ("date_from=sometime", "sometime"),
        ("columns=date,nosuch", "There is no column “nosuch”."),
        ("q=" + "a" * 4000, "These filters are too long to be kept: 4002 characters, of 4000."),
    ):
        page = keep(client, "Wrong", query)
        assert page.status_code == 200
        assert says in page.content.decode(), query
    assert not SavedView.objects.exists()
    assert keep(client, "Wrong", listing="nosuch").status_code == 404
    assert client.get("/views/new/").status_code == 404


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "This field is required."),
        (" \t\n ", "This field is required."),
        ("\u200b\u200e", "Write a name."),
        ("x" * 121, "at most 120 characters"),
        ("nul\0", "Null characters are not allowed."),
        ("Russia", "You have a view of this name already."),
    ],
)
def test_a_name_that_is_none_is_told(scene: Scene, name: str, says: str) -> None:
    view(scene.eka)
    page = keep(signed_in(scene.eka), name)
    assert page.status_code == 200
    assert says in page.content.decode()
    assert SavedView.objects.count() == 1


def test_a_hostile_name_is_only_a_name(scene: Scene) -> None:
    client = signed_in(scene.eka)
    name = "<script>alert('🇮🇩')</script>\" onclick=x"
    keep(client, name, "q=<script>&q=' OR 1=1 --")
    kept = SavedView.objects.get()
    assert kept.name == name
    for address in ("/views/", f"/views/{kept.pk}/settings/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(" in page
    assert parse_qs(urlsplit(client.get(f"/views/{kept.pk}/")["Location"]).query) == {
        "q": ["<script>", "' OR 1=1 --"]
    }


def test_a_view_leads_to_its_own_listing_and_nowhere_else(scene: Scene) -> None:
    kept = view(scene.eka, query="//elsewhere.example/?q=1#x")
    location = signed_in(scene.eka).get(f"/views/{kept.pk}/")["Location"]
    assert location.startswith("/rounds/?")


def test_filters_are_replaced_by_saving_into_the_view(scene: Scene) -> None:
    published(scene.fiji, edition=1)
    kept, others = view(scene.eka), view(scene.ayu)
    client = signed_in(scene.eka)
    page = client.get("/views/new/?listing=rounds&query=partner%3DFJ").content.decode()
    assert f'<option value="{kept.pk}">Russia</option>' in page

    given = {"listing": "rounds", "query": "partner=FJ"}
    assert client.post("/views/new/", {**given, "replace": kept.pk}).status_code == 302
    for strange in (others.pk, "nosuch", "9" * 40):
        assert client.post("/views/new/", {**given, "replace": strange}).status_code == 404

    kept.refresh_from_db()
    others.refresh_from_db()
    assert (kept.query, others.query) == ("partner=FJ", "partner=RU")


def test_renaming_and_deleting_are_the_owners_alone(scene: Scene) -> None:
    kept = view(scene.ayu, for_everyone=True)
    for what in ("rename", "delete", "nosuch", ""):
        answer = do(signed_in(scene.eka), kept, what, name="Mine", audience="own")
        assert answer.status_code == 400
    assert "Delete" not in signed_in(scene.eka).get(f"/views/{kept.pk}/settings/").content.decode()
    client = signed_in(scene.ayu)
    assert do(client, kept, "rename", name="", audience="own").status_code == 200
    kept.refresh_from_db()
    assert kept.name == "Russia"

    do(client, kept, "rename", name="Moscow", audience="own")
    kept.refresh_from_db()
    assert (kept.name, kept.for_everyone) == ("Moscow", False)
    assert history(kept, scene.dewi)[0].author.name == "Ayu"

    assert client.get(f"/views/{kept.pk}/settings/").status_code == 200
    assert do(client, kept, "delete")["Location"] == "/views/"
    assert not SavedView.objects.exists()


# --- Who sees which ------------------------------------------------------------------------------


def test_views_are_ones_own_a_desks_or_everyones(scene: Scene, client: Client) -> None:
    own = view(scene.ayu, "own")
    desk = view(scene.ayu, "desk", desk=scene.europe)
    everyone = view(scene.ayu, "everyone", for_everyone=True)
    off = User.objects.create_user("off", is_active=False)
    seen = {
        user.username: set(SavedView.objects.visible_to(user).values_list("name", flat=True))
        for user in (scene.ayu, scene.budi, scene.citra, scene.dewi, scene.eka, scene.root, off)
    }
    assert seen == {
        "ayu": {"own", "desk", "everyone"},
        "budi": {"everyone"},
        "citra": {"everyone"},
        "dewi": {"everyone"},
        "eka": {"everyone"},
        "root": {"everyone"},
        "off": set(),
    }
    scene.europe.members.add(scene.eka)
    eka = signed_in(scene.eka)
    for kept, status in ((own, 404), (desk, 302), (everyone, 302)):
        assert eka.get(f"/views/{kept.pk}/").status_code == status
        assert eka.get(f"/views/{kept.pk}/settings/").status_code == {404: 404, 302: 200}[status]
        assert do(eka, kept, "start").status_code == status
        assert client.get(f"/views/{kept.pk}/")["Location"].startswith("/accounts/login/?next=")
    assert client.get("/views/")["Location"] == "/accounts/login/?next=/views/"


def test_sharing_is_with_ones_own_desks_and_by_staff_with_everyone(scene: Scene) -> None:
    analyst = User.objects.create_user("analyst")
    scene.pacific.members.add(analyst)
    for user, allowed in (
        (scene.ayu, {"own", f"desk-{scene.europe.pk}", "everyone"}),
        (scene.citra, {"own", "everyone"}),
        (analyst, {"own", f"desk-{scene.pacific.pk}"}),
    ):
        client = signed_in(user)
        for audience in ("own", f"desk-{scene.europe.pk}", f"desk-{scene.pacific.pk}", "everyone"):
            answer = keep(client, audience, audience=audience)
            assert answer.status_code == (302 if audience in allowed else 200), (user, audience)
        assert set(SavedView.objects.filter(owner=user).values_list("name", flat=True)) == allowed


def test_who_has_left_the_desk_may_leave_the_view_there(scene: Scene) -> None:
    kept = view(scene.ayu, desk=scene.europe)
    scene.europe.members.remove(scene.ayu)
    do(signed_in(scene.ayu), kept, "rename", name="Still", audience=f"desk-{scene.europe.pk}")
    kept.refresh_from_db()
    assert (kept.name, kept.desk) == ("Still", scene.europe)


def test_a_desk_that_is_no_more_shares_nothing(scene: Scene) -> None:
    scene.russia.desk = None
    scene.russia.save()
    kept = view(scene.ayu, desk=scene.europe)
    scene.europe.delete()
    kept.refresh_from_db()
    assert kept.desk is None


@pytest.mark.parametrize(
    "wrong", [{"listing": "nosuch"}, {"name": ""}, {"name": "Russia"}, {"for_everyone": True}]
)
def test_the_database_refuses_what_is_no_view(scene: Scene, wrong: dict[str, Any]) -> None:
    view(scene.eka, name="Russia")
    with pytest.raises(IntegrityError), transaction.atomic():
        view(scene.eka, **{"name": "Other", "desk": scene.europe, **wrong})


def test_every_listing_can_have_views_and_those_with_feeds_have_them() -> None:
    assert set(saved.LISTINGS) == set(LISTINGS)
    assert set(WITH_FEEDS) == set(KINDS)


def test_the_page_of_all_asks_the_same_whatever_there_is(
    scene: Scene, django_assert_num_queries
) -> None:
    for name in ("first", "second", "third"):
        view(scene.ayu, name, for_everyone=True)
        view(scene.eka, name)
        client = signed_in(scene.eka)
        with django_assert_num_queries(7):
            page = client.get("/views/").content.decode()
    assert page.count('class="views__row"') == 6
    assert page.count("by Ayu") == 3


# --- The start page ------------------------------------------------------------------------------


def sign_in(user: User, **fields: str) -> str:
    client = Client()
    given = {"username": user.username, "password": PASSWORD, **fields}
    return client.post("/accounts/login/", given)["Location"]


def test_after_signing_in_one_sees_ones_start_page(scene: Scene) -> None:
    first, second = view(scene.eka, "first"), view(scene.ayu, "second", for_everyone=True)
    assert sign_in(scene.eka) == "/"
    client = signed_in(scene.eka)
    do(client, first, "start")
    assert sign_in(scene.eka) == f"/views/{first.pk}/"
    do(client, second, "start")
    assert StartPage.objects.count() == 1
    assert sign_in(scene.eka, next="/") == f"/views/{second.pk}/"
    assert sign_in(scene.eka, next="/agreed-points/") == "/agreed-points/"
    assert sign_in(scene.ayu) == "/"
    assert "My start page" in client.get("/views/").content.decode()

    SavedView.objects.filter(pk=second.pk).update(for_everyone=False)
    assert sign_in(scene.eka) == "/"
    do(client, first, "start")
    do(client, first, "start-elsewhere")
    assert sign_in(scene.eka) == "/"


# --- Private feeds -------------------------------------------------------------------------------


def titles(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return sorted(entry.title for entry in feedparser.parse(answer.content).entries)


def test_a_private_feed_reads_as_its_owner_would_at_that_moment(
    scene: Scene, client: Client
) -> None:
    published(scene.russia, edition=1)
    published(scene.russia, edition=2, visibility="internal")
    scene.round(scene.russia, edition=3, visibility="restricted", publication="published")
    published(scene.fiji, edition=1)
    kept = view(scene.ayu, for_everyone=True)
    analysts, officers = (feed_of(signed_in(user), kept) for user in (scene.eka, scene.ayu))
    one, two, three = (f"Russia Human Rights Dialogue, edition {number}" for number in (1, 2, 3))
    User.objects.filter(username="eka").update(is_staff=False)

    assert titles(client, analysts["atom"]) == [one, two]
    assert titles(client, officers["atom"]) == [one, two, three]
    # Whoever else happens to be signed in where the address is opened.
    assert titles(signed_in(scene.root), analysts["atom"]) == [one, two]

    scene.eka.groups.clear()
    scene.europe.members.remove(scene.ayu)
    assert titles(client, analysts["atom"]) == [one]
    assert titles(client, officers["atom"]) == [one, two]


def test_a_private_feed_is_kept_by_nobody_and_found_by_nobody(scene: Scene, client: Client) -> None:
    published(scene.russia, edition=1, date="2021-10-15")
    addresses = feed_of(signed_in(scene.eka), view(scene.eka))
    for suffix, kind in (("atom", "application/atom+xml"), ("ics", "text/calendar")):
        answer = client.get(addresses[suffix])
        assert answer["Content-Type"].startswith(kind)
        assert answer["Cache-Control"].startswith("private")
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
    assert client.post(addresses["atom"]).status_code == 405


def test_a_key_is_shown_once_kept_hashed_and_worthless_once_revoked(
    scene: Scene, client: Client
) -> None:
    kept = view(scene.eka)
    mine = signed_in(scene.eka)
    first = feed_of(mine, kept)["atom"]
    key = first.removeprefix("/feeds/").removesuffix(".atom")
    assert key not in mine.get(f"/views/{kept.pk}/settings/").content.decode()
    assert PrivateFeed.objects.get().key_hash == hashed(key) != key

    second = feed_of(mine, kept)["atom"]
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
    do(mine, kept, "revoke-feed")
    assert client.get(second).status_code == 404
    assert client.get("/feeds/nosuch.atom").status_code == 404
    assert client.get(f"/feeds/{hashed(key)}.atom").status_code == 404


@pytest.mark.parametrize("ending", ["switched off", "not shared", "deleted", "left the desk"])
def test_a_feed_ends_with_what_it_stands_on(scene: Scene, client: Client, ending: str) -> None:
    kept = view(scene.ayu, desk=scene.europe)
    scene.europe.members.add(scene.eka)
    address = feed_of(signed_in(scene.eka), kept)["atom"]
    assert client.get(address).status_code == 200

    if ending == "switched off":
        User.objects.filter(pk=scene.eka.pk).update(is_active=False)
    elif ending == "not shared":
        SavedView.objects.update(desk=None)
    elif ending == "deleted":
        do(signed_in(scene.ayu), kept, "delete")
    else:
        scene.europe.members.remove(scene.eka)

    assert client.get(address).status_code == 404


def test_what_has_no_feed_gives_no_key(scene: Scene) -> None:
    kept = view(scene.eka, listing="topics", query="")
    assert do(signed_in(scene.eka), kept, "feed").status_code == 400
    assert not PrivateFeed.objects.exists()


def test_keys_are_not_logged() -> None:
    record = logging.LogRecord(
        "django.request", 30, "", 0, "%s: %s",
        ("Not Found", "/feeds/s3cret-Key_1.atom"), None,
    )  # fmt: skip
    assert WithoutKeys().filter(record)
    assert record.getMessage() == "Not Found: /feeds/….atom"
    record.args = ('"GET /views/stop-mails/0b7-5/ HTTP/1.1"', "404", 12)
    record.msg = "%s %s %s"
    assert WithoutKeys().filter(record)
    assert record.getMessage() == '"GET /views/stop-mails/…/ HTTP/1.1" 404 12'


# --- What happens to what a view names -----------------------------------------------------------


def test_a_view_follows_a_merge(scene: Scene, client: Client) -> None:
    whole_round(scene.russia)
    published(scene.fiji, edition=1)
    kept = view(scene.eka, query="topic=right-to-health")
    mine = signed_in(scene.eka)
    address = feed_of(mine, kept)["atom"]
    into = Topic.objects.create(slug="medicines", name="Access to medicines")
    workflow.merge(scene.dewi, Topic.objects.get(slug="right-to-health"), into)

    page = mine.get(f"/views/{kept.pk}/", follow=True).content.decode()
    assert "Russia Human Rights Dialogue, edition 11" in page
    assert "Fiji Human Rights Dialogue, edition 1" not in page
    assert "Topic: Access to medicines" in page
    assert "Topic: Access to medicines" in mine.get(f"/views/{kept.pk}/settings/").content.decode()
    assert titles(client, address) == ["Russia Human Rights Dialogue, edition 11"]


def test_a_view_whose_filter_is_gone_says_so(scene: Scene, client: Client) -> None:
    kept = view(scene.eka, query="topic=nosuch")
    mine = signed_in(scene.eka)
    page = mine.get(f"/views/{kept.pk}/", follow=True).content.decode()
    assert "“nosuch” is not known here." in page
    assert "“nosuch” is not known here." in mine.get(f"/views/{kept.pk}/settings/").content.decode()
    address = feed_of(mine, kept)["atom"]
    assert client.get(address).status_code == 400


# --- Who looks after them ------------------------------------------------------------------------


def test_administrators_delete_views_that_are_not_theirs(scene: Scene) -> None:
    kept = view(scene.ayu, query="topic=secret", for_everyone=True)
    dewi = signed_in(scene.dewi)
    listed = dewi.get("/admin/dialogues/savedview/").content.decode()
    shown = dewi.get(f"/admin/dialogues/savedview/{kept.pk}/change/").content.decode()
    assert "Russia" in listed
    assert "secret" not in listed + shown
    assert dewi.get("/admin/dialogues/savedview/add/").status_code == 403
    gone = dewi.post(f"/admin/dialogues/savedview/{kept.pk}/delete/", {"post": "yes"})
    assert gone.status_code == 302
    assert not SavedView.objects.exists()
    assert signed_in(scene.citra).get("/admin/dialogues/savedview/").status_code == 403


def test_what_an_account_made_goes_with_it(scene: Scene) -> None:
    kept = view(scene.eka)
    mine = signed_in(scene.eka)
    for what in ("start", "feed"):
        do(mine, kept, what)
    scene.eka.delete()
    assert [m.objects.count() for m in (SavedView, StartPage, PrivateFeed, Digest)] == [0] * 4
