"""A name that a hidden row has is given as any other: no answer tells that it was taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from dialogues.models import (
    Issue,
    NamedAnew,
    Participant,
    Partner,
    Person,
    Round,
    Statement,
    Topic,
    Venue,
)
from tests.programs import Program
from tests.scene import Scene, scene, signed_in
from tests.test_admin import as_opened, page_of
from tests.test_importing import confirm, documents, messages, rows, send

__all__ = ["scene"]

#: How a name is given to each kind of thing: in the form, by the name that is hidden and one of the
#: same length that nothing has.
HIDDEN, FREE = "Zzhidden", "Zzunused"
KINDS: dict[type[Model], Callable[[str], dict[str, str]]] = {
    Person: lambda name: {"name": name, "also_written": f"{name} the elder"},
    Topic: lambda name: {"name": name, "name_id": f"{name}-nya"},
    Issue: lambda name: {"name": name, "note": f"What {name} said"},
    Venue: lambda name: {"name": name, "city": "Suva", "country": "FJ"},
    Partner: lambda name: {"kind": "organisation", "code": name.upper(), "name": name},
}


@pytest.fixture
def hidden(scene: Scene) -> dict[type[Model], Model]:
    """One of each kind that only a restricted round of the Pacific desk mentions."""
    record = scene.round(scene.fiji, visibility="restricted")
    person = Person.objects.create(name=HIDDEN, slug="zzhidden")
    topic = Topic.objects.create(name=HIDDEN, slug="zzhidden")
    issue = Issue.objects.create(name=HIDDEN, slug="zzhidden")
    venue = Venue.objects.create(name=HIDDEN, city="Suva", country_id="FJ")
    Participant.objects.create(round=record, side="own", person=person)
    Statement.objects.create(round=record, side="own", text="Said", issue=issue)
    record.topics.add(topic)
    record.venues.add(venue)
    partner = scene.fiji.partner
    Partner.objects.filter(pk=partner.pk).update(
        code=HIDDEN.upper(), name=HIDDEN, kind="organisation"
    )
    partner.refresh_from_db()
    return {Person: person, Topic: topic, Issue: issue, Venue: venue, Partner: partner}


def alike(answer: Any) -> str:
    """What an answer says, but for the name and for numbers of rows and of this request."""
    text = answer.content.decode() if hasattr(answer, "content") else str(answer)
    text = re.sub(HIDDEN, FREE, text).replace(HIDDEN.lower(), FREE.lower())
    text = text.replace(HIDDEN.upper(), FREE.upper())
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce|name="opened" value)="[^"]*"', "", text)
    return re.sub(r"\d+", "0", text)


def admin(model: type[Model], page: str) -> str:
    return f"/admin/dialogues/{model._meta.model_name}/{page}"


@pytest.mark.parametrize("model", KINDS)
def test_created_in_place_it_is_as_if_it_were_new(
    scene: Scene, hidden: dict[type[Model], Model], model: type[Model]
) -> None:
    ayu = signed_in(scene.ayu)
    name = "{}, Suva, Fiji" if model is Venue else "{}"
    count = model._default_manager.count()
    first, second = (
        ayu.post(admin(model, "create/"), {"name": name.format(word)}) for word in (HIDDEN, FREE)
    )
    assert first.status_code == second.status_code == 201
    assert alike(first) == alike(second)
    assert first.json()["id"] == str(hidden[model].pk)
    assert model._default_manager.count() == count + 1
    # Whoever names it again is told alike, too.
    assert alike(ayu.post(admin(model, "create/"), {"name": name.format(HIDDEN)})) == alike(
        ayu.post(admin(model, "create/"), {"name": name.format(FREE)})
    )


@pytest.mark.parametrize("then", ["_save", "_continue", "_addanother"])
@pytest.mark.parametrize("model", KINDS)
def test_entered_on_its_own_page_it_is_as_if_it_were_new(
    scene: Scene, hidden: dict[type[Model], Model], model: type[Model], then: str
) -> None:
    pages = []
    for word in (HIDDEN, FREE):
        ayu = signed_in(scene.ayu)
        answer = ayu.post(admin(model, "add/"), {**KINDS[model](word), then: "on"}, follow=True)
        assert answer.status_code == 200
        assert "was added successfully" in answer.content.decode()
        pages.append((alike(str(answer.redirect_chain)), alike(answer)))
        if then == "_save":
            # Put out of the way, so that the other's list is as long.
            NamedAnew.objects.all().delete()
    assert pages[0] == pages[1]


@pytest.mark.parametrize("model", KINDS)
def test_what_is_wrong_besides_is_told_alike(
    scene: Scene, hidden: dict[type[Model], Model], model: type[Model]
) -> None:
    ayu = signed_in(scene.ayu)
    wrong = {"name_id": "x" * 201, "kind": "talks", "country": "QQ", "also_written": "x" * 201}
    answers = [
        ayu.post(admin(model, "add/"), {**KINDS[model](word), **wrong}) for word in (HIDDEN, FREE)
    ]
    errors = [answer.context["adminform"].form.errors for answer in answers]
    assert errors[0] == errors[1]
    assert bool(errors[0]) is (model is not Issue or "name_id" in errors[0])
    assert not NamedAnew.objects.exists()


def test_what_the_hidden_one_has_stays_and_what_it_lacks_is_filled_in(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    Topic.objects.filter(slug="zzhidden").update(name_id="Tersembunyi")
    Person.objects.filter(slug="zzhidden").update(also_written=["Z. Hidden"])
    ayu = signed_in(scene.ayu)
    for model in (Topic, Person, Issue):
        assert ayu.post(admin(model, "add/"), KINDS[model](HIDDEN)).status_code == 302
    assert Topic.objects.get().name_id == "Tersembunyi"
    assert Person.objects.get().also_written == ["Z. Hidden", "Zzhidden the elder"]
    assert Issue.objects.get().note == "What Zzhidden said"
    # What was typed is kept beside it, with whoever did so.
    assert NamedAnew.objects.get(model="topic").said["name_id"] == "Zzhidden-nya"
    assert NamedAnew.objects.get(model="topic").by == scene.ayu


def test_another_spelling_of_a_hidden_person_is_theirs_too(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    answer = signed_in(scene.ayu).post(admin(Person, "create/"), {"name": "Zzhíddén"})
    assert answer.json()["text"] == "Zzhíddén"
    assert answer.json()["id"] == str(hidden[Person].pk)
    assert Person.objects.get().also_written == ["Zzhíddén"]


def test_what_was_named_is_chosen_in_a_round(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    """The way of the whole: named amid the form of a round, then saved with it."""
    ayu = signed_in(scene.ayu)
    topic = ayu.post(admin(Topic, "create/"), {"name": HIDDEN}).json()["id"]
    record = scene.round()
    form = ayu.get(page_of(record)).context["adminform"].form
    assert hidden[Topic] in form.fields["topics"].queryset
    assert hidden[Person] not in Person.objects.visible_to(scene.ayu)
    assert topic == str(hidden[Topic].pk)
    assert not Topic.objects.visible_to(AnonymousUser()).exists()
    sent = as_opened(ayu, page_of(record)) | {"topics": [topic]}
    assert ayu.post(page_of(record), sent).status_code == 302
    assert record.topics.get() == hidden[Topic]


def test_the_history_before_is_its_desks(scene: Scene, hidden: dict[type[Model], Model]) -> None:
    signed_in(scene.ayu).post(admin(Topic, "create/"), {"name": HIDDEN})

    def entries(user: Any) -> int:
        page = signed_in(user).get(page_of(hidden[Topic], "history"))
        return len(page.context["page"].object_list)

    assert entries(scene.ayu) == 0
    assert entries(scene.budi) == entries(scene.root) == 1


def by_api(program: Program, edition: int, word: str) -> Any:
    return program.post(
        "rounds/",
        {
            "series": "russia-dialogue",
            "edition": edition,
            "status": "held",
            "visibility": "internal",
            "topics": [word.lower()],
            "participants": [{"side": "own", "role": "head", "name": word}],
            "venues": [{"name": word, "city": "Suva", "country": "FJ"}],
            "statements": [{"side": "own", "text": "Said", "issue": word.lower()}],
        },
    )


def test_a_document_names_what_is_hidden_as_what_is_new(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    program = Program(scene.ayu)
    first, second = by_api(program, 1, HIDDEN), by_api(program, 2, FREE)
    assert first.status_code == second.status_code == 201
    hide = re.compile(r"\d{4}-\d\d-\d\dT[^\"]*|russia-dialogue-\d")
    assert hide.sub("", alike(first)) == hide.sub("", alike(second))
    assert Round.objects.get(edition=1, series=scene.russia).topics.get() == hidden[Topic]


def test_who_may_not_make_such_a_thing_is_refused_alike(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    officers = Group.objects.get(name="Desk officers")
    officers.permissions.remove(*officers.permissions.filter(codename__startswith="add_topic"))
    program = Program(scene.ayu)
    first, second = by_api(program, 1, HIDDEN), by_api(program, 1, FREE)
    assert first.status_code == second.status_code == 403
    assert alike(first) == alike(second)


def test_a_files_preview_tells_of_both_as_new(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    Person.objects.filter(slug="zzhidden").update(also_written=["Kept secret"])
    shown: list[Any] = []
    for word in (HIDDEN, FREE):
        lines = [
            {"type": "topic", "slug": word.lower(), "name": word},
            {"type": "issue", "slug": word.lower(), "name": word, "note": "Said"},
            {"type": "person", "slug": f"{word.lower()}-2", "name": word},
            {"type": "partner", "code": word.upper(), "name": word, "kind": "organisation"},
        ]
        content = b"\n".join(map(orjson.dumps, lines)) + b"\n"
        content += documents(
            {
                "series": "russia-dialogue",
                "edition": 5,
                "participants": [{"side": "own", "role": "head", "name": word}],
                "venues": [{"name": word, "city": "Suva", "country": "FJ"}],
            }
        )
        page = send(signed_in(scene.ayu), content, "lines.ndjson")
        assert "Kept secret" not in page.content.decode()
        assert messages(page) == []
        told = page.context["shown"]["references"]
        assert [one["new"] for one in told] == [True] * 5
        shown.append(([alike(str(one)) for one in told], alike(str(rows(page)))))
    assert shown[0] == shown[1]
    assert not NamedAnew.objects.exists()


def test_what_a_files_rounds_only_mention_is_told_as_new_too(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    Person.objects.filter(slug="zzhidden").update(name="Kept secret", also_written=[HIDDEN])
    shown: list[list[str]] = []
    for word in (HIDDEN, FREE):
        line = {
            "series": "russia-dialogue",
            "edition": 5,
            "topics": [word.lower()],
            "participants": [{"side": "own", "role": "head", "name": word}],
            "statements": [{"side": "own", "text": "Said", "issue": word.lower()}],
        }
        page = send(signed_in(scene.ayu), documents(line), "lines.ndjson")
        assert "Kept secret" not in page.content.decode()
        told = page.context["shown"]["references"]
        assert [one["new"] for one in told] == [True] * 3
        shown.append([alike(str(one)) for one in told])
    assert shown[0] == shown[1]


def test_a_file_does_not_write_over_what_is_hidden(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    lines = [
        {"type": "topic", "slug": "zzhidden", "name": "Guessed", "name_id": "Terkaan"},
        {"type": "person", "slug": "zzhidden", "name": "Z. Guessed"},
        {"type": "partner", "code": HIDDEN.upper(), "name": "Guessed", "kind": "organisation"},
    ]
    ayu = signed_in(scene.ayu)
    page = send(ayu, b"\n".join(map(orjson.dumps, lines)), "lines.ndjson")
    confirm(ayu, page)
    assert (Topic.objects.get().name, Topic.objects.get().name_id) == (HIDDEN, "Terkaan")
    assert (Person.objects.get().name, Person.objects.get().also_written) == (
        HIDDEN, ["Z. Guessed"],
    )  # fmt: skip
    assert Partner.objects.get(code=HIDDEN.upper()).name == HIDDEN


def test_somebody_seen_is_not_given_a_hidden_name_without_a_word(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    Person.objects.create(name="Seen", slug="seen")
    line = {"type": "person", "slug": "seen", "name": HIDDEN}
    page = send(signed_in(scene.ayu), orjson.dumps(line), "lines.ndjson").content.decode()
    assert f"“{HIDDEN}” is somebody else’s name." in page
    assert "zzhidden" not in page
    assert not NamedAnew.objects.exists()


def test_a_name_that_somebody_seen_has_is_theirs(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    """Whoever is hidden and is called the same is neither used nor shown, whichever comes first."""
    seen = Person.objects.create(name="Aa Seen", slug="seen", also_written=["Both", HIDDEN])
    Person.objects.filter(slug="zzhidden").update(also_written=["Both", "Aa Seen"])
    program = Program(scene.ayu)
    for edition, name in enumerate(("Aa Seen", "Both", HIDDEN), 1):
        line = {
            "series": "russia-dialogue",
            "edition": edition,
            "status": "held",
            "visibility": "internal",
            "participants": [{"side": "own", "role": "head", "name": name}],
        }
        assert program.post("rounds/", line).status_code == 201
        record = Round.objects.get(series=scene.russia, edition=edition)
        assert record.participants.get().person == seen
    assert not NamedAnew.objects.exists()


def test_what_many_documents_say_of_it_is_taken_once(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    said = {"code": HIDDEN.upper(), "name": HIDDEN, "kind": "organisation"}
    lines = [
        {
            "series": {"slug": f"talks-{number}", "title": f"Talks {number}", "partner": said},
            "edition": 1,
            "status": "held",
            "visibility": "internal",
        }
        for number in range(4)
    ]
    program = Program(scene.ayu)
    with CaptureQueriesContext(connection) as asked:
        assert program.post("rounds/", lines).status_code == 201
    adopting = [one["sql"] for one in asked if 'INSERT INTO "dialogues_namedanew"' in one["sql"]]
    locking = [one["sql"] for one in asked if 'FROM "dialogues_namedanew"' in one["sql"]]
    assert (len(adopting), len(locking)) == (1, 2)


def test_who_may_make_no_people_is_not_told_what_a_hidden_one_is_called(
    scene: Scene, hidden: dict[type[Model], Model]
) -> None:
    Person.objects.filter(slug="zzhidden").update(slug="kept-secret")
    officers = Group.objects.get(name="Desk officers")
    officers.permissions.remove(*officers.permissions.filter(codename="add_person"))
    told = []
    for word in (HIDDEN, FREE):
        line = {"type": "person", "slug": f"{word.lower()}-2", "name": word}
        page = send(signed_in(scene.ayu), orjson.dumps(line), "lines.ndjson")
        told.append(alike(re.sub(r"[-0-9a-f]{36}", "", page.content.decode())))
    assert told[0] == told[1]
    assert "kept-secret" not in told[0]


@pytest.mark.parametrize(("series", "is_new"), [(HIDDEN, True), ("fiji-dialogue", False)])
def test_a_sheet_is_not_told_with_whom_a_hidden_series_is(
    scene: Scene, hidden: dict[type[Model], Model], series: str, is_new: bool
) -> None:
    type(scene.fiji).objects.filter(pk=scene.fiji.pk).update(title=HIDDEN)
    Partner.objects.filter(pk=hidden[Partner].pk).update(name="Kept secret", code="SECRET")
    sheet = f"series,partner,edition,visibility\n{series},RU,1,internal\n"
    page = send(signed_in(scene.ayu), sheet)
    assert "secret" not in page.content.decode().lower()
    errors = [error["message"] for error in page.context["shown"]["errors"]]
    assert errors == ([] if is_new else ["This slug cannot be given to a series."])
