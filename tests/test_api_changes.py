"""A copy elsewhere is kept exact by what changes/ tells, which is nothing its reader may not know.

These tests commit: what is told is what has been committed, in the order in which it settles.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import (
    ANALYSTS,
    AgreedPoint,
    Appearance,
    Issue,
    Participant,
    Partner,
    Person,
    Round,
    Series,
    Topic,
    User,
    Venue,
)
from dialogues.workflow.merging import merge

from .rounds import published, whole_round
from .scene import Scene, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

API = "/api/v1/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


def an_analyst() -> Client:
    user = User.objects.create_user("an-analyst")
    user.groups.add(Group.objects.get(name=ANALYSTS))
    return signed_in(user)


class Mirror:
    """A copy of the rounds, by slug, kept as docs/api.md says."""

    def __init__(self, client: Client, start: str = f"{API}changes/?limit=7") -> None:
        self.client, self.place = client, start
        self.rounds: dict[str, Any] = {}
        self.dropped: list[str] = []

    def follow(self) -> int:
        """Take over all that is new; how many changes that was."""
        onward, taken = self.place, 0
        while onward:
            page = self.client.get(onward).json()
            for change in page["results"]:
                taken += 1
                if change["gone"]:
                    self.rounds.pop(change["slug"], None)
                    self.dropped.append(change["slug"])
                else:
                    self.rounds[change["slug"]] = change["round"]
            onward, self.place = page["next"], page["resume"]
        return taken


def whole(client: Client) -> dict[str, Any]:
    """The full list, page by page."""
    found: dict[str, Any] = {}
    onward = f"{API}rounds/?limit=500"
    while onward:
        page = client.get(onward).json()
        found |= {document["slug"]: document for document in page["results"]}
        onward = page["next"]
    return found


# --- A thousand changes -------------------------------------------------------------------------


class Writers:
    """People who do one thing after the other to the record, at random but the same each time."""

    def __init__(self, scene: Scene, chance: random.Random) -> None:
        self.scene, self.chance, self.made = scene, chance, 0
        self.series = [scene.russia, scene.fiji, scene.norway]
        self.deeds: list[Callable[[], None]] = [
            self.create, self.create, self.edit, self.edit, self.publish, self.publish,
            self.withdraw, self.show, self.delete, self.rename, self.point, self.point,
            self.take_part, self.topic, self.venue, self.mention, self.merge, self.hand_over,
            self.taken_back, self.several,
        ]  # fmt: skip

    def do(self) -> None:
        self.chance.choice(self.deeds)()

    def any(self) -> Round | None:
        rounds = list(Round.objects.order_by("pk"))
        return self.chance.choice(rounds) if rounds else None

    def create(self) -> None:
        self.made += 1
        Round.objects.create(
            series=self.chance.choice(self.series), status="held", slug=f"r{self.made}",
            visibility=self.chance.choice(["public", "public", "internal", "restricted"]),
            publication=self.chance.choice(["draft", "published"]), summary="New.",
        )  # fmt: skip

    def edit(self) -> None:
        if one := self.any():
            one.summary = f"Edited {self.chance.random()}"
            one.save()

    def _set(self, **fields: Any) -> None:
        if one := self.any():
            Round.objects.filter(pk=one.pk).update(**fields)

    def publish(self) -> None:
        self._set(publication="published")

    def withdraw(self) -> None:
        self._set(publication=self.chance.choice(["withdrawn", "draft"]))

    def show(self) -> None:
        self._set(visibility=self.chance.choice(["public", "internal", "restricted"]))

    def delete(self) -> None:
        if (one := self.any()) and self.chance.random() < 0.5:
            one.delete()

    def rename(self) -> None:
        # Sometimes to a slug that another had before.
        if one := self.any():
            slug = f"r{self.chance.randint(1, self.made)}"
            if not Round.objects.filter(slug=slug).exists():
                Round.objects.filter(pk=one.pk).update(slug=slug)

    def point(self) -> None:
        if one := self.any():
            number = one.agreed_points.count() + 1
            if number > 3:
                one.agreed_points.all().delete()
            else:
                AgreedPoint.objects.create(
                    round=one, number=number, text="Agreed.", issue=self._issue()
                )

    def take_part(self) -> None:
        if one := self.any():
            person = self._named(Person)
            name = self.chance.choice(["", "Spelled so"])
            Participant.objects.create(round=one, person=person, side="own", role="head", name=name)

    def topic(self) -> None:
        if one := self.any():
            one.topics.set([self._named(Topic), self._named(Topic)])

    def venue(self) -> None:
        if one := self.any():
            city = self.chance.choice("ABC")
            one.venues.add(Venue.objects.get_or_create(city=city, name="", country=None)[0])

    def mention(self) -> None:
        """What rounds mention is called otherwise from now on."""
        word = f"w{self.chance.randint(1, 10**6)}"
        self.chance.choice(
            [
                lambda: Series.objects.filter(pk=self.chance.choice(self.series).pk).update(
                    title=word
                ),
                lambda: Partner.objects.filter(code="RU").update(name=word),
                lambda: Person.objects.filter(pk=self._named(Person).pk).update(name=word),
                lambda: Topic.objects.filter(pk=self._named(Topic).pk).update(slug=word),
                lambda: Issue.objects.filter(pk=self._issue().pk).update(slug=word),
                lambda: Venue.objects.filter(city="A", name="").update(name=word),
            ]
        )()

    def merge(self) -> None:
        model: Any = self.chance.choice([Topic, Person, Issue])
        some = list(model.objects.order_by("pk")[:4])
        if len(some) == 4:
            one, into = self.chance.sample(some, 2)
            merge(self.scene.root, one, into)

    def hand_over(self) -> None:
        desk = self.chance.choice([self.scene.europe, self.scene.pacific, None])
        Series.objects.filter(pk=self.chance.choice(self.series).pk).update(desk=desk)

    def taken_back(self) -> None:
        with transaction.atomic():
            self.create()
            self.edit()
            transaction.set_rollback(True)

    def several(self) -> None:
        with transaction.atomic():
            for _ in range(3):
                self.chance.choice(self.deeds[:12])()

    def _named(self, model: Any) -> Any:
        slug = f"n{self.chance.randint(1, 6)}"
        names = {"name": f"{slug}-{self.chance.random()}"}
        return model.objects.get_or_create(slug=slug, defaults=names)[0]

    def _issue(self) -> Any:
        return self._named(Issue)


def test_mirrors_that_follow_a_thousand_changes_end_as_the_full_list(scene: Scene) -> None:
    chance = random.Random(5)  # noqa: S311 - the same each time
    writers = Writers(scene, chance)
    readers = {
        "visitor": Client(),
        "analyst": an_analyst(),
        "officer": signed_in(scene.ayu),
        "root": signed_in(scene.root),
    }
    mirrors = {name: Mirror(client) for name, client in readers.items()}
    for _ in range(1000):
        writers.do()
        if chance.random() < 0.03:
            mirrors[chance.choice(list(mirrors))].follow()
    for name, mirror in mirrors.items():
        mirror.follow()
        assert mirror.rounds == whole(readers[name]), name
        assert mirror.follow() == 0
        # One that begins only now comes to the same.
        late = Mirror(readers[name], f"{API}changes/?limit=500")
        late.follow()
        assert late.rounds == mirror.rounds, name
    sizes = [len(mirror.rounds) for mirror in mirrors.values()]
    assert 0 < sizes[0] < sizes[1] < sizes[2] < sizes[3]


# --- Order --------------------------------------------------------------------------------------


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Another connection that has written and not committed; gives what lets it commit."""
    wrote, may_commit = threading.Event(), threading.Event()

    def run() -> None:
        with transaction.atomic():
            work()
            wrote.set()
            may_commit.wait(20)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert wrote.wait(20)

    def commit() -> None:
        may_commit.set()
        thread.join(20)

    try:
        yield commit
    finally:
        commit()


def test_what_began_earlier_and_commits_later_is_not_missed(scene: Scene) -> None:
    early, late = (published(scene.russia, edition=number) for number in (1, 2))
    mirror = Mirror(Client())
    mirror.follow()
    with meanwhile(lambda: _say(early, "Begun first.")) as commit:
        _say(late, "Begun later.")
        assert mirror.follow() == 0  # as long as what is before it can still come
        commit()
    assert mirror.follow() == 2
    assert mirror.rounds == whole(Client())


class Beside:
    """Another connection's transaction, which may have to wait for others before it can end."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work, self.may_commit, self.failed = work, threading.Event(), False
        self.wrote = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.wrote.wait(1)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self.work()
                self.wrote.set()
                self.may_commit.wait(20)
        except DatabaseError:
            self.failed = True
        finally:
            connection.close()

    def commit(self) -> None:
        """Let it end; it may still have to wait."""
        self.may_commit.set()
        self.thread.join(1)


@pytest.mark.parametrize(
    "what",
    ["person", "spelling", "series", "restricted", "moved", "partner", "venue", "topic", "issue"],
)
def test_what_is_renamed_while_a_round_comes_to_mention_it_is_not_missed(
    scene: Scene, what: str
) -> None:
    """The round is told, as it was committed, before the rename is: and has to be told again."""
    one = published(scene.russia, edition=1)
    person = Person.objects.create(name="Anna", slug="anna")
    venue = Venue.objects.create(city="Bali")
    topic = Topic.objects.create(slug="old", name="Old")
    issue = Issue.objects.create(slug="old", name="Old")
    theirs = {"round": one, "person": person, "side": "own", "role": "head"}
    if what == "spelling":
        Participant.objects.create(**theirs, name="A.")
    series = Series.objects.filter(pk=scene.russia.pk)
    desk = {"restricted": scene.europe, "moved": scene.europe}.get(what)
    series.update(desk=desk)
    mentions: dict[str, Callable[[], Any]] = {
        "person": lambda: Participant.objects.create(**theirs),
        "spelling": lambda: Participant.objects.update(name=""),
        "series": lambda: published(scene.russia, edition=2),
        "restricted": lambda: published(scene.russia, edition=2, visibility="restricted"),
        "moved": lambda: Round.objects.filter(pk=one.pk).update(visibility="restricted"),
        "partner": lambda: published(scene.russia, edition=2),
        "venue": lambda: one.venues.add(venue),
        "topic": lambda: one.topics.add(topic),
        "issue": lambda: AgreedPoint.objects.create(round=one, number=1, text="x", issue=issue),
    }
    hand_over = lambda: series.update(desk=scene.pacific)  # noqa: E731
    renames: dict[str, Callable[[], Any]] = {
        **dict.fromkeys(
            ("person", "spelling"), lambda: Person.objects.filter(pk=person.pk).update(name="New")
        ),
        **dict.fromkeys(("restricted", "moved"), hand_over),
        "series": lambda: series.update(title="New"),
        "partner": lambda: Partner.objects.filter(code="RU").update(name="New"),
        "venue": lambda: Venue.objects.filter(pk=venue.pk).update(city="New"),
        "topic": lambda: Topic.objects.filter(pk=topic.pk).update(slug="new"),
        "issue": lambda: Issue.objects.filter(pk=issue.pk).update(slug="new"),
    }
    mirrors = {name: Mirror(client) for name, client in readers_of(scene).items()}
    for mirror in mirrors.values():
        mirror.follow()
    mention = Beside(mentions[what])
    rename = Beside(renames[what])
    mention.commit()
    for mirror in mirrors.values():
        mirror.follow()
    rename.commit()
    mention.thread.join(20)
    rename.thread.join(20)
    assert (mention.failed, rename.failed) == (False, False)
    for mirror in mirrors.values():
        mirror.follow()
        assert mirror.rounds == whole(mirror.client)


def _say(round_: Round, words: str) -> None:
    Round.objects.filter(pk=round_.pk).update(summary=words)


# --- What is told, and to whom ------------------------------------------------------------------


def changes(client: Client, address: str = "changes/") -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = client.get(API + address).json()["results"]
    return told


def test_a_change_is_a_round_or_that_it_is_gone(scene: Scene) -> None:
    whole_round(scene.russia)
    (told,) = changes(Client())
    assert list(told) == ["slug", "url", "changed", "gone", "round"]
    assert told["gone"] is False
    assert told["round"] == Client().get(f"{API}rounds/russia-dialogue-11/").json()
    Round.objects.update(publication="withdrawn", summary="Not for you any more.")
    answer = Client().get(f"{API}changes/")
    (told,) = answer.json()["results"]
    assert datetime.fromisoformat(told.pop("changed")) <= datetime.now(UTC)
    assert told == {
        "slug": "russia-dialogue-11",
        "url": "http://testserver/api/v1/rounds/russia-dialogue-11/",
        "gone": True,
        "round": None,
    }
    assert answer.json()["next"] is None
    assert signed_in(scene.ayu).get(f"{API}changes/").json()["results"][0]["gone"] is False


@pytest.mark.parametrize("count", [1, 3])
def test_changes_cost_three_queries_however_many_they_are(scene: Scene, count: int) -> None:
    for edition in range(1, count + 1):
        published(scene.russia, edition=edition)
    with CaptureQueriesContext(connection) as queries:
        assert len(changes(Client())) == count
    assert len(queries) == 3  # the server, the changes, the rounds


def test_keys_can_be_chosen_of_the_rounds_in_changes(scene: Scene) -> None:
    whole_round(scene.russia)
    (told,) = changes(Client(), "changes/?fields=edition,date")
    assert told["round"] == {"edition": 11, "date": "2021-10-15"}


READERS = ("visitor", "analyst", "europe", "pacific", "root")


def readers_of(scene: Scene) -> dict[str, Client]:
    clients = (Client(), an_analyst(), *map(signed_in, (scene.ayu, scene.budi, scene.root)))
    return dict(zip(READERS, clients, strict=True))


def test_nobody_is_told_of_what_they_never_saw(scene: Scene) -> None:
    readers = readers_of(scene)
    for visibility in ("public", "internal", "restricted"):
        for publication in ("draft", "in_review", "published", "withdrawn"):
            slug = f"{visibility}-{publication}"
            published(scene.russia, slug=slug, visibility=visibility, publication=publication)
            # What comes and goes in one transaction was seen by nobody.
            with transaction.atomic():
                passing = published(scene.russia, slug=f"passing-{slug}")
                Round.objects.filter(pk=passing.pk).update(
                    visibility=visibility, publication=publication
                )
                passing.delete()
    saw = {name: set(whole(client)) for name, client in readers.items()}
    Round.objects.filter(slug__startswith="restricted").update(summary="Rewritten.")
    Round.objects.update(visibility="restricted", publication="draft")
    for one in Round.objects.all():
        one.summary = "Worked on in private."
        one.slug = f"hidden-{one.slug}"
        one.save()
    Round.objects.all().delete()
    for name, client in readers.items():
        told = changes(client, "changes/?limit=500")
        everything = json.dumps(told)
        assert all(change["gone"] for change in told), name
        seen = {change["slug"] for change in told}
        may_know = saw[name] | (
            {f"hidden-{slug}" for slug in saw["root"]} if name in ("europe", "root") else set()
        )
        assert seen <= may_know, name
        assert saw[name] <= seen, name
        assert ("hidden-" in everything) is (name in ("europe", "root"))
        assert "passing" not in everything


def test_work_on_what_was_withdrawn_is_not_told(scene: Scene) -> None:
    published(scene.russia, edition=1)
    Round.objects.update(publication="withdrawn")
    mirror = Mirror(Client())
    assert mirror.follow() == 1
    for words in ("Once more.", "And again."):
        Round.objects.update(summary=words)
    assert mirror.follow() == 0
    Round.objects.update(publication="published")
    assert mirror.follow() == 1
    assert list(mirror.rounds) == ["russia-dialogue-1"]


def test_a_slug_that_names_something_else_now_is_not_told_to_be_gone(scene: Scene) -> None:
    one, other = (published(scene.russia, edition=number, slug=f"s{number}") for number in (1, 2))
    mirror = Mirror(Client())
    mirror.follow()
    Round.objects.filter(pk=one.pk).update(slug="s3")
    Round.objects.filter(pk=other.pk).update(slug="s1")
    mirror.follow()
    assert mirror.dropped == ["s2"]
    assert mirror.rounds == whole(Client())


# --- Since a time -------------------------------------------------------------------------------


def test_since_a_time_there_is_what_was_written_and_what_has_gone(scene: Scene) -> None:
    old, new, gone = (published(scene.russia, edition=number) for number in (1, 2, 3))
    assert old.slug == "russia-dialogue-1"
    since = datetime.now(UTC).isoformat()
    Round.objects.filter(pk=new.pk).update(summary="New words.")
    Round.objects.filter(pk=gone.pk).update(publication="withdrawn")
    # As one writes it: the plus sign that is not escaped is taken for what it was.
    for time in (since.replace("+", "%2B"), since, since.replace("+00:00", "Z")):
        told = changes(Client(), f"changes/?modified_since={time}")
        assert [(c["slug"], c["gone"]) for c in told] == [(new.slug, False), (gone.slug, True)]
        page = Client().get(f"{API}rounds/?modified_since={time}").json()
        assert page["count"] == 1
        assert [document["slug"] for document in page["results"]] == [new.slug]
        assert [tombstone["slug"] for tombstone in page["gone"]] == [gone.slug]
        assert list(page["gone"][0]) == ["slug", "url", "changed"]
    staff = signed_in(scene.ayu).get(f"{API}rounds/?modified_since={since}").json()
    assert {document["slug"] for document in staff["results"]} == {new.slug, gone.slug}
    assert staff["gone"] == []
    assert "gone" not in Client().get(f"{API}rounds/").json()
    page = Client().get(f"{API}rounds/?modified_since={since}&edition=9").json()
    assert (page["count"], len(page["gone"])) == (0, 1)


def test_one_goes_on_from_a_time_by_the_cursor(scene: Scene) -> None:
    for number in (1, 2, 3):
        published(scene.russia, edition=number)
    mirror = Mirror(Client(), f"{API}changes/?limit=1&modified_since=2000-01-01T00:00:00Z")
    assert mirror.follow() == 3
    assert "modified_since" not in mirror.place
    Round.objects.filter(edition=2).delete()
    assert mirror.follow() == 1
    assert mirror.rounds == whole(Client())


@pytest.mark.parametrize(
    "time", ["yesterday", "2021-10-15", "2021-10-15T09:00:00", "2021-13-01T00:00:00Z", ""]
)
def test_a_time_that_is_none_is_refused(scene: Scene, time: str) -> None:
    for address in ("changes/", "rounds/"):
        response = Client().get(f"{API}{address}?modified_since={time}")
        assert response.status_code == 400
        assert response.json()["errors"] == [
            {
                "parameter": "modified_since",
                "detail": "Write one time as of RFC 3339, such as 2021-10-15T09:00:00+07:00.",
            }
        ]


# --- Places -------------------------------------------------------------------------------------


def test_whoever_has_nothing_new_is_told_so_for_little(scene: Scene) -> None:
    whole_round(scene.russia)
    mirror = Mirror(Client())
    mirror.follow()
    first = Client().get(mirror.place)
    again = Client().get(mirror.place, headers={"if-none-match": first["ETag"]})
    assert (first.json()["results"], again.status_code, again.content) == ([], 304, b"")
    Round.objects.update(summary="New.")
    changed = Client().get(mirror.place, headers={"if-none-match": first["ETag"]})
    assert len(changed.json()["results"]) == 1


def test_a_cursor_is_no_good_with_other_rights_or_on_another_server(scene: Scene) -> None:
    published(scene.russia, edition=1)
    place = Mirror(Client())
    place.follow()
    for client, cursor in ((signed_in(scene.ayu), place.place), (Client(), f"{place.place}x")):
        response = client.get(cursor)
        assert response.status_code == 400
        assert response.json()["errors"][0]["parameter"] == "cursor"


def test_a_database_that_was_put_back_elsewhere_tells_everything_anew(scene: Scene) -> None:
    published(scene.russia, edition=1)
    mirror = Mirror(Client())
    mirror.follow()
    # As it looks where it was restored: numbers that this server has not come to.
    Appearance.objects.update(writer=10**15, entered=10**15)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dialogues_place SET server = 'another'")
    anew = Mirror(Client())
    assert anew.follow() == 1
    assert anew.rounds == mirror.rounds
    published(scene.russia, edition=2)
    assert anew.follow() == 1
