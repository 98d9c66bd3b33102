"""A series that is not there yet, made amid a round's form: what is asked, refused and made."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dialogues.models import ANALYSTS, DESK_OFFICERS, Partner, Series, User
from tests.scene import Scene, person, scene, signed_in

__all__ = ["scene"]

CREATE = "/admin/dialogues/series/create/"
ADD = "/admin/dialogues/round/add/"


def asked(client: Client, name: str) -> dict[str, Any]:
    """What the form for the rest begins with: in its fields, and the choices of desks."""
    form = client.get(CREATE, {"name": name}).context["form"]
    shown = [field.name for field in form.visible_fields()]
    begun = {name: form.get_initial_for_field(form.fields[name], name) for name in shown}
    desk = form.fields.get("desk")
    return {**begun, "desks": desk and [str(one) for one in desk.queryset]}


def send(client: Client, **said: Any) -> Any:
    """Send that form."""
    said = {"title": "Indonesia–Peru Dialogue", "kind": "other", **said}
    return client.post(CREATE, {f"new-series-{name}": value for name, value in said.items()})


def wrong(answer: Any) -> dict[str, list[str]]:
    """The errors at their fields, as the piece of a page shows them there."""
    assert answer.status_code == 400
    page = answer.content.decode()
    rows = re.findall(
        r'(?s)form-row field-(\w+) errors">\s*<ul class="errorlist".*?>(.*?)</ul>', page
    )
    return {
        field: [unescape(one) for one in re.findall(r"<li>(.*?)</li>", lines)]
        for field, lines in rows
    }


def test_the_rest_is_proposed_from_the_name(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    norway = scene.norway.partner.pk
    europe = {"desk": scene.europe.pk, "desks": ["Europe"]}
    assert asked(ayu, " Norway  consular consultation") == {
        "title": "Norway consular consultation", "partner": norway, "kind": "consular", **europe,
    }  # fmt: skip
    assert asked(ayu, "Konsultasi Konsuler Peru") == {
        "title": "Konsultasi Konsuler Peru", "partner": None, "kind": "consular", **europe,
    }  # fmt: skip
    assert asked(ayu, "Norwayan talks")["partner"] is None
    assert Series.objects.count() == 3


def test_a_partner_that_one_may_not_know_is_not_proposed(scene: Scene) -> None:
    scene.round(scene.fiji, visibility="restricted")
    assert asked(signed_in(scene.ayu), "Fiji talks")["partner"] is None
    assert asked(signed_in(scene.budi), "Fiji talks")["partner"] == scene.fiji.partner.pk


def test_an_officers_new_series_is_their_desks(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    partner = scene.norway.partner.pk
    answer = send(ayu, partner=partner, desk=scene.europe.pk)
    made = Series.objects.get(title="Indonesia–Peru Dialogue")
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "id": str(made.pk),
            "text": "Indonesia–Peru Dialogue",
            "said": "“Indonesia–Peru Dialogue” is created.",
        },
    )
    assert (made.slug, made.desk) == ("indonesia-peru-dialogue", scene.europe)
    # Nobody's desk in particular, if they say so; never another's.
    assert send(ayu, title="Of all desks", partner=partner, desk="").status_code == 201
    assert Series.objects.get(title="Of all desks").desk is None
    assert wrong(send(ayu, title="Theirs", partner=partner, desk=scene.pacific.pk)) == {
        "desk": ["Select a valid choice. That choice is not one of the available choices."]
    }


def test_of_several_desks_an_officer_chooses_and_who_has_none_is_not_asked(scene: Scene) -> None:
    scene.pacific.members.add(scene.ayu)
    assert asked(signed_in(scene.ayu), "Peru")["desk"] is None
    assert asked(signed_in(scene.ayu), "Peru")["desks"] == ["Europe", "Pacific"]
    without = signed_in(person("fajar", DESK_OFFICERS))
    assert asked(without, "Peru")["desks"] is None
    assert send(without, partner=scene.norway.partner.pk).status_code == 201
    assert Series.objects.get(title="Indonesia–Peru Dialogue").desk is None
    assert asked(signed_in(scene.dewi), "Peru")["desks"] == ["Europe", "Pacific"]


def test_the_admins_own_page_gives_the_same_desk(scene: Scene) -> None:
    page = signed_in(scene.ayu).get("/admin/dialogues/series/add/")
    form = page.context["adminform"].form
    assert form.get_initial_for_field(form.fields["desk"], "desk") == scene.europe
    assert list(form.fields["desk"].queryset) == [scene.europe]
    page = signed_in(scene.ayu).get(f"/admin/dialogues/series/{scene.russia.pk}/change/")
    assert "desk" not in page.context["adminform"].form.fields


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    assert wrong(send(ayu, title="", kind="talks")) == {
        "title": ["This field is required."],
        "partner": ["This field is required."],
        "kind": ["Select a valid choice. talks is not one of the available choices."],
    }
    partner = scene.norway.partner.pk
    taken = wrong(send(ayu, title=" russia human rights  DIALOGUE", partner=partner))
    assert taken == {
        "title": [f"There is a series “{scene.russia}” already. Choose it, or write another title."]
    }
    assert list(wrong(send(ayu, title="x" * 301, partner=partner))) == ["title"]
    scene.round(scene.fiji, visibility="restricted")
    assert wrong(send(ayu, partner=scene.fiji.partner.pk)) == {
        "partner": ["Select a valid choice. That choice is not one of the available choices."]
    }
    assert Series.objects.count() == 3


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_add_series_is_refused(scene: Scene, method: str) -> None:
    for user in (scene.eka, person("gita", ANALYSTS)):
        assert getattr(signed_in(user), method)(CREATE, {"name": "Peru"}).status_code == 403
    assert getattr(Client(), method)(CREATE).status_code == 302
    assert Series.objects.count() == 3


def offered(user: User, model: str, field: str, term: str) -> list[str]:
    sent = {"app_label": "dialogues", "model_name": model, "field_name": field, "term": term}
    remote = {"series": "series", "partner": "partner"}[field]
    address = reverse(f"admin:dialogues_{remote}_offers")
    return [row["text"] for row in signed_in(user).get(address, sent).json()["results"]]


def test_a_series_and_a_partner_are_offered_to_be_created(scene: Scene) -> None:
    assert offered(scene.ayu, "round", "series", "Peru dialogue") == ["Create “Peru dialogue”"]
    assert offered(scene.ayu, "series", "partner", "Peru") == ["Create “Peru”"]
    assert offered(scene.ayu, "series", "partner", "Norwegia") == ["Norway"]
    assert offered(scene.eka, "round", "series", "Peru dialogue") == []


@pytest.mark.parametrize(
    ("typed", "kind", "code", "name", "name_id"),
    [
        ("Belanda", "country", "NL", "Netherlands", "Belanda"),
        ("peru", "country", "PE", "Peru", "Peru"),
        ("PBB", "organisation", "UN", "PBB", ""),
        ("League of Arab States", "organisation", "LAS", "League of Arab States", ""),
    ],
)
def test_a_partner_is_created_by_its_name(
    scene: Scene, typed: str, kind: str, code: str, name: str, name_id: str
) -> None:
    ayu = signed_in(scene.ayu)
    create = reverse("admin:dialogues_partner_create")
    answer = ayu.post(create, {"name": typed})
    assert answer.status_code == 201, answer.content
    made = Partner.objects.get(pk=answer.json()["id"])
    assert (made.kind, made.code, made.name, made.name_id) == (kind, code, name, name_id)
    again = ayu.post(create, {"name": typed})
    assert (again.status_code, again.json()["id"]) == (200, str(made.pk))


def test_nothing_in_the_form_of_a_round_opens_a_window(scene: Scene) -> None:
    record = scene.round()
    for address in (ADD, f"/admin/dialogues/round/{record.pk}/change/"):
        page = signed_in(scene.dewi).get(address).content.decode()
        assert "related-widget-wrapper-link" not in page
        assert 'data-popup="yes"' not in page


def test_without_a_script_a_series_begins_on_its_own_page(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    page = ayu.get(ADD).content.decode()
    hint = re.search(r"(?s)<noscript>.*?</noscript>", page)
    assert hint
    assert 'href="/admin/dialogues/series/add/"' in hint[0]
    sent = {"title": "Peru", "partner": scene.norway.partner.pk, "kind": "other", "another": "on"}
    assert ayu.post("/admin/dialogues/series/add/", sent).status_code == 302
    form = ayu.get(ADD, {"series": "peru"}).context["adminform"].form
    assert form["series"].initial == Series.objects.get(title="Peru").pk
