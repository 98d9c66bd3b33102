"""What is kept so that pages need not count anew is never stale: whoever writes, and however."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.listings import LISTINGS
from dialogues.models import (
    AgreedPoint,
    Country,
    Partner,
    Round,
    Series,
    Statement,
    Topic,
    Venue,
)
from dialogues.queries import kept
from dialogues.workflow.merging import merge

from .scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = {"status": "held", "visibility": "public", "publication": "published"}
COLUMNS = (
    "series_id, slug, status, format, format_note, host, summary, next_round_note, "
    "internal_note, visibility, publication"
)


class Kazan(Scene):
    """The scene with a round that has something of everything that lists count."""

    def __init__(self) -> None:
        super().__init__()
        health = Topic.objects.create(name="Health", slug="health")
        Topic.objects.create(name="Wellbeing", slug="wellbeing")
        self.first = Round.objects.create(
            series=self.russia, edition=1, slug="first", date="2021", **PUBLIC
        )
        self.first.topics.add(health)
        self.first.venues.add(Venue.objects.create(city="Kazan", country_id="RU"))
        point = AgreedPoint.objects.create(round=self.first, number=1, text="Agreed.")
        point.topics.add(health)


@pytest.fixture
def scene() -> Kazan:
    return Kazan()


def raw(sql: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given or None)


def shown() -> list[Any]:
    """What a visitor reads of counts: of the lists, and of each facet's values."""
    visitor = Client()
    found = []
    for key in ("rounds", "agreed-points", "topics"):
        context = visitor.get(f"/{key}/").context
        found.append((key, context["count"], context["form"].counted))
    return found


def counted_anew() -> list[Any]:
    """The same with nothing kept."""
    caches["kept"].clear()
    return shown()


def saved(scene: Kazan) -> None:
    scene.first.host = "own"
    scene.first.save()


def updated_in_bulk(scene: Kazan) -> None:
    scene.first.format = "hybrid"
    Round.objects.bulk_update([scene.first], ["format"])


def copied(scene: Kazan) -> None:
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY dialogues_round ({COLUMNS}) FROM STDIN") as rows,
    ):
        rows.write_row((scene.norway.pk, "copied", "held", *["unknown", ""] * 2, "", "",
                        "public", "published"))  # fmt: skip


def imported(scene: Kazan, folder: Path) -> None:
    file = folder / "one.ndjson"
    series = {"slug": "new", "title": "New", "kind": "legal", "partner": {
        "code": "MY", "name": "Malaysia", "kind": "country"}}  # fmt: skip
    file.write_text(json.dumps({"series": series, "edition": 1, **PUBLIC}) + "\n")
    call_command("import_rounds", str(file), stdout=StringIO())


def merged(scene: Kazan) -> None:
    one, into = Topic.objects.get(slug="health"), Topic.objects.get(slug="wellbeing")
    merge(scene.root, one, into)


def moved_in_the_tree(scene: Kazan) -> None:
    Topic.objects.filter(slug="health").update(parent=Topic.objects.get(slug="wellbeing"))


def half_taken_back(scene: Kazan) -> None:
    """One transaction: a write that is taken back to its savepoint, and one that is not."""
    with transaction.atomic():
        with transaction.atomic():
            Round.objects.create(series=scene.norway, slug="never", **PUBLIC)
            transaction.set_rollback(True)
        Round.objects.create(series=scene.norway, slug="kept", **PUBLIC)


def edited_in_the_admin(scene: Kazan) -> None:
    client = Client()
    client.force_login(scene.root)
    address = f"/admin/dialogues/topic/{Topic.objects.get(slug='health').pk}/change/"
    fields = {"name": "Welfare", "name_id": "", "slug": "health", "parent": ""}
    form = client.get(address)
    hidden = dict(re.findall(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.content))
    fields |= {name.decode(): value.decode() for name, value in hidden.items()}
    assert client.post(address, fields).status_code == 302


WRITES: dict[str, Callable[[Kazan], Any]] = {
    "save": saved,
    "create": lambda scene: Round.objects.create(series=scene.norway, slug="new", **PUBLIC),
    "update": lambda scene: Round.objects.update(visibility="internal"),
    "update over a relation": lambda scene: Series.objects.update(kind="legal"),
    "bulk_create": lambda scene: Round.objects.bulk_create(
        [Round(series=scene.norway, slug=slug, **PUBLIC) for slug in ("one", "two")]
    ),
    "bulk_update": updated_in_bulk,
    "delete of one": lambda scene: scene.first.delete(),
    "delete of many": lambda scene: AgreedPoint.objects.all().delete(),
    "a relation added": lambda scene: scene.first.topics.add(Topic.objects.get(slug="wellbeing")),
    "a relation cleared": lambda scene: scene.first.venues.clear(),
    "a part": lambda scene: Statement.objects.create(round=scene.first, side="own", text="Said."),
    "names": lambda scene: Partner.objects.update(name="Otherwise"),
    "a country's name": lambda scene: Country.objects.filter(code="RU").update(name="Otherwise"),
    "a tree": moved_in_the_tree,
    "a merge": merged,
    "half a transaction": half_taken_back,
    "the admin": edited_in_the_admin,
    "INSERT": lambda scene: raw(
        f"INSERT INTO dialogues_round ({COLUMNS}) SELECT series_id, 'inserted', status, format, "
        "format_note, host, summary, next_round_note, internal_note, visibility, publication "
        "FROM dialogues_round"
    ),
    "UPDATE": lambda scene: raw("UPDATE dialogues_agreedpoint SET status = 'done'"),
    "MERGE": lambda scene: raw(
        "MERGE INTO dialogues_round r USING dialogues_series s ON s.id = r.series_id "
        "WHEN MATCHED THEN UPDATE SET host = 'third'"
    ),
    "WITH … UPDATE": lambda scene: raw(
        "WITH written AS (UPDATE dialogues_round SET format = 'virtual' RETURNING 1) "
        "SELECT count(*) FROM written"
    ),
    "DELETE": lambda scene: raw("DELETE FROM dialogues_round_venues"),
    "TRUNCATE": lambda scene: raw("TRUNCATE dialogues_round CASCADE"),
    "COPY": copied,
}


@pytest.mark.parametrize("way", WRITES)
def test_after_any_write_every_list_shows_what_counting_anew_would(scene: Kazan, way: str) -> None:
    before, stamp = shown(), kept.stamp()
    assert shown() == before
    WRITES[way](scene)
    after = shown()
    assert after == counted_anew()
    assert stamp != kept.stamp()
    if way != "a part":  # which no listing counts
        assert after != before


def test_after_an_import_too(scene: Kazan, tmp_path: Path) -> None:
    before = shown()
    imported(scene, tmp_path)
    assert (after := shown()) == counted_anew()
    assert after != before


def test_what_is_kept_is_counted_once(scene: Kazan) -> None:
    shown()
    with CaptureQueriesContext(connection) as asked:
        shown()
    counting = ("SELECT COUNT(*)", "AS MATERIALIZED")
    assert not [query["sql"] for query in asked if any(sign in query["sql"] for sign in counting)]


# --- Others who write at the same time -----------------------------------------------------------


@pytest.fixture
def others() -> Iterator[list[Any]]:
    """Two writers with connections of their own, each within a transaction."""
    found = []
    for _number in range(2):
        other = connection.copy()
        other.set_autocommit(False)
        found.append(other)
    yield found
    for other in found:
        other.rollback()
        other.close()


def write(other: Any, scene: Kazan, slug: str) -> None:
    given = (scene.norway.pk, slug, "held", *["unknown", ""] * 2, "", "", "public", "published")
    with other.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dialogues_round ({COLUMNS}) VALUES ({', '.join(['%s'] * len(given))})",
            given,
        )


def rounds_shown() -> int:
    return int(Client().get("/rounds/").context["count"])


def test_who_wrote_first_and_commits_last_is_seen(scene: Kazan, others: list[Any]) -> None:
    """The race that a number drawn before the commit, or the largest seen, would lose."""
    first, second = others
    assert rounds_shown() == 1
    write(first, scene, "first-to-write")
    write(second, scene, "second-to-write")
    assert rounds_shown() == 1
    second.commit()
    assert rounds_shown() == 2
    first.commit()
    assert rounds_shown() == 3


def test_what_is_taken_back_was_never_shown(scene: Kazan, others: list[Any]) -> None:
    first, second = others
    stamp = kept.stamp()
    write(first, scene, "never")
    assert rounds_shown() == 1
    first.rollback()
    assert kept.stamp() == stamp
    write(second, scene, "kept")
    second.commit()
    assert rounds_shown() == 2


def test_a_write_between_a_readers_stamp_and_its_count_is_not_kept_from_the_next(
    scene: Kazan, others: list[Any]
) -> None:
    def counting() -> int:
        write(others[0], scene, "in-between")
        others[0].commit()
        return Round.objects.count()

    assert kept.kept(kept.stamp(), ("rounds",), counting) == 2
    assert kept.kept(kept.stamp(), ("rounds",), Round.objects.count) == 2


def test_no_writer_waits_for_another(scene: Kazan, others: list[Any]) -> None:
    first, second = others
    write(first, scene, "open")
    with second.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
    write(second, scene, "meanwhile")
    second.commit()
    assert rounds_shown() == 2


def test_a_writer_keeps_nothing_of_its_own(scene: Kazan) -> None:
    seen = kept.stamp()
    with transaction.atomic():
        Topic.objects.create(name="Mine", slug="mine")
        assert kept.stamp() is None
        assert kept.kept(kept.stamp(), ("topics",), Topic.objects.count) == 3
        transaction.set_rollback(True)
    assert kept.stamp() == seen
    assert kept.kept(seen, ("topics",), Topic.objects.count) == 2


def test_old_marks_are_gathered_and_their_sum_stays() -> None:
    before = kept.stamp()
    assert before is not None
    for number in range(200):
        Topic.objects.create(name=f"T{number}", slug=f"t{number}")
    assert kept.stamp() == before + 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dialogues_writes")
        assert cursor.fetchone()[0] < 150


# --- Whatever is counted is watched --------------------------------------------------------------


def test_every_table_that_a_count_reads_tells_when_it_is_written(scene: Kazan) -> None:
    caches["kept"].clear()
    visitor = Client()
    with CaptureQueriesContext(connection) as asked:
        for key in LISTINGS:
            visitor.get(f"/{key}/", {"q": "health"})
    read = {table for query in asked for table in re.findall(r"\bdialogues_[a-z_]+", query["sql"])}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r'")
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'dialogues_noted'"
        )
        watched = {name for (name,) in cursor.fetchall()}
    assert read & tables <= watched
    assert {"dialogues_round", "dialogues_roundsubjects", "dialogues_pointwords"} <= read
