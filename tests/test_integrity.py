"""What is inconsistent or missing: found exactly, told whom it concerns, let stand with reasons."""

from __future__ import annotations

from io import StringIO
from typing import Any

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import translation

from dialogues import workflow
from dialogues.dates import PartialDate
from dialogues.dates.finding import dates_in
from dialogues.models import (
    AcceptedFinding,
    AgreedPoint,
    FollowUp,
    Participant,
    Person,
    Round,
    Series,
    Source,
)
from dialogues.queries.integrity import CHECKS, Scope, findings
from tests.rounds import published, whole_round
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

PAGE = "/admin/dialogues/acceptedfinding/"


def found(check: str, scope: Scope | None = None) -> list[tuple[str, str]]:
    """The records' keys and what is said of them."""
    return [(one.key, one.said) for one in findings(scope or Scope(), [check])]


def dated(series: Series, edition: int | None, date: str, **fields: Any) -> Round:
    slug = f"{series.slug}-{edition or date.replace('/', '-')}"
    return published(series, edition=edition, date=PartialDate(date), slug=slug, **fields)


def person(name: str, *rounds: Round) -> Person:
    made = Person.objects.create(name=name, slug=name.lower().replace(" ", "-").replace(".", ""))
    for round_ in rounds:
        Participant.objects.create(round=round_, person=made, side="partner", role="head")
    return made


# --- Each check ----------------------------------------------------------------------------------


def test_editions_missing_before_and_between_but_not_those_of_before_the_records(
    scene: Scene,
) -> None:
    for edition in (5, 6, 9, 11):
        published(scene.russia, edition=edition)
    published(scene.fiji, edition=1)
    said = [
        ("russia-dialogue", "Editions 1–4 are not recorded."),
        ("russia-dialogue", "Editions 7–8 are not recorded."),
        ("russia-dialogue", "Edition 10 is not recorded."),
    ]
    assert found("missing-edition") == said
    Series.objects.filter(pk=scene.russia.pk).update(unrecorded_through=7)
    assert found("missing-edition") == [
        ("russia-dialogue", "Edition 8 is not recorded."),
        ("russia-dialogue", "Edition 10 is not recorded."),
    ]


def test_one_meeting_that_was_entered_twice(scene: Scene) -> None:
    dated(scene.russia, 1, "2019-11-05/2019-11-06")
    dated(scene.russia, None, "2019-11-06")
    dated(scene.russia, 2, "2020")  # which day of it, nobody knows
    dated(scene.russia, 3, "2020-05-05")
    dated(scene.russia, 4, "2020-05-05", status="cancelled")
    dated(scene.fiji, 1, "2019-11-06")
    assert found("doubled-round") == [
        ("russia-dialogue-2019-11-06", "On the same days as edition 1: 5–6 November 2019.")
    ]


def test_editions_whose_dates_cannot_be_in_order(scene: Scene) -> None:
    dated(scene.russia, 1, "2019-11-05")
    dated(scene.russia, 2, "2019")  # may well be later
    dated(scene.russia, 3, "2018-12")
    assert found("out-of-order") == [
        ("russia-dialogue-3", "December 2018 is before edition 2, which met 2019.")
    ]


def test_a_host_who_was_not_due_where_hosts_take_turns(scene: Scene) -> None:
    for edition, host in enumerate(("own", "partner", "own", "own", "partner"), start=1):
        published(scene.russia, edition=edition, host=host)
    for edition, host in enumerate(("own", "own", "partner", "partner"), start=1):
        published(scene.fiji, edition=edition, host=host)
    assert found("same-host-twice") == [
        (
            "russia-dialogue-4",
            "Own side hosted here and the time before, though hosts take turns.",
        )
    ]


def test_sources_that_were_out_too_early_or_name_another_day(scene: Scene) -> None:
    round_ = dated(scene.russia, 11, "2021-10-15")
    for title, out, note in (
        ("Before", "2021-10-14", ""),
        ("Same month", "2021-10", "Gives 14 October 2021 for the round, and 15 October 2021."),
        ("After", "2021-10-19", "Out on 2021-10-19, as the ministry's site says."),
    ):
        Source.objects.create(round=round_, title=title, published_on=PartialDate(out), note=note)
    dated(scene.russia, 12, "2022", status="planned").sources.create(
        title="Announced", published_on=PartialDate("2021-10-19")
    )
    assert found("disputed-date") == [
        (
            "russia-dialogue-11",
            "“Before” was out on 14 October 2021, before the round met on 15 October 2021.",
        ),
        (
            "russia-dialogue-11",
            "The note on “Same month” names 14 October 2021; the round says 15 October 2021.",
        ),
    ]


def test_rounds_that_lack_what_readers_ask_for(scene: Scene) -> None:
    whole_round(scene.russia)
    published(scene.fiji, edition=1)
    scene.round(scene.norway, edition=1, publication="withdrawn")
    dated(scene.norway, 2, "2020", status="confirmed", publication="draft")
    assert found("no-date") == [("fiji-dialogue-1", "It was held, and has no date.")]
    assert found("no-source") == [("fiji-dialogue-1", "It is published, and names no source.")]
    assert found("no-head") == [
        ("fiji-dialogue-1", "It was held, and names no head of delegation.")
    ]
    assert found("overtaken") == [
        ("norway-dialogue-2", "It is “Confirmed” still, though 2020 has passed.")
    ]


def test_points_that_nobody_finds_or_believes(scene: Scene) -> None:
    round_ = whole_round(scene.russia)
    bare = AgreedPoint.objects.create(round=round_, number=4, text="Meet again", status="lapsed")
    FollowUp.objects.create(point=bare, status="lapsed")
    assert found("point-without-topic") == [("russia-dialogue-11.4", "It has no topic.")]
    said = "It is “Lapsed”, and no follow-up with a note or a source says why."
    assert found("closed-without-evidence") == [("russia-dialogue-11.4", said)]
    FollowUp.objects.create(point=bare, status="lapsed", note="Overtaken by events")
    assert found("closed-without-evidence") == []


def test_people_who_may_be_one_unless_they_sat_together(scene: Scene) -> None:
    first, second = published(scene.russia, edition=1), published(scene.fiji, edition=1)
    person("Rinat Alyautdinov", first)
    person("R. Alyautdinov", second)
    person("Siti Aminah", first)
    person("Siti Amina", first)
    person("Maria Ivanova")
    assert found("same-person") == [("rinat-alyautdinov", "Perhaps the same as R. Alyautdinov.")]
    only_norway = Scope(None, frozenset([scene.norway.pk]))
    assert found("same-person", only_norway) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Held on 15 October 2021, says Antara", ["2021-10-15"]),
        ("5–6 Nov 2019 and October 7th, 2020", ["2019-11-05/2019-11-06", "2020-10-07"]),
        ("Kamis, 15 Oktober 2021; 2021-10-16.", ["2021-10-15", "2021-10-16"]),
        ("in October 2021, on 15/10/2021, 31 February 2021, 12021-10-15", []),
    ],
)
def test_dates_are_found_where_a_text_names_them_in_full(text: str, dates: list[str]) -> None:
    assert [date.edtf for date in dates_in(text)] == dates


# --- Who is told ---------------------------------------------------------------------------------


def test_nobody_is_told_of_what_they_do_not_see(scene: Scene) -> None:
    secret = scene.round(scene.russia, edition=2, visibility="restricted")
    AgreedPoint.objects.create(round=secret, number=1, text="Secret")
    person("Secret Name", secret)
    person("Secret Names")
    for user in (scene.budi, scene.citra, scene.dewi):
        assert list(findings(Scope(user))) == []
        assert "Secret" not in signed_in(user).get(PAGE).content.decode()
    names = [one.check for one in findings(Scope(scene.ayu))]
    assert names == ["missing-edition", "no-date", "point-without-topic", "same-person"]


def test_only_staff_enter(scene: Scene, client: Any) -> None:
    assert client.get(PAGE).status_code == 302
    assert signed_in(scene.eka).get(PAGE).status_code == 200  # analysts read
    published(scene.fiji, edition=1)
    assert "Let it stand" not in signed_in(scene.eka).get(PAGE).content.decode()


def test_what_is_looked_at_can_be_narrowed(scene: Scene) -> None:
    for series in (scene.russia, scene.fiji):
        published(series, edition=2)
    client = signed_in(scene.ayu)
    everything = client.get(PAGE).content.decode()
    assert "Russia Human" in everything
    assert "Fiji Human" in everything
    for query in ("?desk=mine", "?series=russia-dialogue", "?check=no-date&series=russia-dialogue"):
        page = client.get(PAGE + query).content.decode()
        assert "Russia Human" in page
        assert "Fiji Human" not in page
    for wrong in ("?check=nosuch", "?desk=x", "?series=no%20slug"):
        told = client.get(PAGE + wrong, follow=True)
        assert told.redirect_chain == [(PAGE, 302)]
        assert 'class="error"' in told.content.decode()
    assert "Human" not in client.get(PAGE + "?series=nosuch").content.decode()


def test_the_checks_cost_the_same_however_much_there_is(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    for edition in (2, 4, 6):
        dated(scene.russia, edition, f"20{edition:02}-01-01", publication="draft")
        person(f"Maria Ivanov{edition}")
        with django_assert_num_queries(14 if edition == 2 else 15):  # one person is no pair
            list(findings(Scope()))


# --- Letting stand -------------------------------------------------------------------------------


def test_a_finding_stands_with_a_reason_until_it_is_another(scene: Scene) -> None:
    round_ = published(scene.russia, edition=2)
    client = signed_in(scene.ayu)
    [gap] = findings(Scope(scene.ayu), ["missing-edition"])
    form = {"check": gap.check, "identity": gap.identity, "back": "desk=mine"}

    refused = client.post(f"{PAGE}settle/", {**form, "note": "  "}, follow=True)
    assert "Why it stands: This field is required." in refused.content.decode()
    done = client.post(f"{PAGE}settle/", {**form, "note": "It never met."}, follow=True)
    assert done.redirect_chain == [(f"{PAGE}?desk=mine", 302)]
    assert found("missing-edition") == []
    kept = client.get(f"{PAGE}?accepted=on").content.decode()
    assert "It never met. (Ayu, " in kept
    assert AcceptedFinding.objects.get().by == scene.ayu

    Round.objects.filter(pk=round_.pk).update(edition=3)
    assert found("missing-edition") == [("russia-dialogue", "Editions 1–2 are not recorded.")]
    Round.objects.filter(pk=round_.pk).update(edition=2)
    client.post(f"{PAGE}settle/", {**form, "again": "1"})
    assert found("missing-edition") == [("russia-dialogue", "Edition 1 is not recorded.")]


def test_what_is_accepted_in_one_language_is_accepted_in_the_other(scene: Scene) -> None:
    published(scene.russia, edition=2)
    with translation.override("id"):
        [gap] = findings(Scope(), ["missing-edition"])
        workflow.accept(scene.ayu, gap, "Tidak pernah diadakan")
    assert found("missing-edition") == []


def test_only_the_desk_that_keeps_a_series_lets_its_findings_stand(scene: Scene) -> None:
    published(scene.russia, edition=2)
    [gap] = findings(Scope(), ["missing-edition"])
    for user in (scene.budi, scene.eka):
        with pytest.raises(PermissionDenied):
            workflow.accept(user, gap, "So be it")
    told = signed_in(scene.budi).post(
        f"{PAGE}settle/",
        {"check": gap.check, "identity": gap.identity, "note": "So be it"},
        follow=True,
    )
    assert "not yours to change" in told.content.decode()
    workflow.accept(scene.citra, gap, "So be it")
    assert AcceptedFinding.objects.count() == 1


def test_a_finding_that_is_gone_is_not_accepted(scene: Scene) -> None:
    client = signed_in(scene.ayu)
    for check, identity in (("no-date", "no-date round x"), ("nosuch", "x"), ("", "")):
        form = {"check": check, "identity": identity, "note": "x", "back": "//evil.example"}
        told = client.post(f"{PAGE}settle/", form, follow=True)
        assert "That is no longer found" in told.content.decode()
        assert told.redirect_chain[0][0].startswith(f"{PAGE}?")
    assert client.get(f"{PAGE}settle/").status_code == 302
    assert AcceptedFinding.objects.count() == 0


# --- The command ---------------------------------------------------------------------------------


def test_the_operator_is_told_everything(scene: Scene) -> None:
    scene.round(scene.russia, edition=1, visibility="restricted", date=PartialDate("2020"))
    published(scene.fiji, edition=1, date=PartialDate("2020"))
    out = StringIO()
    call_command("check_records", stdout=out)
    assert out.getvalue() == (
        "Published rounds without a source\n"
        "  Fiji Human Rights Dialogue, edition 1: It is published, and names no source.\n"
        "Published rounds without heads of delegation\n"
        "  Fiji Human Rights Dialogue, edition 1: It was held, and names no head of delegation.\n"
        "2 findings\n"
    )
    out = StringIO()
    call_command("check_records", "--json", stdout=out)
    assert orjson.loads(out.getvalue())[0] == {
        "check": "no-source",
        "kind": "round",
        "key": "fiji-dialogue-1",
        "name": "Fiji Human Rights Dialogue, edition 1",
        "said": "It is published, and names no source.",
    }


def test_checks_are_named_once() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
