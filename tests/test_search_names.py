"""Names: found by their words, and by their likeness where they are spelled differently."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from dialogues.models import Country, Issue, Partner, Person, Series, Topic
from dialogues.queries.search import (
    matching_issues,
    matching_partners,
    matching_people,
    matching_series,
    matching_topics,
)

pytestmark = pytest.mark.django_db

SEARCHES: dict[type[Any], Any] = {
    Series: matching_series,
    Partner: matching_partners,
    Topic: matching_topics,
    Issue: matching_issues,
    Person: matching_people,
}


def found(model: type[Any], text: str) -> str:
    """The names found, in the order of the alphabet."""
    label = "title" if model is Series else "name"
    matching = SEARCHES[model](model.objects.all(), text, staff=False)
    return ", ".join(matching.order_by(label).values_list(label, flat=True))


@pytest.fixture(autouse=True)
def names(db: None) -> None:
    for code, name, name_id in (
        ("NE", "Niger", ""), ("NG", "Nigeria", ""), ("NL", "Netherlands", "Belanda"),
    ):  # fmt: skip
        Partner.objects.create(code=code, kind="country", name=name, name_id=name_id)
    Country.objects.filter(code="NL").update(also_written=["Holland"])
    Series.objects.create(
        slug="nl", title="Dialogue on Human Rights", note="Begun in Utrecht.",
        partner=Partner.objects.get(code="NL"),
    )  # fmt: skip
    Series.objects.create(
        slug="ng", title="Political consultations", partner=Partner.objects.get(code="NG")
    )
    for name, also in (
        ("Rinat Alyautdinov", []), ("Jonas Gahr Støre", []), ("Siti Nurhaliza", ["Ibu Nur"]),
        ("Jens Stoltenberg", []),
    ):  # fmt: skip
        slug = name.split()[0].lower()
        Person.objects.create(name=name, slug=slug, also_written=also)
    for slug, name, name_id in (
        ("health", "Right to health", "Hak atas kesehatan"),
        ("migrants", "Migrant workers", "Pekerja migran"),
    ):
        Topic.objects.create(slug=slug, name=name, name_id=name_id)
    Issue.objects.create(slug="death", name="Death penalty", note="Raised by the other side.")


PEOPLE = {
    "Alyautdinov": "Rinat Alyautdinov",
    "Alyaudinov": "Rinat Alyautdinov",
    "alyautdinow rinat": "Rinat Alyautdinov",
    '"Alyaudinov"': "",
    "Alyaudinov -Rinat": "",
    "Alyaudinov -Jonas": "Rinat Alyautdinov",
    "Alyaudinov or Stoere": "Rinat Alyautdinov",
    "Alyaudinov or Store": "Jonas Gahr Støre, Rinat Alyautdinov",
    "the Alyaudinov": "Rinat Alyautdinov",
    "store": "Jonas Gahr Støre",
    "STØRE": "Jonas Gahr Støre",
    '"gahr støre"': "Jonas Gahr Støre",
    "Stoltenburg": "Jens Stoltenberg",
    "ibu nur": "Siti Nurhaliza",
    "-Siti": "Jens Stoltenberg, Jonas Gahr Støre, Rinat Alyautdinov",
    "Zebedee": "",
}


def test_people_are_found_however_their_names_are_spelled() -> None:
    assert {text: found(Person, text) for text in PEOPLE} == PEOPLE


OTHERS = {
    (Partner, "Niger"): "Niger",
    (Partner, "Nigeria"): "Nigeria",
    (Partner, "Nigerria"): "Niger, Nigeria",
    (Partner, "Belanda"): "Netherlands",
    (Partner, "nl"): "Netherlands",
    (Partner, "Holland"): "Netherlands",
    (Partner, "Niger or Holland"): "Netherlands, Niger",
    (Series, "human right"): "Dialogue on Human Rights",
    (Series, "Utrecht"): "Dialogue on Human Rights",
    (Series, "Belanda"): "Dialogue on Human Rights",
    (Series, "consultation"): "Political consultations",
    (Series, "polytical"): "Political consultations",
    (Topic, "healthy"): "Right to health",
    (Topic, "kesehatan"): "Right to health",
    (Topic, "migrantt"): "Migrant workers",
    (Topic, "right -health"): "",
    (Issue, "penalties"): "Death penalty",
    (Issue, "raised"): "Death penalty",
    (Issue, "penallty"): "Death penalty",
}


def test_what_else_has_a_name_is_found_by_its_words_and_only_then_by_likeness() -> None:
    assert {asked: found(*asked) for asked in OTHERS} == OTHERS


@pytest.mark.parametrize(
    "text",
    ["", "the", "of the and", "dan", "%", "'", "\\", "😀", "''; --", "-", '"', "or", "\0", "-the",
     "x" * 10_000, "%s %(a)s", "é" * 300],
)  # fmt: skip
def test_what_has_no_words_names_nobody(text: str) -> None:
    assert [found(model, text) for model in SEARCHES] == [""] * 5


def test_names_that_are_not_in_the_queryset_do_not_keep_others_from_being_found() -> None:
    """Whether a name is spelled so is asked of what the reader sees, or the answer would tell."""
    others = Partner.objects.exclude(code="NE")
    found = matching_partners(others, "Niger", staff=False)
    assert [partner.code for partner in found] == ["NG"]


def test_the_indexes_are_on_what_is_asked() -> None:
    """Among few rows PostgreSQL would rather read them all; it is told not to here."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for model, search in SEARCHES.items():
        table = model._meta.model_name
        plan = search(model.objects.all(), "Alyaudinov", staff=False).explain()
        assert f"{table}_said" in plan
        assert f"{table}_called" in plan
