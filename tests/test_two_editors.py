"""Two people save the same record: nothing that either did is lost without being asked about."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dialogues.models import (
    DESK_OFFICERS,
    AgreedPoint,
    Participant,
    Person,
    Round,
    Source,
    Statement,
    Topic,
)
from tests.scene import Scene, person, scene, signed_in
from tests.test_admin import as_opened, errors, page_of, said

__all__ = ["scene"]

ASKED = (
    "Not saved yet: {who} saved this record at {when}, after you had opened it, and changed what "
    "you changed too. Choose whose is to stand. All that you typed is still here."
)


class Desk:
    """Ayu and Fajar of the same desk, who have opened the same round at the same time."""

    def __init__(self, scene: Scene) -> None:
        self.ayu = signed_in(scene.ayu)
        self.fajar = signed_in(person("fajar", DESK_OFFICERS, desk=scene.europe))
        self.round = scene.round(summary="As both opened it", host="own")
        Statement.objects.create(round=self.round, side="own", text="Vaccines for all")

    def opened(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What each would send back from the form, nothing typed."""
        return as_opened(self.ayu, page_of(self.round)), as_opened(self.fajar, page_of(self.round))

    def save(self, client: Client, sent: dict[str, Any]) -> Any:
        """Press Save; the answer's page."""
        return client.post(page_of(self.round), sent, follow=True)

    def stands(self) -> Round:
        """The round as it is stored."""
        return Round.objects.get(pk=self.round.pk)


@pytest.fixture
def desk(scene: Scene) -> Desk:
    return Desk(scene)


def asked(response: Any) -> list[tuple[str, str, str, str]]:
    """What the page asks about: what it is, as it was opened, as they and as the editor have it."""

    def of(version: Any) -> str:
        return version.missing or " / ".join(
            f"{line.label} {line.text}".strip() for line in version.lines
        )

    return [
        (told.what, of(told.base), of(told.theirs), of(told.mine))
        for told in response.context["outcome"].conflicts
    ]


def again(response: Any, sent: dict[str, Any], choice: str | None) -> dict[str, Any]:
    """What the page that asks sends back, with the same choice for all that is asked."""
    sent = dict(sent) | {"opened": response.context["opened"]}
    for told in response.context["outcome"].conflicts:
        if choice:
            sent[f"choice:{told.key}"] = f"{choice}.{told.stands}"
    return sent


def in_form(response: Any) -> dict[str, Any]:
    """The fields of the form that came back, with what they hold."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {f.html_name: f.value() for form in forms for f in form if f.value() not in (None, "")}


# --- What only one of them changed ---------------------------------------------------------------


def test_what_each_changed_apart_is_kept_and_told(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"summary": "Fajar's words", "statements-0-text": "Tests too"})
    page = desk.save(desk.ayu, ayus | {"next_round_note": "In Moscow", "host": "partner"})
    [told, saved] = said(page)
    assert told.endswith("theirs is: Summary; Statement Tests too · Text.")
    assert " saved this record at " in told  # who: the clock stands still within a test
    assert "was changed successfully" in saved
    record = desk.stands()
    assert (record.summary, record.next_round_note, record.host) == (
        "Fajar's words", "In Moscow", "partner",
    )  # fmt: skip
    assert [s.text for s in record.statements.all()] == ["Tests too"]


def test_what_both_changed_alike_is_not_asked_about(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"date": "15 October 2021"})
    page = desk.save(desk.ayu, ayus | {"date": "15 Oktober 2021"})
    assert len(said(page)) == 1
    assert str(desk.stands().date) == "2021-10-15"


def test_topics_that_each_added_or_took_away_are_joined(desk: Desk) -> None:
    health, trade, women, old = (
        Topic.objects.create(name=name, slug=name.lower())
        for name in ("Health", "Trade", "Women", "Old")
    )
    desk.round.topics.set([health, old])
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"topics": [health.pk, old.pk, trade.pk]})
    desk.save(desk.ayu, ayus | {"topics": [health.pk, women.pk]})
    assert {topic.name for topic in desk.stands().topics.all()} == {"Health", "Trade", "Women"}


def test_parts_that_each_added_are_both_there_and_no_number_is_given_twice(desk: Desk) -> None:
    ayus, fajars = desk.opened()

    def with_point(sent: dict[str, Any], text: str) -> dict[str, Any]:
        return sent | {
            "agreed_points-TOTAL_FORMS": 1,
            "agreed_points-0-text": text,
            "agreed_points-0-kind": "other",
            "agreed_points-0-status": "open",
        }

    desk.save(desk.fajar, with_point(fajars, "Meet in Moscow"))
    page = desk.save(desk.ayu, with_point(ayus, "Exchange notes"))
    assert "Agreed point 1 Meet in Moscow: added" in said(page)[0]
    points = [(p.number, p.text) for p in desk.stands().agreed_points.all()]
    assert points == [(1, "Meet in Moscow"), (2, "Exchange notes")]


def test_what_both_entered_alike_is_entered_once(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    release = {
        "sources-TOTAL_FORMS": 1,
        "sources-0-kind": "news",
        "sources-0-side": "own",
        "sources-0-title": "Release",
    }
    desk.save(desk.fajar, fajars | release)
    desk.save(desk.ayu, ayus | release)
    assert Source.objects.count() == 1


def test_what_they_took_away_and_the_editor_left_alone_is_gone(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"statements-0-DELETE": "on"})
    page = desk.save(desk.ayu, ayus | {"summary": "Mine"})
    assert "theirs is: Statement Vaccines for all: taken away." in said(page)[0]
    assert not desk.stands().statements.exists()
    assert desk.stands().summary == "Mine"


# --- What both changed ---------------------------------------------------------------------------


def test_what_both_changed_is_asked_about_with_everything_typed_still_there(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"summary": "Fajar's words", "host": "third", "edition": "5"})
    ayus |= {"summary": "Ayu's words", "host": "partner", "statements-0-text": "Ayu's statement"}
    page = desk.save(desk.ayu, ayus)
    assert asked(page) == [
        ("Host", "Own side", "A third party", "Partner"),
        ("Summary", "As both opened it", "Fajar's words", "Ayu's words"),
    ]
    assert page.context["outcome"].taken == ["Edition"]
    assert errors(page) == ASKED.format(**page.context["outcome"].by)
    held = in_form(page)
    assert (held["summary"], held["host"], held["statements-0-text"], held["edition"]) == (
        "Ayu's words", "partner", "Ayu's statement", "5",
    )  # fmt: skip
    assert desk.stands().summary == "Fajar's words"

    # Saving without a choice asks again; half a choice asks for the other half.
    page = desk.save(desk.ayu, again(page, ayus | {"edition": "5"}, None))
    assert [what for what, *_ in asked(page)] == ["Host", "Summary"]
    half = again(page, ayus | {"edition": "5"}, "theirs")
    half.pop("choice:summary")
    page = desk.save(desk.ayu, half)
    assert asked(page) == [("Summary", "As both opened it", "Fajar's words", "Ayu's words")]
    # What was chosen stands in the form, and nothing of the rest is asked for again.
    held = in_form(page)
    assert held["host"] == "third"
    desk.save(desk.ayu, again(page, held | {"summary": "Words of both"}, "mine"))
    record = desk.stands()
    assert (record.summary, record.host, record.edition) == ("Words of both", "third", 5)
    assert record.statements.get().text == "Ayu's statement"


def test_what_differs_in_longer_texts_is_marked_by_word(desk: Desk) -> None:
    Round.objects.update(summary="Both sides spoke of vaccines <b>and</b> trade.\nThen lunch.")
    ayus, fajars = desk.opened()
    theirs = "Both sides spoke of vaccines <b>and</b> fish.\nThen lunch."
    mine = "Both sides spoke at length of vaccines <b>and</b> trade.\nThen lunch."
    desk.save(desk.fajar, fajars | {"summary": theirs, "host": "third"})
    page = desk.save(desk.ayu, ayus | {"summary": mine, "host": "partner"})
    host, summary = page.context["outcome"].conflicts
    assert [line.pieces for line in summary.base.lines] == [()]
    assert summary.theirs.lines[0].pieces == [
        ("same", "Both sides spoke of vaccines <b>and</b> "),
        ("gone", "trade"),
        ("new", "fish"),
        ("same", ".\nThen lunch."),
    ]
    assert summary.mine.lines[0].pieces == [
        ("same", "Both sides spoke "),
        ("new", "at length "),
        ("same", "of vaccines <b>and</b> trade.\nThen lunch."),
    ]
    # Two short values that have no word in common stand side by side as they are.
    assert (host.theirs.lines[0].pieces, host.mine.lines[0].pieces) == ([], [])
    shown = page.content.decode()
    assert (
        "vaccines &lt;b&gt;and&lt;/b&gt; "
        '<del><span class="visually-hidden">removed: </span>trade</del>'
        '<ins><span class="visually-hidden">added: </span>fish</ins>.'
    ) in shown


def test_of_a_part_that_is_gone_nothing_is_marked(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"statements-0-DELETE": "on"})
    page = desk.save(desk.ayu, ayus | {"statements-0-text": "Vaccines for all of us"})
    [told] = page.context["outcome"].conflicts
    assert told.theirs.lines == []
    side, text = told.mine.lines
    assert (side.label, [kind for kind, _ in side.pieces]) == ("Side", ["same"])
    assert text.pieces[-1] == ("new", " of us")


def test_a_choice_counts_only_against_what_the_editor_has_seen(desk: Desk) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"summary": "Fajar's words"})
    page = desk.save(desk.ayu, ayus | {"summary": "Ayu's words"})
    desk.save(desk.fajar, as_opened(desk.fajar, page_of(desk.round)) | {"summary": "Fajar's last"})
    page = desk.save(desk.ayu, again(page, ayus | {"summary": "Ayu's words"}, "theirs"))
    assert asked(page) == [("Summary", "As both opened it", "Fajar's last", "Ayu's words")]
    desk.save(desk.ayu, again(page, in_form(page), "theirs"))
    assert desk.stands().summary == "Fajar's last"


@pytest.mark.parametrize(("choice", "left"), [("mine", ["Ayu's"]), ("theirs", [])])
def test_a_part_that_they_took_away_and_the_editor_changed(
    desk: Desk, choice: str, left: list[str]
) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"statements-0-DELETE": "on"})
    page = desk.save(desk.ayu, ayus | {"statements-0-text": "Ayu's"})
    assert asked(page) == [
        (
            "Statement Ayu's",
            "Side Own side / Text Vaccines for all",
            "taken away",
            "Side Own side / Text Ayu's",
        )
    ]
    held = in_form(page)
    assert (held["statements-0-text"], held["statements-INITIAL_FORMS"]) == ("Ayu's", "0")
    desk.save(desk.ayu, again(page, held, choice))
    assert [s.text for s in desk.stands().statements.all()] == left


@pytest.mark.parametrize(("choice", "left"), [("mine", []), ("theirs", ["Fajar's"])])
def test_a_part_that_the_editor_takes_away_and_they_changed(
    desk: Desk, choice: str, left: list[str]
) -> None:
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"statements-0-text": "Fajar's"})
    page = desk.save(desk.ayu, ayus | {"statements-0-DELETE": "on"})
    assert asked(page) == [
        (
            "Statement Fajar's",
            "Side Own side / Text Vaccines for all",
            "Side Own side / Text Fajar's",
            "taken away",
        )
    ]
    held = in_form(page)
    desk.save(desk.ayu, again(page, held, choice))
    assert [s.text for s in desk.stands().statements.all()] == left


def test_parts_keep_to_themselves_though_their_places_have_moved(desk: Desk) -> None:
    people = [Person.objects.create(name=f"Person {n}", slug=f"person-{n}") for n in range(3)]
    for number, somebody in enumerate(people):
        Participant.objects.create(
            round=desk.round, side="own", person=somebody, position=number, title="Director"
        )
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"participants-0-DELETE": "on", "participants-2-title": "Envoy"})
    page = desk.save(
        desk.ayu, ayus | {"participants-1-title": "Minister", "participants-2-title": "Consul"}
    )
    assert asked(page) == [("Participant Person 2 · Title", "Director", "Envoy", "Consul")]
    assert page.context["outcome"].taken == ["Participant Person 0: taken away"]
    desk.save(desk.ayu, again(page, in_form(page), "mine"))
    parts = [(str(p), p.title) for p in desk.stands().participants.all()]
    assert parts == [("Person 1", "Minister"), ("Person 2", "Consul")]


def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(desk: Desk) -> None:
    ayus, _ = desk.opened()
    ayus |= {"opened": "made up", "summary": "Ayu's words"}
    page = desk.save(desk.ayu, ayus)
    assert asked(page) == [("Summary", "not known", "As both opened it", "Ayu's words")]
    assert desk.stands().summary == "As both opened it"
    desk.save(desk.ayu, again(page, ayus, "mine"))
    assert desk.stands().summary == "Ayu's words"


def test_a_key_that_was_made_up_tells_no_hidden_name(desk: Desk, scene: Scene) -> None:
    spy = Person.objects.create(name="Hidden Person", slug="hidden-person")
    secret = scene.round(scene.fiji, visibility="restricted", edition=9)
    Participant.objects.create(round=secret, side="own", person=spy)
    known = [Person.objects.create(name=f"Person {n}", slug=f"person-{n}") for n in range(2)]
    Participant.objects.create(round=desk.round, side="own", person=known[0])
    ayus, fajars = desk.opened()
    desk.save(desk.fajar, fajars | {"participants-0-person": known[1].pk})
    page = desk.save(desk.ayu, ayus | {"participants-0-person": spy.pk})
    assert "Hidden" not in page.content.decode()


# --- Other records -------------------------------------------------------------------------------


def test_nor_on_a_points_own_page(desk: Desk) -> None:
    point = AgreedPoint.objects.create(round=desk.round, number=1, text="Meet")
    ayus, fajars = (as_opened(client, page_of(point)) for client in (desk.ayu, desk.fajar))
    desk.fajar.post(page_of(point), fajars | {"text": "Meet in Moscow"})
    page = desk.ayu.post(page_of(point), ayus | {"text": "Meet soon", "due": "2022"})
    assert asked(page) == [("Text", "Meet", "Meet in Moscow", "Meet soon")]
    desk.ayu.post(page_of(point), again(page, in_form(page), "mine"))
    point.refresh_from_db()
    assert (point.text, str(point.due)) == ("Meet soon", "2022")


def test_nor_on_the_page_of_what_rounds_refer_to(desk: Desk) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    ayus, fajars = (as_opened(client, page_of(topic)) for client in (desk.ayu, desk.fajar))
    desk.fajar.post(page_of(topic), fajars | {"name_id": "Kesehatan", "name": "Right to health"})
    page = desk.ayu.post(page_of(topic), ayus | {"name": "Public health"})
    assert asked(page) == [("Name", "Health", "Right to health", "Public health")]
    desk.ayu.post(page_of(topic), again(page, in_form(page), "mine"))
    topic.refresh_from_db()
    assert (topic.name, topic.name_id) == ("Public health", "Kesehatan")


def test_lines_are_kept_as_they_were_typed_whatever_a_browser_ends_them_with(desk: Desk) -> None:
    ayus, _ = desk.opened()
    desk.save(desk.ayu, ayus | {"summary": "One.\r\n\r\nTwo."})
    assert desk.stands().summary == "One.\n\nTwo."
