"""Every word of the interface in both languages: what stands in English alone is found here."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.template.base import Lexer, TokenType
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dialogues.models import AcceptedFinding, AgreedPoint, Country, RelatedEvent, SavedView, User
from tests.rounds import whole_round
from tests.scene import series

APP = apps.get_app_config("dialogues")
TEMPLATES = sorted(Path(settings.BASE_DIR).glob("templates/**/*.html"))

#: Tables that work behind the others and that nobody meets by name: what happened to a record,
#: the rows of its relations, the words it is found by, what a copy elsewhere has seen of it.
UNNAMED = re.compile(
    r"Event$|Words$|Subjects$|Appearance$|^(DeskMember|UserGroup|\w+(Topic|Venue))$"
)
MODELS = [
    model
    for model in APP.get_models()
    if model is RelatedEvent or not UNNAMED.search(model.__name__)
]

#: Spelled alike in both languages.
ALIKE = {
    *("API", "Desk", "Desks", "Filter", "Format", "ID", "Internal", "Slug", "Status", "Virtual"),
    *("desk", "desks", "format", "slug", "status"),
    *("Ctrl", "Enter", "PDF", "SHA-256"),
}
#: Languages are offered in their own words; the rest is what the tests' records are called.
NAMES = {"English", "Bahasa Indonesia", "Indonesia", "root", "<unknown>", "1 total"}
#: In half of the months a day is written alike too.
DAY = re.compile(r"\d{1,2} \w+ \d{4}(, \d\d[:.]\d\d)?$")
#: When something was changed, in a month that both languages call the same.
MOMENT = re.compile(r"\d+ \w+, \d\d:\d\d")
#: Django's admin has it in English whatever the language.
UNTRANSLATABLE = {"Search"}

SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}


class Spoken(HTMLParser):
    """Collects what a page says: its text, and the attributes that are read out or shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        values = dict(attrs)
        is_button = tag == "input" and values.get("type") == "submit"
        names = SPOKEN_ATTRIBUTES | ({"value"} if is_button else set())
        for name in names & values.keys():
            self.handle_data(values[name] or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split()).removesuffix(":")
        if not self.silent and re.search(r"[^\W\d_]{2}", words):
            self.said.append(words)


def test_a_browser_that_asks_for_indonesian_gets_it(client: Client, db: None) -> None:
    page = client.get(reverse("login"), headers={"accept-language": "id"})

    assert page.headers["Content-Language"] == "id"
    assert '<html lang="id"' in page.text
    assert {"Pemantau Dialog", "Putaran", "Kata sandi"} <= set(Spoken(page.text).said)


def test_the_language_that_a_reader_chose_stays(client: Client, db: None) -> None:
    client.post(reverse("set_language"), {"language": "id", "next": "/"})
    asked_for_english = {"accept-language": "en"}

    assert client.get("/", headers=asked_for_english).headers["Content-Language"] == "id"
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert client.get("/", headers=asked_for_english).headers["Content-Language"] == "en"


@pytest.mark.parametrize("address", ["/nowhere/", "/rounds/nothing/"])
def test_errors_speak_indonesian_too(client: Client, db: None, address: str) -> None:
    page = client.get(address, headers={"accept-language": "id"})

    assert page.status_code == 404
    assert "Halaman tidak ditemukan" in Spoken(page.text).said


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_nothing_that_cannot_be_translated(path: Path) -> None:
    source = path.read_text("utf-8")

    assert [word for word in Spoken(without_tags(source)).said if word not in NAMES] == []
    assert (
        re.findall(r"""\|(?:default|yesno|pluralize)\w*:"[^"]*[A-Za-z]{2}[^"]*\"""", source) == []
    )


def without_tags(source: str) -> str:
    """A template's own text: its tags, and what stands within translation blocks, left out."""
    kept, hidden = [], ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(None, 1)[0] if token.contents.strip() else ""
        if token.token_type == TokenType.BLOCK and name in {"blocktranslate", "comment"}:
            hidden = f"end{name}"
        elif token.token_type == TokenType.BLOCK and name == hidden:
            hidden = ""
        elif not hidden:
            kept.append(token.contents if token.token_type == TokenType.TEXT else " ")
    return "".join(kept)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_are_described_in_both_languages(model: type[models.Model]) -> None:
    assert same_in_both(partial(words_of, model)) == []


def words_of(model: type[models.Model]) -> Iterator[str]:
    """All that editors read of a model: names, explanations, choices."""
    yield str(model._meta.verbose_name)
    yield str(model._meta.verbose_name_plural)
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        # What nobody edits need not be called anything: Django makes a name of the column's.
        if field.editable or field.verbose_name != field.name.replace("_", " "):
            yield str(field.verbose_name)
        yield str(field.help_text)
        yield from (str(label) for value, label in field.flatchoices if value)


def test_pages_of_an_empty_tracker_say_nothing_in_english_alone(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("root", password="only a test's"))
    Country.objects.all().delete()  # many are called alike in both languages
    alike = {at: same_in_both(partial(spoken_at, client, at)) for at in addresses()}

    assert {at: words for at, words in alike.items() if words} == {}


#: Entered on their round's page, kept on their listing's, and made on the page of checks.
MADE_ELSEWHERE = (AgreedPoint, SavedView, AcceptedFinding)


def addresses() -> Iterator[str]:
    """Pages that need no record: the site's own, and the admin's lists and empty forms."""
    yield from map(reverse, ["overview", "round-list", "agreed-point-list", "admin:index"])
    yield f"{reverse('round-list')}?partner=nobody&edition=no&nothing=1"
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist") + "?q=nothing"
        if model._meta.app_label == APP.label and model not in MADE_ELSEWHERE:
            yield reverse(f"{name}_add")


def test_pages_of_a_full_round_say_only_its_own_words_in_english(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("root", password="only a test's"))
    round_ = whole_round(series("Russia", "RU", None))
    point = round_.agreed_points.all()[0]
    site = partial(reverse, args=[round_.pk])
    recorded = recorded_words() | {f"{round_.slug}.{number}" for number in (1, 2, 3)}
    for at in [
        "/",
        "/rounds/?partner=RU&format=hybrid",
        "/rounds/?partner=RU&status=planned",
        "/agreed-points/?overdue=true",
        round_.get_absolute_url(),
        point.get_absolute_url(),
        *map(site, ["admin:dialogues_round_change", "admin:dialogues_round_history"]),
    ]:
        same = "; ".join(same_in_both(partial(spoken_at, client, at))).split("; ")
        assert {
            said for said in same if said and not DAY.match(said) and not MOMENT.fullmatch(said)
        } - recorded == set(), at


def recorded_words() -> set[str]:
    """All that records hold, whole and by the line, and what they are called."""
    rows = (row for model in MODELS for row in model._default_manager.values_list())
    things = (thing for model in MODELS for thing in model._default_manager.all())
    words = [*(str(value) for row in rows for value in row), *map(str, things)]
    return {" ".join(part.split()) for word in words for part in (word, *word.splitlines())}


def spoken_at(client: Client, address: str) -> list[str]:
    page = client.get(address, headers={"accept-language": translation.get_language()})
    assert page.status_code == 200, address
    return Spoken(page.text).said


def same_in_both(say: Callable[[], Iterable[str]]) -> list[str]:
    """What `say` says in English and, word for word, in Indonesian as well."""
    with translation.override("en"):
        english = list(say())
    with translation.override("id"):
        indonesian = set(say())
    return [
        words
        for words in dict.fromkeys(english)
        if words in indonesian - ALIKE - NAMES - UNTRANSLATABLE and re.search(r"[^\W\d_]{2}", words)
    ]
