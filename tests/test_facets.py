"""What each value would leave: counted under the other filters, for each reader."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory

from dialogues.filters import ListingFilter, counts
from dialogues.listings import LISTINGS, Listing
from dialogues.models import AgreedPoint, Round, Topic

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
