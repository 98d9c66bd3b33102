"""Who sees what: exact sets for every role, and a walk of every address as every role."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from python_calamine import CalamineWorkbook

from dialogues.filters.values import Named
from dialogues.listings import LISTINGS
from dialogues.models import (
    AgreedPoint,
    Desk,
    FollowUp,
    Issue,
    Participant,
    Partner,
    PendingImport,
    Person,
    RelatedEvent,
    Round,
    SavedView,
    Series,
    Source,
    Statement,
    Topic,
    User,
    Venue,
    clearance_of,
)
from dialogues.vocabulary import Publication, Visibility

from .papers import carry

pytestmark = pytest.mark.django_db

KINDS = list(itertools.product(Visibility.values, Publication.values))

PUBLISHED = {("public", "published")}
ANALYSTS_VIEW = {("public", "published"), ("internal", "published")}
STAFFS_VIEW = {kind for kind in KINDS if kind[0] != "restricted"}

#: What each role sees: rounds by visibility and publication, and whether staff's notes too.
ROLES: dict[str, tuple[set[tuple[str, str]], bool]] = {
    "visitor": (PUBLISHED, False),
    "account without a role": (PUBLISHED, False),
    "switched off": (PUBLISHED, False),
    "analyst": (ANALYSTS_VIEW, False),
    "analyst of the desk": (ANALYSTS_VIEW | {("restricted", "published")}, False),
    "officer of the desk": (set(KINDS), True),
    "officer of another desk": (STAFFS_VIEW, True),
    "publisher": (STAFFS_VIEW, True),
    "administrator": (STAFFS_VIEW, True),
    "superuser": (set(KINDS), True),
}


def word(kind: tuple[str, str]) -> str:
    """What stands in every text of a round of this kind and nowhere else."""
    return f"Told{kind[0]}{kind[1].replace('_', '')}"


def note(kind: tuple[str, str]) -> str:
    """What stands in staff's notes of a round of this kind and nowhere else."""
    return f"Noted{kind[0]}{kind[1].replace('_', '')}"


@dataclass
class World:
    """A round of every kind, each with a series, partner, topic, person … that it alone names."""

    desk: Desk
    users: dict[str, User | AnonymousUser]
    rounds: dict[tuple[str, str], Round]


@pytest.fixture
def world() -> World:
    desk = Desk.objects.create(name="Europe")
    rounds = {kind: make_round(kind, desk, number) for number, kind in enumerate(KINDS)}
    users = dict(make_users(desk))
    for round_ in rounds.values():
        # Shared by somebody who sees what most others don't.
        SavedView.objects.create(
            owner=User.objects.get(username="superuser"),
            listing="rounds", name=f"View {round_.edition}",
            query=f"series={round_.series.slug}", for_everyone=True,
        )  # fmt: skip
    make_pending(User.objects.get(username="superuser"))
    return World(desk, users, rounds)


def make_pending(user: User) -> None:
    """A file that waits to be imported by somebody who sees what most others don't."""
    pending = PendingImport(user=user, name="all.ndjson", content=b"")
    told = {"slug": "s", "edition": 1, "date": None, "new": True, "changes": []}
    pending.shown = {
        "rows": [
            {**told, "line": line, "series": word(kind), "notes": [note(kind)]}
            for line, kind in enumerate(KINDS)
        ],
        "references": [],
        "errors": [],
        "more_errors": 0,
        "result": {"created": len(KINDS), "updated": 0, "unchanged": 0},
        "encoding": "",
    }
    pending.save()


def make_users(desk: Desk) -> Iterator[tuple[str, User | AnonymousUser]]:
    yield "visitor", AnonymousUser()
    for name, group, staff, of_desk in (
        ("account without a role", None, False, False),
        ("switched off", "Publishers", True, True),
        ("analyst", "Analysts", False, False),
        ("analyst of the desk", "Analysts", False, True),
        ("officer of the desk", "Desk officers", True, True),
        ("officer of another desk", "Desk officers", True, False),
        ("publisher", "Publishers", True, False),
        ("administrator", "Administrators", True, False),
    ):
        user = User.objects.create_user(
            name.replace(" ", "-"), is_staff=staff, is_active=name != "switched off"
        )
        if group:
            user.groups.add(Group.objects.get(name=group))
        if of_desk:
            desk.members.add(user)
        yield name, user
    yield "superuser", User.objects.create_superuser("superuser")


def make_round(kind: tuple[str, str], desk: Desk, number: int) -> Round:
    said, noted, slug = word(kind), note(kind), f"s-{kind[0]}-{kind[1]}".replace("_", "-")
    partner = Partner.objects.create(code=f"ORG-{number}", name=said, kind="organisation")
    series = Series.objects.create(title=said, slug=slug, partner=partner, desk=desk, note=said)
    topic = Topic.objects.create(
        name=said, slug=slug, parent=Topic.objects.create(name=f"Above {said}", slug=f"a-{slug}")
    )
    issue = Issue.objects.create(name=said, slug=slug, note=said)
    person = Person.objects.create(name=said, slug=slug)
    venue = Venue.objects.create(name=said, city=said, country_id="RU")
    round_ = Round.objects.create(
        series=series,
        slug=slug,
        edition=number + 1,
        date=f"20{number + 10}",
        status="held",
        summary=said,
        internal_note=noted,
        visibility=kind[0],
        publication=kind[1],
    )
    round_.venues.add(venue)
    round_.topics.add(topic)
    Participant.objects.create(round=round_, side="own", role="head", person=person, title=said)
    statement = Statement.objects.create(
        round=round_, side="own", text=said, issue=issue, internal_note=noted
    )
    statement.topics.add(topic)
    point = AgreedPoint.objects.create(
        round=round_, number=1, text=said, issue=issue, internal_note=noted
    )
    point.topics.add(topic)
    FollowUp.objects.create(point=point, note=said)
    source = Source.objects.create(round=round_, publisher=said, title=said)
    source.topics.add(topic)
    carry(source, f"A file. {said}".encode(), f"{said}.txt")
    RelatedEvent.objects.create(round=round_, title=said)
    return round_


# --- Exact sets --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_exactly_its_rounds_and_what_belongs_to_them(world, role):
    user, (expected, _notes) = world.users[role], ROLES[role]
    seen = Round.objects.visible_to(user).values_list("visibility", "publication")
    assert set(seen) == expected
    words = {word(kind) for kind in expected}
    for model, column in (
        (Participant, "title"),
        (Statement, "text"),
        (AgreedPoint, "text"),
        (FollowUp, "note"),
        (Source, "title"),
        (RelatedEvent, "title"),
    ):
        assert set(model.objects.visible_to(user).values_list(column, flat=True)) == words
        assert model.objects.visible_to(user).count() == len(words)


@pytest.mark.parametrize("role", ROLES)
def test_what_only_hidden_rounds_name_is_hidden_too(world, role):
    user, (expected, _notes) = world.users[role], ROLES[role]
    words = {word(kind) for kind in expected}
    for model, column in (
        (Partner, "name"),
        (Series, "title"),
        (Issue, "name"),
        (Person, "name"),
        (Venue, "city"),
    ):
        assert set(model.objects.visible_to(user).values_list(column, flat=True)) == words, model
    topics = words | {f"Above {said}" for said in words}
    assert set(Topic.objects.visible_to(user).values_list("name", flat=True)) == topics


def test_what_no_round_names_yet_is_for_staff_to_find(world):
    Person.objects.create(name="Nobody yet", slug="nobody-yet")
    for role, (_expected, staff) in ROLES.items():
        found = Person.objects.visible_to(world.users[role]).filter(slug="nobody-yet").exists()
        assert found is staff, role


def test_clearance_costs_two_queries_a_request(world, django_assert_num_queries):
    user = User.objects.get(username="analyst")
    with django_assert_num_queries(2):
        clearance_of(user)
        clearance_of(user)


# --- The walk ----------------------------------------------------------------------------------

#: Kinds whose objects are opened one by one: one that everybody sees and one for each fence.
OPENED = [
    ("public", "published"),
    ("public", "draft"),
    ("internal", "published"),
    ("restricted", "published"),
    ("restricted", "withdrawn"),
]

#: Addresses that say nothing of records, each for its reason.
SILENT = {
    "healthz": "says that the process is up",
    "readyz": "says that the database answers",
    "set_language": "only takes a choice",
    "understand-date": "reads back what was typed",
    "api:docs": "a page that loads the schema",
    "api:agreed-point-follow-ups": "only takes a follow-up, from staff: tests/test_api_writing.py",
    "api:None": "answers 404",
    "admin:jsi18n": "words of the admin's scripts",
    "admin:password_change": "one's own password",
    "admin:password_change_done": "one's own password",
    "admin:auth_user_password_change": "somebody's password, for administrators",
    "admin:logout": "signs out",
    "admin:dialogues_round_steps": "takes only a choice of rounds: tests/test_review.py",
    "logout": "signs out",
    "digest-stop": "whoever has its key only stops a mail with it",
    "private-feed": "reads as the key's owner would: tests/test_saved_views.py",
    "admin:dialogues_round_keep": "keeps what its author typed: tests/test_unsaved.py",
    "admin:dialogues_round_drop": "drops what its author typed: tests/test_unsaved.py",
    "admin:view_on_site": "leads to a page that is walked itself",
}


def patterns(
    entries: list, route: str = "/", namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site: its full name and its pattern."""
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from patterns(entry.url_patterns, route + str(entry.pattern), namespace + inner)


def addresses(world: World) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Every address to open, with the kind of the round it is about, if it is about one."""
    for name, pattern in patterns(get_resolver().url_patterns):
        if name in SILENT:
            continue
        found = list(fill(name, pattern, world))
        assert found, f"The walk does not know how to open {name}: teach it."
        yield from found


def fill(
    name: str, pattern: URLPattern, world: World
) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """The addresses of one pattern, filled with what the world has."""
    keys = [*pattern.pattern.converters, *getattr(pattern.pattern, "regex", KEY).groupindex]
    if name.startswith("admin:"):
        yield from fill_admin(name, world)
    elif name.startswith("saved-view") and keys:
        yield from ((reverse(name, args=[view.pk]), None) for view in SavedView.objects.all())
    elif name.endswith("-facet"):
        yield from fill_facet(name)
    elif name == "saved-view-new":
        series = (world.rounds[kind].series.slug for kind in OPENED)
        asked = (f"listing=rounds&query=series%3D{slug}" for slug in series)
        yield from ((f"{reverse(name)}?{query}", None) for query in asked)
    elif name == "source-file":
        for kind in OPENED:
            source = world.rounds[kind].sources.get()
            yield reverse(name, args=[source.round.slug, source.pk]), kind
    elif keys:
        yield from ((reverse(name, args=[value(keys[0], world, kind)]), kind) for kind in OPENED)
    else:
        yield reverse(name), None
        yield from ((f"{reverse(name)}?{query}", None) for query in asked_of(name))


def asked_of(name: str) -> list[str]:
    """Query strings under which an address tells more than by itself."""
    if name == "search":
        # What everything is without; and what is near to words that only some may know.
        return ["q=-zebra", "q=Toldinternal"]
    if name.endswith(("round-list", "agreed-point-list")):
        return ["year=2010&year=2011&year=2020&ordering=date"]
    return [f"show={year}&due=true" for year in range(2010, 2023)] if name == "calendar" else []


def fill_facet(name: str) -> Iterator[tuple[str, None]]:
    """Of all listings one filter; of two, which count in the two ways there are, all with names."""
    listing = LISTINGS[name.removesuffix("-facet")].filters
    dimensions = (*listing.dimensions, *listing.through)
    named = [one.name for one in dimensions if isinstance(one.values, Named)]
    asked = named if name in ("rounds-facet", "people-facet") else named[:1]
    yield from ((f"{reverse(name, args=[one])}?find=told", None) for one in asked)


KEY = re.compile("")


#: For which field an autocomplete offers its choices.
OFFERED = {
    f"admin:dialogues_{model}_offers": f"model_name={asking}&field_name={field}"
    for model, asking, field in (
        ("person", "participant", "person"),
        ("topic", "round", "topics"),
        ("issue", "statement", "issue"),
        ("venue", "round", "venues"),
    )
}


def fill_admin(name: str, world: World) -> Iterator[tuple[str, tuple[str, str] | None]]:
    parts = re.fullmatch(
        r"admin:(\w+?)_(\w+)_(changelist|add|deleted|change|history|delete|step|restore)", name
    )
    if name.startswith(("admin:dialogues_round_import", "admin:dialogues_round_pending")):
        yield from fill_import(name)
    elif name == "admin:autocomplete":
        yield from ((address, None) for address in autocompletes())
    elif name in ("admin:dialogues_round_waiting", "admin:dialogues_round_intake"):
        yield reverse(name), None
    elif name == "admin:dialogues_round_proposal":
        # Of a series that others know by other rounds; the rest is refused as unknown.
        yield from ((f"{reverse(name)}?series={r.series_id}", None) for r in world.rounds.values())
    elif name.endswith(("_offers", "_create", "_split")):
        field = OFFERED.get(name, "model_name=round&field_name=topics")
        yield f"{reverse(name)}?term=Told&app_label=dialogues&{field}", None
    elif parts is None:
        # The index; and, without names, a change page's old address and the catch-all.
        yield "/admin/" if name != "admin:app_list" else "/admin/dialogues/", None
    elif parts[3] in ("changelist", "add", "deleted"):
        yield reverse(name), None
        yield f"{reverse(name)}?q=Told" if parts[3] == "changelist" else reverse(name), None
    else:
        yield reverse(name, args=["0"]), None
        model = apps.get_model(parts[1], parts[2])
        yield from ((reverse(name, args=[pk]), kind) for pk, kind in objects_of(model))


def fill_import(name: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    if name.endswith("_template"):
        yield from ((reverse(name, args=[suffix]), None) for suffix in ("csv", "xlsx"))
    elif name.endswith("_import"):
        yield reverse(name), None
    else:
        pending = PendingImport.objects.get()
        yield reverse(name, args=[pending.pk]), None


def value(key: str, world: World, kind: tuple[str, str]) -> str:
    round_ = world.rounds[kind]
    return {
        "slug": round_.slug,
        "reference": f"{round_.slug}.1",
        "code": round_.series.partner.code,
    }[key]


def objects_of(model: type[Model]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The objects of a model that are told apart by the round that names them."""
    for kind in OPENED:
        for field in ("text", "name", "title", "city", "summary"):
            if field in {f.name for f in model._meta.fields}:
                for found in model._base_manager.filter(**{field: word(kind)}):
                    yield found.pk, kind
                break


def told_by(address: str, sent: bytes) -> str:
    """The words of an answer; those of a workbook stand in its sheets."""
    if ".xlsx" not in address or not sent.startswith(b"PK"):
        return sent.decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(sent))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def autocompletes() -> Iterator[str]:
    """Every autocomplete that the admin's forms use."""
    for model in apps.get_app_config("dialogues").get_models():
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.is_relation and field.related_model and not model.__name__.endswith("Event"):
                yield (
                    f"{reverse('admin:autocomplete')}?term=Told&app_label=dialogues"
                    f"&model_name={model._meta.model_name}&field_name={field.name}"
                )


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells_a_role_what_it_may_not_know(world, role):
    client, user = Client(), world.users[role]
    client.raise_request_exception = False
    if user.is_authenticated:
        client.force_login(user)
    expected, notes = ROLES[role]
    hidden = {word(kind) for kind in KINDS if kind not in expected}
    hidden |= {note(kind) for kind in KINDS if not notes or kind not in expected}
    opened = 0
    for address, kind in addresses(world):
        response = client.get(address, headers={"accept": "*/*"})
        body = told_by(address, response.getvalue())
        leaks = sorted(told for told in hidden if told in body)
        assert leaks == [], f"{role}: {address}"
        assert response.status_code < 500, f"{role}: {address}"
        if kind is not None and kind not in expected:
            # 405: an address that takes only POST says the same of everything.
            assert response.status_code in (302, 403, 404, 405), f"{role}: {address}"
        elif kind is not None and "/admin/" not in address:
            assert response.status_code == 200, f"{role}: {address}"
            opened += 1
    # So that the walk cannot pass by opening nothing.
    assert opened >= 9 * len(expected & set(OPENED))


@pytest.mark.parametrize("role", ["visitor", "analyst", "officer of another desk"])
def test_counts_and_choices_are_of_what_the_role_sees(world, role, monkeypatch):
    monkeypatch.setattr("dialogues.views.controls.IN_SIGHT", len(KINDS))
    client, user = Client(), world.users[role]
    if user.is_authenticated:
        client.force_login(user)
    expected, _notes = ROLES[role]
    answer = client.get("/api/v1/rounds/").json()
    assert answer["count"] == len(expected)
    page = client.get("/rounds/").content.decode()
    offered = set(re.findall(r'<option value="(ORG-\d+)"', page))
    offered |= set(re.findall(r'value="(ORG-\d+)"', page))
    assert offered == {world.rounds[kind].series.partner.code for kind in expected}


def test_a_hidden_value_is_refused_like_one_that_does_not_exist(world):
    client = Client()
    hidden = world.rounds[("restricted", "draft")].slug
    for parameter in ("series", "topic", "issue", "person"):
        refused = client.get(f"/api/v1/rounds/?{parameter}={hidden}")
        unknown = client.get(f"/api/v1/rounds/?{parameter}=no-such-thing-here")
        assert refused.status_code == unknown.status_code == 400
        assert refused.content.decode().replace(hidden, "") == unknown.content.decode().replace(
            "no-such-thing-here", ""
        )
