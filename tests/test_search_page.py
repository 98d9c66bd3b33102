"""Search across everything: what a reader types, what stands on the page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import (
    AgreedPoint,
    Participant,
    Person,
    Round,
    Series,
    Source,
    Statement,
    User,
)
from dialogues.queries.counting import capped_count
from dialogues.queries.search import found_points, found_rounds, records

from .rounds import published, whole_round
from .scene import Scene, scene, signed_in
from .test_visibility import KINDS, ROLES, World, note, word, world

__all__ = ["scene", "world"]
pytestmark = pytest.mark.django_db


def page(text: str, client: Client | None = None) -> str:
    response = (client or Client()).get("/search/", {"q": text})
    assert response.status_code == 200
    return response.content.decode()


def groups(html: str) -> dict[str, list[str]]:
    """What stands under each heading: the titles, as plain text."""
    found = {}
    for section in re.findall(r'<section class="found".*?</section>', html, re.DOTALL):
        (heading,) = re.findall(r"<h2[^>]*>(.*?)</h2>", section)
        found[heading] = [
            plain(title)
            for title in re.findall(r'hit__title"><a[^>]*>(.*?)</a>', section, re.DOTALL)
        ]
    return found


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def snippets(html: str) -> list[str]:
    return re.findall(r'hit__text">(.*?)</p>', html, re.DOTALL)


def counts(html: str) -> list[str]:
    (nav,) = re.findall(r'role="status">(.*?)</ul>', html, re.DOTALL)
    return [plain(item) for item in re.findall(r"<li>(.*?)</li>", nav, re.DOTALL)]


@pytest.fixture
def moscow(scene: Scene) -> Round:
    round_ = whole_round(scene.russia, summary="They compared how vaccines reach everybody.")
    AgreedPoint.objects.filter(number=2).update(
        text="To share vaccines fairly.", original_text="Berbagi vaksin dengan adil."
    )
    Statement.objects.filter(side="partner").update(text="Their concern: vaccination of prisoners.")
    Source.objects.update(title="Keprihatinan atas vaksin")
    return round_


def test_everything_is_found_and_grouped_by_kind(moscow: Round) -> None:
    html = page("vaccine")
    assert groups(html) == {
        "Lifelong issues": ["Access to vaccines"],
        "Rounds": ["Russia Human Rights Dialogue, edition 11"],
        # The first has the word itself, and all three their issue's.
        "Agreed points": ["To share vaccines fairly.", "Agreed no. 1", "Agreed no. 3"],
        "What was raised": ["Their concern: vaccination of prisoners."],
    }
    assert counts(html) == ["1 lifelong issue", "1 round", "3 agreed points", "1 statement"]


def test_words_are_found_in_both_languages_and_without_accents(moscow: Round) -> None:
    moscow.summary = "Menteri Støre menyatakan keprihatinan."
    moscow.save()
    assert list(groups(page("prihatin"))) == ["Rounds", "Sources"]
    assert list(groups(page("store"))) == ["Rounds"]
    assert "Menteri <mark>Støre</mark> menyatakan" in page("STORE")
    assert groups(page("vaksin"))["Sources"] == ["Keprihatinan atas vaksin"]


def test_phrases_and_exclusions(moscow: Round) -> None:
    assert groups(page('"share vaccines"'))["Agreed points"] == ["To share vaccines fairly."]
    assert groups(page('"vaccines share"')) == {}
    html = page("vaccines -share")
    # The round says both, but its statement and two of its points do not.
    assert sorted(groups(html)["Agreed points"]) == ["Agreed no. 1", "Agreed no. 3"]
    assert groups(html)["What was raised"] == ["Their concern: vaccination of prisoners."]
    assert "Rounds" not in groups(html)
    assert "<mark>share" not in html


def test_names_are_found_by_similarity(moscow: Round) -> None:
    html = page("Alyaudinov")
    assert groups(html) == {"People": ["Rinat Alyautdinov"]}
    assert f'<a href="{Person.objects.get(name="Rinat Alyautdinov").get_absolute_url()}">' in html
    assert groups(page("Alyautdinov"))["People"] == ["Rinat Alyautdinov"]
    assert groups(page('"Alyaudinov"')) == {}
    assert suggested(html) == ["Alyautdinov"]
    assert groups(page("Rusia")) == {
        "Partners": ["Russia"],
        "Series": [moscow.series.title],
        "Rounds": [str(moscow)],
    }


def test_those_most_like_the_name_come_first(scene: Scene) -> None:
    round_ = published(scene.russia)
    for name in ("Anna Ivanova", "Ivan Ivanov", "Ivanka Petrov"):
        person = Person.objects.create(name=name, slug=name.lower().replace(" ", "-"))
        Participant.objects.create(round=round_, person=person, side="own")
    assert groups(page("Ivanov"))["People"] == ["Ivan Ivanov", "Anna Ivanova"]


def test_a_round_tells_where_in_its_parts_it_says_so(moscow: Round) -> None:
    Round.objects.update(summary="Nothing of it.")
    cases = {
        "prisoners": ("Raised", "Their concern: vaccination of <mark>prisoners</mark>."),
        "fairly": ("Agreed point", "To share vaccines <mark>fairly</mark>."),
        "habib": ("Took part", "Achsanul <mark>Habib</mark>, Director A"),
        "moscow jakarta": ("Next round", "In <mark>Moscow</mark>, at an appropriate time."),
        "jakarta": ("Venue", "<mark>Jakarta</mark>, Indonesia, Indonesia"),
        "bogor": ("Related event", "seminar, A seminar, <mark>Bogor</mark>"),
    }
    for asked, (where, snippet) in cases.items():
        html = page(asked)
        section = html[html.index('id="rounds"') :]
        assert snippets(section)[0] == f'<span class="quiet">{where}:</span> {snippet}', asked


def test_snippets_show_where_it_stands_and_let_no_markup_through(scene: Scene) -> None:
    long = (
        "<script>alert(1)</script> "
        + "before it " * 60
        + "the <b>vaccines</b> & more "
        + "z " * 200
    )
    round_ = published(scene.russia, summary=long)
    AgreedPoint.objects.create(round=round_, number=1, text="<img src=x onerror=1> vaccines ⟦x⟧")
    html = page("vaccines")
    (round_snippet,) = snippets(html)
    assert round_snippet.startswith("… ")
    assert round_snippet.endswith(" …")
    assert "&lt;b&gt;<mark>vaccines</mark>&lt;/b&gt; &amp; more" in round_snippet
    assert len(plain(round_snippet)) < 260
    assert "&lt;img src=x onerror=1&gt; <mark>vaccines</mark> ⟦x⟧" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_marks_stand_where_the_words_do_whatever_signs_are_between(scene: Scene) -> None:
    round_ = published(
        scene.russia, summary="A\u0308rzte: health/development, COVID-19 🙂 e\u0301t vaccines\nend."
    )
    for asked, marked in {
        "development": "health/<mark>development</mark>, COVID",
        "arzte": "<mark>A\u0308rzte</mark>: health",
        "19": "COVID-<mark>19</mark> 🙂",
        "vaccine": "e\u0301t <mark>vaccines</mark>\nend.",
    }.items():
        assert marked in page(asked), asked
    assert round_.slug in page("development")


def test_of_a_phrase_only_words_that_stand_together_are_marked(scene: Scene) -> None:
    published(
        scene.russia, summary="Human beings have rights. All human rights are the right to health."
    )
    assert "Human beings have rights. All <mark>human</mark> <mark>rights</mark> are" in page(
        '"human rights"'
    )
    assert "the <mark>right</mark> <mark>to</mark> <mark>health</mark>." in page(
        '"right to health"'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the of and", "There is no word in it"),
        ("dan yang", "There is no word in it"),
        ("%", "There is no word in it"),
        ("'", "There is no word in it"),
        ("😀", "There is no word in it"),
        ("'; DROP TABLE x; --", "Nothing that you may see has"),
        ("-", "There is no word in it"),
        ('"', "There is no word in it"),
        ("or", "There is no word in it"),
        ("zebra%_", "Nothing that you may see has"),
        ("<script>alert(1)</script>", "There is no word in it"),
        ("x" * 301, "Search for at most 300 characters; these are 301."),
        ("vaccines " * 1112, "Search for at most 300 characters; these are 10007."),
        ("zebra\0stripe", "Nothing that you may see has"),
    ],
)
def test_hostile_texts_are_answered_sensibly(moscow: Round, text: str, said: str) -> None:
    html = page(text)
    assert said in unescape(html)
    assert groups(html) == {}
    assert "<script>alert" not in html


def test_an_empty_search_asks_for_words(moscow: Round) -> None:
    for address in ("/search/", "/search/?q=", "/search/?q=%20%00"):
        html = Client().get(address).content.decode()
        assert 'name="q"' in html
        assert "Nothing that you may see" not in html
        assert groups(html) == {}


def test_parameters_that_are_not_known_are_told(moscow: Round) -> None:
    html = Client().get("/search/?q=vaccine&partner=RU").content.decode()
    assert "There is no parameter “partner”." in html
    assert groups(html) == {}
    assert "can be given only once" in Client().get("/search/?q=a&q=b").content.decode()


def test_only_exclusions_find_the_rounds_and_points_without(moscow: Round, scene: Scene) -> None:
    other = published(scene.norway, edition=1, summary="Of fish.")
    assert groups(page("-vaccines")) == {"Rounds": [str(other)]}
    assert groups(page("-fish"))["Rounds"] == [str(moscow)]


# --- Where nothing is found --------------------------------------------------------------------


def suggested(html: str) -> list[str]:
    return [plain(link) for link in re.findall(r'nothing__meant">[^<]*<a[^>]*>(.*?)</a>', html)]


def widened(html: str) -> list[str]:
    nothing = html[html.index('class="nothing"') :]
    return [plain(item) for item in re.findall(r"<li>(.*?)</li>", nothing, re.DOTALL)]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ('"Alyaudinov"', ['"Alyautdinov"']),
        ("vacinnes prisonners", ["vaccines prisoners"]),
        ("vaccines prisonners -fish", ["vaccines prisoners -fish"]),
        ("kepprihatinan", ["Keprihatinan"]),
        ("zebra", []),
        ("zebra vacinnes", []),
    ],
)
def test_a_nearer_spelling_is_suggested(moscow: Round, asked: str, meant: list[str]) -> None:
    html = page(asked)
    assert groups(html) == {}
    assert suggested(html) == meant
    for text in meant:
        assert groups(page(text))


def test_what_would_widen_is_offered_with_what_it_finds(moscow: Round) -> None:
    Statement.objects.all().delete()
    assert widened(page("everybody -share")) == [
        "Without leaving anything out: everybody (1 round)"
    ]
    assert widened(page('"vaccines everybody reach"')) == [
        "The words, wherever they stand: vaccines everybody reach (1 round)",
        "Any of the words: vaccines or everybody or reach (1 round)",
    ]
    assert widened(page("everybody zebra")) == ["Any of the words: everybody or zebra (1 round)"]
    assert widened(page("zebra")) == []


# --- Who sees what -----------------------------------------------------------------------------


def client_of(world: World, role: str) -> Client:
    user, client = world.users[role], Client()
    if isinstance(user, User):
        client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_exactly_what_it_sees(world: World, role: str) -> None:
    """Names, rounds, points, statements, sources; and notes, which only staff find."""
    expected, notes = ROLES[role]
    client = client_of(world, role)
    for kind in KINDS:
        html = page(f'"{word(kind)}"', client)
        found = groups(html)
        if kind not in expected:
            assert found == {}, kind
            assert suggested(html) == [] or word(kind) not in suggested(html)
            continue
        assert list(found) == [
            "People", "Partners", "Series", "Topics", "Lifelong issues", "Rounds",
            "Agreed points", "What was raised", "Sources",
        ]  # fmt: skip
        edition = KINDS.index(kind) + 1
        titles = {title for titles in found.values() for title in titles}
        assert titles == {
            word(kind), f"Above {word(kind)}", f"{word(kind)}, edition {edition}",
        }  # fmt: skip
    for kind in KINDS:
        found = groups(page(f'"{note(kind)}"', client))
        sees = notes and kind in expected
        assert list(found) == (["Rounds", "Agreed points", "What was raised"] if sees else []), kind


@pytest.mark.parametrize("role", ROLES)
def test_nothing_hidden_is_suggested_counted_or_like(world: World, role: str) -> None:
    expected, notes = ROLES[role]
    hidden = {word(kind) for kind in KINDS if kind not in expected}
    hidden |= {note(kind) for kind in KINDS if not notes or kind not in expected}
    client = client_of(world, role)
    for asked in (
        "Toldrestricteddraf",
        '"Toldinternalpublishe"',
        "Notedpublicpublishe",
        "-zebra",
        "Abov",
    ):
        html = page(asked, client)
        assert [told for told in hidden if told in html] == [], asked
    count = len(expected)
    words = [f"{count} round{'s' * (count > 1)}", f"{count} agreed point{'s' * (count > 1)}"]
    assert counts(page("-zebra", client)) == words


def test_staff_see_in_the_snippet_that_it_is_an_internal_note(moscow: Round, scene: Scene) -> None:
    client = signed_in(scene.ayu)
    html = page("secret", client)
    assert list(groups(html)) == ["Rounds", "Agreed points", "What was raised"]
    assert '<span class="quiet">Internal note:</span> <mark>Secret</mark> of the round' in html
    assert groups(page("secret")) == {}
    assert "Secret" not in page("vaccine")


# --- Many --------------------------------------------------------------------------------------


def many(series: Series, count: int) -> None:
    for edition in range(1, count + 1):
        round_ = published(
            series,
            edition=edition,
            date=f"20{edition:02}",
            summary="vaccines and health " * (1 + edition % 3),
        )
        AgreedPoint.objects.create(round=round_, number=1, text=f"vaccines {edition}")
        Statement.objects.create(round=round_, side="own", text=f"vaccines {edition}")


def test_a_few_are_shown_and_all_can_be_listed(scene: Scene) -> None:
    many(scene.norway, 7)
    html = page("vaccines")
    assert {kind: len(titles) for kind, titles in groups(html).items()} == {
        "Rounds": 5, "Agreed points": 5, "What was raised": 5,
    }  # fmt: skip
    assert counts(html) == ["7 rounds", "7 agreed points", "7 statements"]
    assert '<a href="/rounds/?q=vaccines">List 7 rounds</a>' in html
    assert '<a href="/agreed-points/?q=vaccines">List 7 agreed points</a>' in html
    assert plain(Client().get("/rounds/?q=vaccines").content.decode()).count("7 rounds") >= 1


@pytest.mark.parametrize("asked", ["vaccines", '"vaccines and health"'])
def test_what_is_common_is_looked_for_among_the_latest(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """The same rounds are found in each way; what is counted in part is said to be."""
    monkeypatch.setattr(records, "FEW", -1)
    many(scene.norway, 12)
    visitor: Any = scene.budi
    everything = found_rounds(visitor, asked, ())
    assert (everything.count, everything.more) == (12, False)
    assert len(everything.candidates) == 12
    monkeypatch.setattr(records, "LATEST", 10)
    monkeypatch.setattr(records, "MOST", 11)
    common = found_rounds(visitor, asked, ("slug",))
    counted = 10 if '"' in asked else 11
    assert (common.count, common.more, len(common.candidates)) == (counted, True, 10)
    assert {row["slug"] for row in common.rows} <= {f"norway-dialogue-{n}" for n in range(3, 13)}
    monkeypatch.setattr(records, "ENOUGH", 11)
    rarer = found_rounds(visitor, asked, ())
    assert (rarer.count, rarer.more) == (12, False)
    monkeypatch.setattr(records, "MORE_OF_THE_LATEST", 2)
    assert (found_rounds(visitor, asked, ()).count, rarer.candidates) == (12, rarer.candidates)


def test_a_phrase_counted_in_part_says_so(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    many(scene.norway, 12)
    monkeypatch.setattr(records, "FEW", -1)
    monkeypatch.setattr(records, "LATEST", 6)
    monkeypatch.setattr(records, "MORE_OF_THE_LATEST", 11)
    html = page('"vaccines and health"')
    assert counts(html)[0] == "at least 11 rounds"
    monkeypatch.setattr(records, "MOST", 10)
    monkeypatch.setattr("dialogues.views.search_groups.MOST", 10)
    monkeypatch.setattr(records, "ENOUGH", 5)
    assert counts(page("vaccines"))[0] == "more than 10 rounds"


def test_the_best_come_first_and_of_equals_the_latest(scene: Scene) -> None:
    published(scene.norway, edition=1, date="2020", summary="vaccines")
    published(scene.norway, edition=2, date="2021", summary="vaccines " + "of something else " * 30)
    published(scene.norway, edition=3, date="2022", summary="vaccines")
    assert [title[-1] for title in groups(page("vaccines"))["Rounds"]] == ["3", "1", "2"]
    assert found_points(scene.budi, "vaccines", ()).rows == []


def test_a_count_stops_at_its_limit(scene: Scene) -> None:
    many(scene.norway, 3)
    everything = Round.objects.all()
    assert [capped_count(everything, limit) for limit in (2, 3, 4)] == [
        (2, True), (3, False), (3, False),
    ]  # fmt: skip


def queries(text: str) -> int:
    client = Client()
    page(text, client)
    with CaptureQueriesContext(connection) as captured:
        page(text, client)
    return len(captured)


def test_the_queries_do_not_grow_with_what_is_found(scene: Scene) -> None:
    many(scene.norway, 1)
    one = queries("vaccines")
    Round.objects.all().delete()
    many(scene.norway, 3)
    assert (one, queries("vaccines")) == (10, 10)
