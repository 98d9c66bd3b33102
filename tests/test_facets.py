"""What each value would leave: counted under the other filters, for each reader, never stale."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client, RequestFactory

from dialogues.filters import ListingFilter, counts
from dialogues.listings import LISTINGS, Listing
from dialogues.models import AgreedPoint, Partner, Round, Series, Statement, Topic
from dialogues.queries import kept

from .scene import Scene

QUERIES = (
    "",
    "partner=RU",
    "year=2021&format=hybrid",
    "status__not=planned&date_from=2015",
    "q=health",
)


@pytest.fixture
def scene(db: None) -> Scene:
    scene = Scene()
    health = Topic.objects.create(name="Health", slug="health")
    medicines = Topic.objects.create(name="Access to medicines", slug="medicines", parent=health)
    rounds = itertools.product(
        (scene.russia, scene.norway),
        (("2020", "virtual"), ("2021-10-15", "hybrid"), ("2020-12-30/2021-01-02", "in_person")),
        ("public", "internal", "restricted"),
    )
    for number, (series, (date, format_), visibility) in enumerate(rounds, 1):
        round_ = Round.objects.create(
            series=series, edition=number, slug=f"r{number}", date=date, format=format_,
            status="held" if number % 3 else "planned", visibility=visibility,
            publication="published", summary="On health." if number % 2 else "",
        )  # fmt: skip
        if number % 2:
            round_.topics.add(health)
        point = AgreedPoint.objects.create(round=round_, number=1, text="Agreed.")
        if number % 4 == 0:
            point.topics.add(medicines)
    return scene


def bound(listing: Listing, query: str, user: object) -> ListingFilter:
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]
    return listing.filtered(request, QueryDict(query))


@pytest.mark.parametrize("key", LISTINGS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_count_is_that_of_the_list_with_the_value_in_it(
    scene: Scene, key: str, query: str
) -> None:
    listing = LISTINGS[key]
    for user in (AnonymousUser(), scene.eka, scene.ayu, scene.budi, scene.citra):
        filters = bound(listing, query, user)
        if not filters.is_valid():
            continue
        for name, values in counts(filters, listing.facets).items():
            assert values == sorted(values, key=lambda one: (-one.count, one.label))
            for one in values:
                data = QueryDict(query, mutable=True)
                for own in (name, f"{name}__not", f"{name}__empty"):
                    data.pop(own, None)
                data[f"{name}__empty" if one.value is None else name] = one.value or "true"
                if one.value is None and filters.asks_rounds(name):
                    continue  # counts rounds without; a list of people asks for one round without
                alone = bound(listing, data.urlencode(), user)
                assert alone.is_valid(), (name, one, alone.errors)
                assert len(set(alone.matching().values_list("pk", flat=True))) == one.count, (
                    name, one, user,
                )  # fmt: skip


def test_a_hidden_round_adds_to_nobodys_count_who_may_not_see_it(scene: Scene) -> None:
    def russia(user: object) -> int:
        facet = counts(bound(LISTINGS["rounds"], "", user), ["partner"])["partner"]
        return next(one.count for one in facet if one.value == "RU")

    assert [russia(user) for user in (AnonymousUser(), scene.eka, scene.budi, scene.ayu)] == [
        3, 6, 6, 9,
    ]  # fmt: skip


def test_a_topic_counts_what_lies_under_it(scene: Scene) -> None:
    topics = counts(bound(LISTINGS["agreed-points"], "", scene.ayu), ["topic"])["topic"]
    assert {one.value: (one.count, one.above) for one in topics if one.value} == {
        "health": (3, None),
        "medicines": (3, "health"),
    }


def test_all_facets_of_a_list_are_one_query(scene: Scene, django_assert_num_queries) -> None:
    listing = LISTINGS["rounds"]
    filters = bound(listing, "format=hybrid", AnonymousUser())
    assert filters.is_valid()
    with django_assert_num_queries(2):  # the stamp, and all eight
        counts(filters, listing.facets)


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def copy(round_: Round) -> None:
    columns = "series_id, slug, status, format, format_note, host, summary, next_round_note, "
    columns += "internal_note, visibility, publication"
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY dialogues_round ({columns}) FROM STDIN") as rows,
    ):
        rows.write_row(
            (round_.series_id, "copied", "held", "unknown", "", "unknown", "", "", "", "public",
             "published")
        )  # fmt: skip


WRITES = (
    lambda round_: Round.objects.filter(pk=round_.pk).update(format="virtual"),
    lambda round_: round_.delete(),
    lambda round_: Round.objects.create(
        series=round_.series, slug="new", status="held", visibility="public",
        publication="published",
    ),
    lambda round_: Round.objects.bulk_create(
        [Round(series=round_.series, slug="bulk", status="held", visibility="public",
               publication="published")]
    ),
    lambda round_: Statement.objects.create(round=round_, side="own", text="Said."),
    lambda round_: round_.topics.add(Topic.objects.create(name="New", slug="new")),
    lambda round_: round_.topics.clear(),
    lambda round_: Topic.objects.update(name="Otherwise"),
    lambda round_: Partner.objects.update(name="Otherwise"),
    lambda round_: Series.objects.update(kind="legal"),
    lambda round_: raw("UPDATE dialogues_round SET host = 'own'"),
    lambda round_: raw("DELETE FROM dialogues_round_topics"),
    copy,
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(len(WRITES)))
def test_after_any_write_the_list_counts_anew(number: int) -> None:
    scene = Scene()
    round_ = Round.objects.create(
        series=scene.russia, slug="first", status="held", visibility="public",
        publication="published",
    )  # fmt: skip
    round_.topics.add(Topic.objects.create(name="Health", slug="health"))
    before = kept.stamp()
    assert kept.stamp() == before
    WRITES[number](round_)
    after = kept.stamp()
    assert after is not None
    assert before is not None
    assert after > before
    shown = Client().get("/rounds/").context["count"]
    assert shown == Round.objects.visible_to(AnonymousUser()).count()


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_counted_once_and_a_writer_keeps_nothing_of_its_own() -> None:
    asked: list[int] = []

    def count() -> int:
        asked.append(1)
        return len(asked)

    seen = kept.stamp()
    assert kept.kept(seen, ("once",), count) == 1
    assert kept.kept(kept.stamp(), ("once",), count) == 1
    with transaction.atomic():
        Topic.objects.create(name="Mine", slug="mine")
        assert kept.stamp() is None
        transaction.set_rollback(True)
    assert kept.stamp() == seen


@pytest.mark.django_db(transaction=True)
def test_old_marks_are_gathered_and_their_sum_stays() -> None:
    before = kept.stamp()
    assert before is not None
    for number in range(200):
        Topic.objects.create(name=f"T{number}", slug=f"t{number}")
    assert kept.stamp() == before + 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dialogues_writes")
        assert cursor.fetchone()[0] < 150
