"""Editing in the admin: everybody by their role and desk, and nobody over somebody else's work."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from dialogues.dates import PartialDate
from dialogues.models import (
    AgreedPoint,
    Country,
    FollowUp,
    Issue,
    Participant,
    Partner,
    Person,
    RelatedEvent,
    Round,
    Series,
    Source,
    Statement,
    Topic,
    User,
    Venue,
)
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

INLINES = ("participants", "statements", "agreed_points", "related_events", "sources")
ROUND_LIST = "/admin/dialogues/round/"


def page_of(record: Any, page: str = "change") -> str:
    """The address of a record's page in the admin."""
    return reverse(f"admin:dialogues_{record._meta.model_name}_{page}", args=[record.pk])


def as_opened(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back from the form at an address, nothing typed."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    sent: dict[str, Any] = {"opened": context.get("opened", "")}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                sent[field.html_name] = "on"
            elif value is not None and value is not False and value not in ("", []):
                sent[field.html_name] = (
                    field.field.widget.format_value(value)
                    if isinstance(value, PartialDate)
                    else [getattr(v, "pk", v) for v in value]
                    if isinstance(value, list)
                    else value
                )
    return sent


def new_round(series: Series, **typed: Any) -> dict[str, Any]:
    """What the form of a new round sends, with the least that it asks for."""
    sent: dict[str, Any] = {
        "series": series.pk,
        "status": "held",
        "format": "unknown",
        "host": "unknown",
        "visibility": "internal",
    }
    for inline in INLINES:
        sent |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    return sent | typed


def errors(response: Any) -> str:
    """The errors that a form came back with, as one text."""
    assert response.status_code == 200, "it was saved"
    found = re.findall(
        r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL
    )
    return " ".join(" ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()) for text in found)


def said(response: Any) -> list[str]:
    """The messages at the top of a page."""
    return [str(message) for message in response.context["messages"]]


# --- Entering ------------------------------------------------------------------------------------


def test_a_desk_officer_enters_a_round_from_notes(scene: Scene) -> None:
    head = Person.objects.create(name="Achsanul Habib", slug="achsanul-habib")
    health = Topic.objects.create(name="Right to health", slug="right-to-health")
    moscow = Venue.objects.create(city="Moscow")
    response = signed_in(scene.ayu).post(
        ROUND_LIST + "add/",
        new_round(
            scene.russia,
            edition=11,
            date="15 Oktober 2021",
            venues=[moscow.pk],
            topics=[health.pk],
            next_round_note="At an appropriate time",
        )
        | {
            "participants-TOTAL_FORMS": 2,
            "participants-0-side": "own",
            "participants-0-role": "head",
            "participants-0-person": head.pk,
            "participants-1-side": "own",
            "participants-1-role": "co_head",
            "participants-1-person": head.pk,
            "statements-TOTAL_FORMS": 1,
            "statements-0-side": "both",
            "statements-0-text": "Vaccines for all",
            "statements-0-topics": [health.pk],
            "agreed_points-TOTAL_FORMS": 3,
            "agreed_points-0-text": "Meet again",
            "agreed_points-0-kind": "next_round",
            "agreed_points-0-status": "open",
            "agreed_points-0-due": "2022",
            "agreed_points-1-number": 7,
            "agreed_points-1-text": "As numbered in the record",
            "agreed_points-1-kind": "other",
            "agreed_points-1-status": "open",
            "agreed_points-2-text": "Exchange notes",
            "agreed_points-2-kind": "exchange",
            "agreed_points-2-status": "done",
            "agreed_points-2-topics": [health.pk],
            "related_events-TOTAL_FORMS": 1,
            "related_events-0-title": "A seminar",
            "related_events-0-date": "14 October 2021",
            "sources-TOTAL_FORMS": 1,
            "sources-0-kind": "press_release",
            "sources-0-side": "own",
            "sources-0-title": "Release",
            "sources-0-url": "https://example.org/",
        },
    )
    assert response.status_code == 302, errors(response)
    record = Round.objects.get()
    assert (record.slug, record.edition, str(record.date)) == (
        "russia-dialogue-11", 11, "2021-10-15",
    )  # fmt: skip
    assert [str(venue) for venue in record.venues.all()] == ["Moscow"]
    assert [(p.position, p.role) for p in record.participants.all()] == [
        (0, "head"),
        (1, "co_head"),
    ]
    assert [(p.number, p.text) for p in record.agreed_points.all()] == [
        (7, "As numbered in the record"),
        (8, "Meet again"),
        (9, "Exchange notes"),
    ]
    assert [t.slug for t in record.statements.get().topics.all()] == ["right-to-health"]
    assert record.related_events.get().date == PartialDate("2021-10-14")
    assert record.sources.get().title == "Release"


def test_a_round_without_edition_is_called_by_its_date_and_never_like_another(
    scene: Scene,
) -> None:
    client = signed_in(scene.ayu)
    for date in ("5–6 Nov 2019", "5–6 Nov 2019", ""):
        client.post(ROUND_LIST + "add/", new_round(scene.russia, date=date, another="on"))
    assert list(Round.objects.order_by("pk").values_list("slug", flat=True)) == [
        "russia-dialogue-2019-11-05-2019-11-06",
        "russia-dialogue-2019-11-05-2019-11-06-2",
        "russia-dialogue-undated",
    ]


def test_a_date_that_nobody_understands_comes_back_as_it_was_typed(scene: Scene) -> None:
    response = signed_in(scene.ayu).post(
        ROUND_LIST + "add/", new_round(scene.russia, date="the day before")
    )
    assert errors(response)
    assert 'value="the day before"' in response.content.decode()
    assert not Round.objects.exists()


def test_new_parts_stand_behind_those_that_are_there(scene: Scene) -> None:
    record = scene.round()
    for position, text in enumerate(("first", "second")):
        Statement.objects.create(round=record, side="own", text=text, position=position)
    client = signed_in(scene.ayu)
    sent = as_opened(client, page_of(record)) | {
        "statements-TOTAL_FORMS": 3,
        "statements-0-DELETE": "on",
        "statements-2-side": "partner",
        "statements-2-text": "third",
    }
    assert client.post(page_of(record), sent).status_code == 302
    assert list(record.statements.values_list("position", "text")) == [(1, "second"), (2, "third")]


def test_the_number_of_a_point_that_is_gone_is_not_given_again(scene: Scene) -> None:
    record = scene.round()
    for number in (1, 2, 3):
        AgreedPoint.objects.create(round=record, number=number, text=f"Point {number}")
    record.agreed_points.get(number=3).delete()
    client = signed_in(scene.ayu)
    sent = as_opened(client, page_of(record)) | {
        "agreed_points-TOTAL_FORMS": 3,
        "agreed_points-2-text": "Another",
        "agreed_points-2-kind": "other",
        "agreed_points-2-status": "open",
    }
    assert client.post(page_of(record), sent).status_code == 302
    assert [point.number for point in record.agreed_points.all()] == [1, 2, 4]


def test_what_became_of_a_point_is_told_on_its_own_page(scene: Scene) -> None:
    point = AgreedPoint.objects.create(round=scene.round(), number=1, text="Meet")
    client = signed_in(scene.ayu)
    assert page_of(point) in client.get(page_of(point.round)).content.decode()
    sent = as_opened(client, page_of(point)) | {
        "follow_ups-TOTAL_FORMS": 1,
        "follow_ups-0-date": "March 2022",
        "follow_ups-0-status": "done",
        "follow_ups-0-note": "They met",
    }
    assert client.post(page_of(point), sent).status_code == 302
    follow_up = FollowUp.objects.get()
    assert (str(follow_up.date), follow_up.note) == ("2022-03", "They met")


@pytest.mark.parametrize(
    ("model", "typed", "slug"),
    [
        (Person, {"name": "Rinat Alyautdinov"}, "rinat-alyautdinov"),
        (Topic, {"name": "Right to health"}, "right-to-health"),
        (Issue, {"name": "Impartial council"}, "impartial-council"),
        (Series, {"title": "Indonesia–Norway", "kind": "other"}, "indonesia-norway"),
    ],
)
def test_slugs_are_made_of_names(scene: Scene, model: Any, typed: Any, slug: str) -> None:
    typed |= {"partner": scene.norway.partner_id} if model is Series else {}
    address = reverse(f"admin:dialogues_{model._meta.model_name}_add")
    client = signed_in(scene.ayu)
    response = client.post(address, typed)
    assert response.status_code == 302, errors(response)
    if model is not Person:  # whose names are unique
        assert client.post(address, typed | {"another": "on"}).status_code == 302
        assert model.objects.filter(slug=f"{slug}-2").exists()
    assert model.objects.filter(slug=slug).exists()


def test_dates_are_shown_in_words_as_exactly_as_they_are_known(scene: Scene) -> None:
    scene.round(date="2021-10")
    page = signed_in(scene.ayu).get(ROUND_LIST).content.decode()
    assert '<td class="field-when">October 2021</td>' in page
    page = signed_in(scene.ayu).get(page_of(Round.objects.get())).content.decode()
    assert 'data-understand-url="/understand-date/"' in page
    assert "Understood as October 2021 (2021-10)" in page


# --- Who may ----------------------------------------------------------------------------


def test_each_sees_the_rounds_that_are_theirs_to_see(scene: Scene) -> None:
    scene.round(scene.russia, visibility="restricted", edition=1)
    scene.round(scene.fiji, visibility="restricted", edition=2)
    scene.round(scene.norway, visibility="restricted", edition=3)
    scene.round(scene.norway, visibility="public", edition=4)

    def editions(user: User) -> set[int]:
        found = signed_in(user).get(ROUND_LIST).context["cl"].queryset
        return set(found.values_list("edition", flat=True))

    assert editions(scene.ayu) == {1, 4}
    assert editions(scene.budi) == {2, 4}
    assert editions(scene.citra) == editions(scene.dewi) == editions(scene.eka) == {4}
    assert editions(scene.root) == {1, 2, 3, 4}


def test_what_is_hidden_has_no_page(scene: Scene) -> None:
    secret = scene.round(scene.fiji, visibility="restricted")
    point = AgreedPoint.objects.create(round=secret, number=1, text="Hidden")
    client = signed_in(scene.ayu)
    for record in (secret, point, scene.fiji, scene.fiji.partner):
        for page in ("change", "history", "delete"):
            response = client.get(page_of(record, page), follow=True)
            assert "Fiji" not in response.content.decode(), (record, page)
    # Numbers lead nowhere either.
    response = client.get(f"/admin/r/1/{secret.pk}/", follow=True)
    assert "fiji" not in response.redirect_chain[-1][0] if response.redirect_chain else True
    assert response.status_code in {200, 404}


def test_autocompletes_and_filters_offer_only_what_one_sees(scene: Scene) -> None:
    secret = scene.round(scene.fiji, visibility="restricted")
    scene.round(scene.norway)
    scene.round(scene.russia)
    spy = Person.objects.create(name="Hidden Person", slug="hidden-person")
    Participant.objects.create(round=secret, side="own", person=spy)
    Person.objects.create(name="Known Person", slug="known-person")

    def offered(user: User, model: str, field: str) -> set[str]:
        asked = {"app_label": "dialogues", "model_name": model, "field_name": field}
        answer = signed_in(user).get("/admin/autocomplete/", asked)
        return {row["text"] for row in json.loads(answer.content)["results"]}

    assert offered(scene.ayu, "participant", "person") == {"Known Person"}
    assert offered(scene.budi, "participant", "person") == {"Known Person", "Hidden Person"}
    assert offered(scene.ayu, "round", "series") == {
        "Norway Human Rights Dialogue", "Russia Human Rights Dialogue",
    }  # fmt: skip
    assert offered(scene.ayu, "series", "partner") == {"Norway", "Russia"}
    assert "Fiji" not in signed_in(scene.ayu).get(ROUND_LIST).content.decode()
    assert "Fiji" in signed_in(scene.budi).get(ROUND_LIST).content.decode()


def test_a_forged_choice_of_what_is_hidden_is_refused(scene: Scene) -> None:
    secret = scene.round(scene.fiji, visibility="restricted")
    spy = Person.objects.create(name="Hidden Person", slug="hidden-person")
    Participant.objects.create(round=secret, side="own", person=spy)
    sent = new_round(scene.russia) | {
        "participants-TOTAL_FORMS": 1,
        "participants-0-side": "own",
        "participants-0-role": "head",
        "participants-0-person": spy.pk,
    }
    response = signed_in(scene.ayu).post(ROUND_LIST + "add/", sent)
    assert "not one of the available choices" in errors(response)
    assert "Hidden" not in response.content.decode()
    assert (
        "series"
        in signed_in(scene.ayu)
        .post(ROUND_LIST + "add/", new_round(scene.fiji))
        .context["adminform"]
        .form.errors
    )


def test_another_desks_round_may_be_read_but_not_written(scene: Scene) -> None:
    record = scene.round(scene.fiji, summary="As it was")
    Statement.objects.create(round=record, side="own", text="Said")
    client = signed_in(scene.ayu)
    page = client.get(page_of(record))
    assert "As it was" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert client.post(page_of(record), new_round(scene.fiji, summary="x")).status_code == 403
    assert Round.objects.get().summary == "As it was"


def test_an_analyst_reads_and_writes_nothing(scene: Scene) -> None:
    record = scene.round()
    client = signed_in(scene.eka)
    assert client.get(page_of(record)).status_code == 200
    assert client.post(page_of(record), new_round(scene.russia)).status_code == 403
    assert client.get(ROUND_LIST + "add/").status_code == 403


def test_a_round_cannot_be_moved_into_another_desks_series(scene: Scene) -> None:
    record = scene.round(scene.russia)
    client = signed_in(scene.ayu)
    sent = as_opened(client, page_of(record)) | {"series": scene.fiji.pk}
    assert errors(client.post(page_of(record), sent)) == (
        "This series is another desk's; its rounds are theirs to enter."
    )


def test_a_number_that_is_taken_tells_nobody_of_a_hidden_round(scene: Scene) -> None:
    secret = scene.round(scene.fiji, edition=7, visibility="restricted")
    seen = scene.round(scene.fiji, edition=8)
    client = signed_in(scene.citra)  # a publisher, and not of the desk
    entered = client.post(ROUND_LIST + "add/", new_round(scene.fiji, edition=7))
    other = client.post(ROUND_LIST + "add/", new_round(scene.fiji, edition=9))
    assert errors(entered) == errors(other)
    # What they see they correct, but for what must be one of a kind.
    sent = as_opened(client, page_of(seen)) | {
        "edition": 7, "slug": secret.slug, "series": scene.norway.pk, "summary": "Corrected",
    }  # fmt: skip
    assert client.post(page_of(seen), sent).status_code == 302
    seen.refresh_from_db()
    assert (seen.edition, seen.slug, seen.series, seen.summary) == (
        8, "fiji-dialogue-8", scene.fiji, "Corrected",
    )  # fmt: skip
    # A desk officer of another series gives no address that a hidden round has.
    sent = new_round(scene.russia, edition=1, slug=secret.slug)
    assert signed_in(scene.ayu).post(ROUND_LIST + "add/", sent).status_code == 302
    assert Round.objects.get(edition=1).slug == "russia-dialogue-1"


def test_nobody_restricts_a_round_out_of_their_own_sight(scene: Scene) -> None:
    record = scene.round(scene.norway)
    client = signed_in(scene.ayu)
    sent = as_opened(client, page_of(record)) | {"visibility": "restricted"}
    assert errors(client.post(page_of(record), sent)) == (
        "Only members of the desk that owns the series restrict its rounds to it."
    )


def test_a_form_takes_no_step_of_publication(scene: Scene) -> None:
    record = scene.round()
    client = signed_in(scene.ayu)
    assert "publication" not in client.get(page_of(record)).context["adminform"].form.fields
    sent = as_opened(client, page_of(record)) | {"publication": "published", "summary": "New"}
    assert client.post(page_of(record), sent).status_code == 302
    assert Round.objects.values_list("publication", "summary").get() == ("draft", "New")
    client.post(ROUND_LIST + "add/", new_round(scene.russia, edition=2, publication="published"))
    assert Round.objects.get(edition=2).publication == "draft"


def test_only_administrators_say_whose_a_series_is(scene: Scene) -> None:
    def save(user: User) -> int:
        client = signed_in(user)
        sent = as_opened(client, page_of(scene.russia))
        sent |= {"title": "Russia", "desk": scene.pacific.pk}
        status: int = client.post(page_of(scene.russia), sent).status_code
        scene.russia.refresh_from_db()
        return status

    assert save(scene.ayu) == 302
    assert (scene.russia.title, scene.russia.desk) == ("Russia", scene.europe)
    budi = signed_in(scene.budi).post(page_of(scene.russia), {"title": "Mine"})
    assert budi.status_code == 403
    assert save(scene.dewi) == 302
    assert scene.russia.desk == scene.pacific


def test_what_rounds_refer_to_is_not_deleted_and_the_refusal_names_nobody(scene: Scene) -> None:
    seen = scene.round(scene.norway)
    secret = scene.round(scene.fiji, visibility="restricted")
    topic = Topic.objects.create(name="Health", slug="health")
    topic.rounds.set([seen, secret])
    for record in (topic, scene.norway, scene.norway.partner):
        client = signed_in(scene.dewi)
        page = client.get(page_of(record, "delete")).content.decode()
        assert "cannot be deleted: records still refer to it." in page
        assert "Fiji" not in page
        client.post(page_of(record, "delete"), {"post": "yes"})
        record.refresh_from_db()
    free = Topic.objects.create(name="Free", slug="free")
    assert signed_in(scene.dewi).post(page_of(free, "delete"), {"post": "yes"}).status_code == 302
    assert not Topic.objects.filter(slug="free").exists()


def test_an_administrator_manages_accounts_but_no_superuser(scene: Scene) -> None:
    client = signed_in(scene.dewi)
    sent = as_opened(client, page_of(scene.eka)) | {
        "is_superuser": "on",
        "groups": [group.pk for group in scene.ayu.groups.all()],
        "Desk_members-TOTAL_FORMS": 1,
        "Desk_members-0-desk": scene.pacific.pk,
    }
    response = client.post(page_of(scene.eka), sent)
    assert response.status_code == 302, errors(response)
    eka = User.objects.get(username="eka")
    assert not eka.is_superuser
    assert [group.name for group in eka.groups.all()] == ["Desk officers"]
    assert list(eka.desks.all()) == [scene.pacific]
    assert client.post(page_of(scene.root), {"username": "mine"}).status_code == 403
    assert client.get(f"/admin/dialogues/user/{scene.root.pk}/password/").status_code == 403
    assert client.get(page_of(scene.root, "delete")).status_code == 403
    assert signed_in(scene.ayu).get("/admin/dialogues/user/").status_code == 403


# --- Queries ----------------------------------------------------------------------------


def fill(scene: Scene, number: int) -> Round:
    """A round with everything in it, and one more of each thing that has a list."""
    record = scene.round(scene.norway, edition=number, date="2021")
    for count in range(number):
        key = f"{number}-{count}"
        topic = Topic.objects.create(name=f"Topic {key}", slug=f"topic-{key}")
        topic.parent = Topic.objects.create(name=f"Above {key}", slug=f"above-{key}")
        topic.save()
        issue = Issue.objects.create(name=f"Issue {key}", slug=f"issue-{key}")
        someone = Person.objects.create(name=f"Person {key}", slug=f"person-{key}")
        venue = Venue.objects.create(city=f"City {key}", country=Country.objects.all()[count])
        record.venues.add(venue)
        record.topics.add(topic)
        Participant.objects.create(round=record, side="own", person=someone)
        statement = Statement.objects.create(round=record, side="own", text="Said", issue=issue)
        point = AgreedPoint.objects.create(
            round=record, number=count + 1, text="Agreed", issue=issue
        )
        source = Source.objects.create(round=record, title="Source")
        for part in (statement, point, source):
            part.topics.add(topic)
        RelatedEvent.objects.create(round=record, title="Seminar")
        FollowUp.objects.create(point=point, note="Done")
    return record


LISTS = {
    "round": 8,
    "agreedpoint": 8,
    "series": 9,
    "partner": 7,
    "country": 6,
    "topic": 8,
    "issue": 7,
    "person": 7,
    "venue": 8,
    "desk": 6,
    "user": 9,
}


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("model", "count"), LISTS.items())
def test_lists_ask_as_often_however_long_they_are(
    scene: Scene, django_assert_num_queries: Any, model: str, count: int, size: int
) -> None:
    for number in range(1, size + 1):
        fill(scene, number)
    client = signed_in(scene.citra if model != "user" else scene.dewi)
    address = reverse(f"admin:dialogues_{model}_changelist")
    client.get(address)  # content types are asked for once a process
    with django_assert_num_queries(count):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("size", [1, 3])
def test_a_rounds_form_asks_as_often_however_much_is_in_it(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    record = fill(scene, size)
    client = signed_in(scene.citra)
    client.get(page_of(record))
    with django_assert_num_queries(23):
        page = client.get(page_of(record)).content.decode()
    for kind in ("Topic", "Issue", "Person", "City"):
        for count in range(size):
            assert f"selected>{kind} {size}-{count}" in page


def test_every_model_that_people_keep_has_its_admin() -> None:
    registered = {model for model in admin.site._registry if model._meta.app_label == "dialogues"}
    inline = {
        part.model
        for site in admin.site._registry.values()
        for part in site.inlines
        if part.model._meta.app_label == "dialogues"
    }
    parts = {Participant, Statement, RelatedEvent, Source, FollowUp}
    assert parts <= inline
    assert {model.__name__ for model in registered} == {
        "AcceptedFinding", "AgreedPoint", "ApiToken", "Country", "Desk", "Issue", "Partner",
        "Person", "Round", "SavedView", "Series", "Topic", "User", "Venue",
    }  # fmt: skip


def test_a_partner_is_entered_and_a_wrong_code_refused(scene: Scene) -> None:
    client = signed_in(scene.ayu)
    address = reverse("admin:dialogues_partner_add")
    assert "no country's" in errors(
        client.post(address, {"kind": "organisation", "code": "AU", "name": "African Union"})
    )
    sent = {"kind": "organisation", "code": "AFRICAN-UNION", "name": "African Union"}
    assert client.post(address, sent).status_code == 302
    assert Partner.objects.filter(code="AFRICAN-UNION").exists()


def test_a_filter_offers_what_something_in_the_list_refers_to(scene: Scene) -> None:
    """Of all the world's countries those that have a venue."""
    here, there = Country.objects.order_by("code")[:2]
    Venue.objects.create(city="Here", country=here)
    page = signed_in(scene.ayu).get(reverse("admin:dialogues_venue_changelist"))
    [by_country] = page.context["cl"].filter_specs
    assert by_country.lookup_choices == [(here.pk, str(here))]
    assert str(there) not in [
        choice["display"] for choice in by_country.choices(page.context["cl"])
    ]
