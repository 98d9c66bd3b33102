"""Which ones: every parameter of a listing, for everyone who may read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from dialogues.dates import PartialDate
from dialogues.filters import AgreedPointFilter, RoundFilter
from dialogues.models import (
    ANALYSTS,
    AgreedPoint,
    Country,
    Desk,
    Issue,
    Participant,
    Partner,
    Person,
    Round,
    Series,
    Statement,
    Topic,
    User,
    Venue,
)

pytestmark = pytest.mark.django_db

STAFF_ONLY = {"visibility", "publication"}


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    """Two series and what was said in them; all of it public, except the last two rounds."""
    russia = Partner.objects.create(code="RU", kind="country", name="Russia", name_id="Rusia")
    norway = Partner.objects.create(code="NO", kind="country", name="Norway", name_id="Norwegia")
    rights = series(russia, "rights", kind="human_rights")
    law = series(norway, "law", kind="legal")
    health, vaccines, trade = (
        Topic.objects.create(slug=slug, name=slug.title())
        for slug in ("health", "vaccines", "trade")
    )
    Topic.objects.filter(pk=vaccines.pk).update(parent=health)
    access = Issue.objects.create(slug="access", name="Access")
    ivan = Person.objects.create(slug="ivan", name="Ivan")
    moscow = Venue.objects.create(city="Moscow", country=Country.objects.get(code="RU"))
    jakarta = Venue.objects.create(city="Jakarta", country=Country.objects.get(code="ID"))
    nameless = Venue.objects.create(name="The ministry")

    r1 = round_(
        rights, "r1", edition=1, date="2019-11-05/2019-11-06", format="in_person", host="own"
    )
    r1.venues.set([jakarta, moscow])
    r1.topics.set([health])
    Participant.objects.create(round=r1, person=ivan, side="partner", role="head")
    point(r1, 1, status="done", responsible="own", due="2020", topics=[trade])
    point(r1, 2, status="open", responsible="both", due="2020-06", issue=access)

    r2 = round_(rights, "r2", edition=2, date="2021", format="virtual", host="partner")
    statement = Statement.objects.create(round=r2, side="own", text="Vaccines", issue=access)
    statement.topics.set([vaccines])
    point(r2, 1, status="in_progress", responsible="partner", due="2999-01-01")

    r3 = round_(law, "r3", status="planned")
    r3.venues.set([nameless])

    hidden = series(norway, "hidden", kind="strategic")
    round_(hidden, "r4", date="2022-03", visibility="internal", edition=1)
    secret = round_(hidden, "r5", date="2023", publication="draft", edition=2)
    secret.topics.set([Topic.objects.create(slug="secret", name="Secret")])


def series(partner: Partner, slug: str, **fields: Any) -> Series:
    return Series.objects.create(partner=partner, slug=slug, title=slug.title(), **fields)


def round_(of: Series, slug: str, *, date: str | None = None, **fields: Any) -> Round:
    when = PartialDate(date) if date else None
    given = {"status": "held", "visibility": "public", "publication": "published", **fields}
    return Round.objects.create(series=of, slug=slug, date=when, **given)


def point(
    of: Round,
    number: int,
    *,
    due: str | None = None,
    topics: list[Topic] | None = None,
    **fields: Any,
) -> None:
    made = AgreedPoint.objects.create(
        round=of,
        number=number,
        text=f"Agreed {number}",
        due=PartialDate(due) if due else None,
        **fields,
    )
    made.topics.set(topics or [])


def request_of(user: User | AnonymousUser | None) -> HttpRequest:
    request = HttpRequest()
    request.user = user or AnonymousUser()
    return request


def rounds(query: str, user: User | None = None, **options: Any) -> RoundFilter:
    request = request_of(user)
    seen = Round.objects.visible_to(request.user)
    return RoundFilter(QueryDict(query), seen, request=request, **options)


def points(query: str, user: User | None = None, **options: Any) -> AgreedPointFilter:
    request = request_of(user)
    seen = AgreedPoint.objects.visible_to(request.user)
    return AgreedPointFilter(QueryDict(query), seen, request=request, **options)


def found(query: str, user: User | None = None) -> list[str]:
    """The rounds found, in order, or what is wrong."""
    asked = rounds(query, user)
    return [round_.slug for round_ in asked.qs] if asked.is_valid() else wrong(asked)


def found_points(query: str, user: User | None = None) -> list[str]:
    asked = points(query, user)
    if not asked.is_valid():
        return wrong(asked)
    return [f"{p.round.slug}.{p.number}" for p in asked.qs.select_related("round")]


def wrong(asked: RoundFilter | AgreedPointFilter) -> list[str]:
    return [f"{name}: {problem}" for name, said in asked.errors.items() for problem in said]


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("staff", is_staff=True)


ROUNDS = {
    "": "r2 r1 r3",
    "series=rights": "r2 r1",
    "series__not=rights": "r3",
    "partner=RU": "r2 r1",
    "partner=RU&partner=NO": "r2 r1 r3",
    "partner=RU&format=virtual": "r2",
    "partner__not=RU": "r3",
    "partner__empty=true": "",
    "kind=legal": "r3",
    "kind=legal&kind=human_rights": "r2 r1 r3",
    "edition=1": "r1",
    "edition=1 2": "r2 r1",
    "edition__not=1": "r2 r3",
    "edition__empty=true": "r3",
    "edition__empty=false": "r2 r1",
    "status=planned": "r3",
    "status__not=planned": "r2 r1",
    "format=in_person": "r1",
    "format__empty=true": "r3",
    "format__not=virtual&format__not=unknown": "r1",
    "host=own&host=partner": "r2 r1",
    "host__empty=true": "r3",
    "city=Jakarta": "r1",
    "city=Jakarta&city=Moscow": "r1",
    "city__not=Jakarta": "r2 r3",
    "city__empty=true": "r2 r3",
    "country=ID": "r1",
    "country=FR": "",
    "country__not=ID": "r2 r3",
    "country__empty=true": "r2 r3",
    "topic=health": "r2 r1",
    "topic=vaccines": "r2",
    "topic=trade": "r1",
    "topic__not=vaccines": "r1 r3",
    "topic__empty=true": "r3",
    "issue=access": "r2 r1",
    "issue__empty=true": "r3",
    "person=ivan": "r1",
    "person__not=ivan": "r2 r3",
    "person__empty=true": "r2 r3",
    "point_status=open": "r1",
    "point_status=open&point_status=in_progress": "r2 r1",
    "point_status__not=done": "r2 r3",
    "point_status__empty=true": "r3",
    "year=2021": "r2",
    "year=2019&year=2021": "r2 r1",
    "year=2018": "",
    "year__not=2021": "r1 r3",
    "year__empty=true": "r3",
    "date_from=2021-06": "r2",
    "date_from=2021-06&date_match=certain": "",
    "date_from=2021&date_match=certain": "r2",
    "date_to=2019-11-05": "r1",
    "date_to=2019-11-05&date_match=certain": "",
    "date_from=2019-11&date_to=2019-11&date_match=certain": "r1",
    "date_from=October 2021": "r2",
    "date_from=2022&date_to=2018": "",
    "q=": "r2 r1 r3",
    "partner=&q=&ordering=": "r2 r1 r3",
}


def test_anyone_filters_rounds() -> None:
    assert {query: " ".join(found(query)) for query in ROUNDS} == ROUNDS


POINTS = {
    "": "r2.1 r1.1 r1.2",
    "status=done": "r1.1",
    "status__not=done": "r2.1 r1.2",
    "format=virtual": "r2.1",
    "city=Jakarta&country=ID": "r1.1 r1.2",
    "city__not=Jakarta": "r2.1",
    "person=ivan": "r1.1 r1.2",
    "year=2019": "r1.1 r1.2",
    "date_from=2021&date_match=certain": "r2.1",
    "series=rights&edition=2": "r2.1",
    "partner=NO": "",
    "kind=human_rights": "r2.1 r1.1 r1.2",
    "host__empty=true": "",
    "topic=trade": "r1.1",
    "topic=health": "",
    "topic__empty=true": "r2.1 r1.2",
    "issue=access": "r1.2",
    "issue__not=access": "r2.1 r1.1",
    "issue__empty=true": "r2.1 r1.1",
    "responsible=own&responsible=both": "r1.1 r1.2",
    "responsible__not=own": "r2.1 r1.2",
    "due_from=2020-07": "r2.1 r1.1",
    "due_to=2020-06": "r1.1 r1.2",
    "due_from=2020-06&due_to=2020-06": "r1.1 r1.2",
    "overdue=true": "r1.2",
    "overdue=false": "r2.1 r1.1",
}


def test_anyone_filters_agreed_points() -> None:
    assert {query: " ".join(found_points(query)) for query in POINTS} == POINTS


def test_a_point_is_overdue_only_when_every_day_it_may_mean_has_passed() -> None:
    today = timezone.localdate()
    AgreedPoint.objects.filter(status="open").update(due=f"{today:%Y-%m-%d}")
    assert found_points("overdue=true") == []
    AgreedPoint.objects.filter(status="open").update(due=f"{today:%Y}")
    assert found_points("overdue=true") == []
    AgreedPoint.objects.filter(status="open").update(due=f"{today.year - 1}")
    assert found_points("overdue=true") == ["r1.2"]
    AgreedPoint.objects.filter(status="open").update(due=None)
    assert found_points("overdue=true") == []
    assert found_points("overdue=false") == ["r2.1", "r1.1", "r1.2"]


ORDERED = {
    "date": "r1 r2 r3",
    "-date": "r2 r1 r3",
    "edition": "r1 r2 r3",
    "-edition": "r2 r1 r3",
    "partner": "r3 r2 r1",
    "-partner": "r2 r1 r3",
}


def test_rounds_are_ordered_and_what_is_not_known_comes_last() -> None:
    assert {name: " ".join(found(f"ordering={name}")) for name in ORDERED} == ORDERED


def test_the_last_change_orders_as_well() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dialogues_round DISABLE TRIGGER dialogues_touch_itself")
        cursor.execute("UPDATE dialogues_round SET updated = now() + id * interval '1 minute'")
        cursor.execute("ALTER TABLE dialogues_round ENABLE TRIGGER dialogues_touch_itself")
    assert found("ordering=updated") == ["r1", "r2", "r3"]
    assert found("ordering=-updated") == ["r3", "r2", "r1"]
    assert found_points("ordering=-updated") == ["r2.1", "r1.1", "r1.2"]


@pytest.mark.parametrize("listing", [RoundFilter, AgreedPointFilter])
def test_every_ordering_ends_with_a_unique_key(listing: type[RoundFilter]) -> None:
    ends = {order[-1] for order in listing.orders.values()}
    assert ends <= ({"pk", "-pk"} if listing is RoundFilter else {"number"})


WRONG = {
    "formt=virtual": "formt: There is no parameter “formt”. Did you mean “format”?",
    "xyzzy=1": "xyzzy: There is no parameter “xyzzy”.",
    "format=hybird": "format: “hybird” is not known here. Did you mean “hybrid”?",
    "host=x": "host: “x” is not known here. It can be: own, partner, both, third, unknown.",
    "partner=Norwy": "partner: “Norwy” is not known here. Did you mean “NO”?",
    "partner=no": "partner: “no” is not known here. Did you mean “NO”?",
    "country=XX": "country: “XX” is not known here.",
    "partner__not=XX": "partner__not: “XX” is not known here. It can be: NO, RU.",
    "edition=0": "edition: “0” is not a number from 1 to 32767.",
    "edition=99999999999": "edition: “99999999999” is not a number from 1 to 32767.",
    "year=²": "year: “²” is not a number from 1 to 9999.",
    "host__empty=yes": "host__empty: “yes” is neither “true” nor “false”.",
    "date_match=sure": "date_match: “sure” is not known here. It can be: possible, certain.",
    "ordering=-dat": "ordering: “-dat” is not known here. Did you mean “-date”?",
    "ordering=date&ordering=-date": "ordering: “ordering” can be given only once.",
    "date_from=2021&date_from=2022": "date_from: “date_from” can be given only once.",
    "topic=%00": "topic: “�” is not known here. It can be: health, trade, vaccines.",
    "overdue=true": "overdue: There is no parameter “overdue”.",
}


def test_what_is_not_known_is_an_error_that_names_the_parameter() -> None:
    assert {query: found(query) for query in WRONG} == {
        query: [said] for query, said in WRONG.items()
    }
    assert [query for query in WRONG if rounds(query).qs.exists()] == []


def test_a_wrong_date_is_an_error_and_so_is_a_text_too_long() -> None:
    assert list(rounds("date_from=2021-13").errors) == ["date_from"]
    assert list(rounds("q=" + 10_000 * "x").errors) == ["q"]
    assert list(points("due_to=05/10/2021").errors) == ["due_to"]


def test_errors_are_said_in_the_readers_language() -> None:
    with translation.override("id"):
        assert rounds("formt=x").errors["formt"]


def test_parameters_of_the_door_are_no_filters() -> None:
    assert not rounds("page=2").is_valid()
    assert rounds("page=2", allowed=frozenset({"page"})).is_valid()


def test_what_exists_but_is_hidden_is_answered_like_what_does_not_exist(staff: User) -> None:
    for name, hidden in (("series", "hidden"), ("topic", "secret")):
        (said,) = found(f"{name}={hidden}")
        (unknown,) = found(f"{name}=nothing-at-all")
        assert said.replace(hidden, "?") == unknown.replace("nothing-at-all", "?")
    assert found("series=hidden", staff) == ["r5", "r4"]
    assert found("topic=secret", staff) == ["r5"]


def test_only_staff_filter_by_visibility_and_publication(staff: User) -> None:
    assert found("visibility=internal", staff) == ["r4"]
    assert found("publication=draft", staff) == ["r5"]
    assert found("publication__not=draft&visibility=public", staff) == ["r2", "r1", "r3"]
    assert found_points("visibility=public&publication=published&year=2021", staff) == ["r2.1"]
    for name in sorted(STAFF_ONLY):
        for asked in (rounds(f"{name}=public"), points(f"{name}__not=public")):
            assert not asked.is_valid()
            assert not STAFF_ONLY & {field.name for field in asked.form}


def test_choices_are_those_that_the_reader_may_see(staff: User) -> None:
    analyst = User.objects.create_user("analyst")
    analyst.groups.add(Group.objects.get(name=ANALYSTS))
    for user, slugs in (
        (None, ["law", "rights"]),
        (analyst, ["hidden", "law", "rights"]),
        (staff, ["hidden", "law", "rights"]),
    ):
        form = rounds("", user).form
        assert [value for value, _label in form["series"].field.widget.choices] == slugs
    topics = rounds("", analyst).form["topic"].field.widget.choices
    assert [value for value, _label in topics] == ["health", "trade", "vaccines"]
    assert "secret" in dict(rounds("", staff).form["topic"].field.widget.choices)
    assert dict(rounds("").form["country"].field.widget.choices) == {
        "ID": "Indonesia",
        "RU": "Russia",
    }


def test_a_desk_filters_by_its_restricted_series() -> None:
    desk = Desk.objects.create(name="Europe")
    officer = User.objects.create_user("officer", is_staff=True)
    desk.members.add(officer)
    Series.objects.filter(slug="hidden").update(desk=desk)
    Round.objects.filter(series__slug="hidden").update(visibility="restricted")
    assert found("visibility=restricted", officer) == ["r5", "r4"]
    other = User.objects.create_user("other", is_staff=True)
    assert found("visibility=restricted", other) == []


def test_chips_say_what_is_applied_and_how_to_take_it_back() -> None:
    query = "partner=NO&partner=RU&format__not=virtual&host__empty=true&date_from=2019-11&page=3"
    chips = rounds(query, allowed=frozenset({"page"})).describe()
    assert [(chip.parameter, chip.value, chip.words) for chip in chips] == [
        ("date_from", "2019-11", "From: November 2019"),
        ("partner", "NO", "Partner: Norway"),
        ("partner", "RU", "Partner: Russia"),
        ("format__not", "virtual", "not Format: Virtual"),
        ("host__empty", "true", "Host: not recorded"),
    ]
    assert chips[1].without == "partner=RU&format__not=virtual&host__empty=true&date_from=2019-11"
    assert chips[4].without == "partner=NO&partner=RU&format__not=virtual&date_from=2019-11"
    assert rounds("partner=XX").describe() == []
    assert [c.words for c in rounds("q=peace&ordering=date").describe()] == ["Words: peace"]
    with translation.override("id"):
        assert "Norwegia" in rounds("partner=NO").describe()[0].words


def test_a_listing_without_filters_costs_one_query() -> None:
    for listing in (rounds(""), points("")):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(listing.qs)
        assert len(queries) == 1


def test_no_row_comes_twice() -> None:
    query = "topic=health&issue=access&city=Jakarta&city=Moscow&point_status=open&point_status=done"
    assert found(query) == ["r1"]
