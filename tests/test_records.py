"""The record format, in and out: what goes in comes out, all of it or none."""

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from dialogues.models import AgreedPoint, Participant, Partner, Person, Round, Series, Topic
from dialogues.records.document import RoundDocument
from dialogues.records.exporting import export_lines

pytestmark = pytest.mark.django_db

SAMPLE = Path("dialogues/sample/indonesia.ndjson")

RUSSIA = {
    "slug": "indonesia-russia-human-rights-dialogue",
    "title": "Indonesia–Russia Human Rights Dialogue",
    "kind": "human_rights",
    "partner": {"code": "RU", "name": "Russia", "kind": "country"},
}

#: The document of the format's own description, complete.
ELEVENTH: dict[str, Any] = {
    "slug": "indonesia-russia-human-rights-dialogue-11",
    "series": RUSSIA,
    "edition": 11,
    "status": "held",
    "date": "2021-10-15",
    "format": "hybrid",
    "format_note": "",
    "host": "unknown",
    "venues": [],
    "participants": [
        {
            "side": "own",
            "role": "head",
            "name": "Achsanul Habib",
            "title": "",
            "institution": "",
        },
        {
            "side": "partner",
            "role": "head",
            "name": "Rinat Alyautdinov",
            "title": "Director for Humanitarian Cooperation and Human Rights",
            "institution": "",
        },
    ],
    "topics": ["right-to-health", "economic-social-and-cultural-rights", "right-to-development"],
    "summary": "Both compared good practice.",
    "statements": [
        {
            "side": "own",
            "text": "Concern about vaccine nationalism.",
            "topics": ["right-to-health"],
            "issue": "equitable-access-to-vaccines",
            "internal_note": "Repeat this in Geneva.",
        }
    ],
    "agreed_points": [
        {
            "number": 1,
            "text": "Watch over the Human Rights Council together.",
            "original_text": "Mengawal Dewan HAM bersama.",
            "original_language": "id",
            "kind": "joint_position",
            "topics": ["human-rights-council"],
            "responsible": "both",
            "due": None,
            "status": "open",
            "issue": "impartial-human-rights-council",
            "internal_note": "",
            "follow_ups": [
                {
                    "date": "2022-03-01",
                    "status": "in_progress",
                    "note": "Joint letter.",
                    "source_url": "",
                }
            ],
        }
    ],
    "next_round_note": "Moscow in 2022, in person if the situation allows.",
    "related_events": [
        {"kind": "seminar", "title": "Health", "date": "2021-10-14", "place": "Jakarta", "note": ""}
    ],
    "sources": [
        {
            "kind": "press_release",
            "publisher": "Kemlu",
            "title": "Dialog ke-11",
            "url": "https://example.org/11",
            "published_on": "2021-10-19",
            "language": "id",
            "side": "own",
            "topics": ["right-to-health"],
            "note": "",
        }
    ],
    "internal_note": "",
    "visibility": "public",
    "publication": "published",
}


def least(**said: object) -> dict[str, object]:
    """A document that says as little as the format allows, and what else is given."""
    return {"series": RUSSIA, "status": "held", "visibility": "public", **said}


@pytest.fixture
def run_import(tmp_path, capsys):
    """Import documents from an NDJSON file; gives the command's lines, the last one its sum."""

    def run(*documents: object, **options: object) -> list[str]:
        file = tmp_path / "rounds.ndjson"
        file.write_bytes(b"".join(orjson.dumps(document) + b"\n" for document in documents))
        out = io.StringIO()
        call_command("import_rounds", str(file), stdout=out, **options)
        return out.getvalue().splitlines()

    return run


def exported() -> list[dict[str, Any]]:
    """All lines of an export, parsed."""
    return [orjson.loads(line) for line in export_lines()]


def the_round(slug: str) -> dict[str, Any]:
    """One round of an export."""
    return next(line for line in exported() if line["slug"] == slug and "type" not in line)


# --- What goes in comes out --------------------------------------------------------------------


def test_the_sample_comes_out_as_it_went_in_byte_for_byte():
    call_command("import_rounds", str(SAMPLE), stdout=io.StringIO())
    assert b"".join(export_lines()) == SAMPLE.read_bytes()


def test_an_import_by_a_user_without_a_name_says_their_number(run_import, monkeypatch):
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert run_import(least()) == ["1 created, 0 updated, 0 unchanged"]


def test_importing_the_sample_twice_changes_nothing_and_says_so():
    call_command("import_rounds", str(SAMPLE), stdout=io.StringIO())
    again = io.StringIO()
    call_command("import_rounds", str(SAMPLE), stdout=again)
    assert again.getvalue() == "0 created, 0 updated, 37 unchanged\n"


def test_the_formats_own_example_comes_out_with_every_key(run_import):
    assert run_import(ELEVENTH) == ["1 created, 0 updated, 0 unchanged"]
    assert exported() == [ELEVENTH]


def test_the_export_command_writes_the_same_bytes_to_a_file(run_import, tmp_path):
    run_import(ELEVENTH)
    target = tmp_path / "out.ndjson"
    call_command("export_rounds", str(target))
    assert target.read_bytes() == b"".join(export_lines())
    assert list(tmp_path.glob(".out*")) == []


def test_the_export_is_utf_8_whatever_the_terminals_encoding(run_import, monkeypatch):
    run_import(least(summary="Pertemuan di Türkiye"))
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", terminal)
    call_command("export_rounds")
    assert terminal.buffer.getvalue() == b"".join(export_lines())


def test_an_export_leaves_links_pipes_and_devices_in_their_places(run_import, tmp_path):
    run_import(least())
    lines = b"".join(export_lines())
    target, link, pipe = tmp_path / "target", tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(target)
    call_command("export_rounds", str(link))
    assert link.is_symlink()
    assert target.read_bytes() == lines

    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    call_command("export_rounds", str(pipe))
    assert pipe.is_fifo()
    assert os.read(reader, len(lines) + 1) == lines
    os.close(reader)

    reader, writer = os.pipe()
    call_command("export_rounds", f"/dev/fd/{writer}")
    assert os.read(reader, len(lines) + 1) == lines
    os.close(reader)
    os.close(writer)


def test_documents_read_from_the_database_fit_the_declaration(run_import):
    run_import(ELEVENTH)
    for line in export_lines():
        RoundDocument.model_validate_json(line)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"date": "2022"}, id="only the year is known"),
        pytest.param({"date": "2008-04"}, id="only the month is known"),
        pytest.param({"date": "2007-04-23/2007-04-25"}, id="several days"),
        pytest.param({"date": "2018-07-31/2018-08-01"}, id="across a month's end"),
        pytest.param({"date": "2023-11-30"}, id="no edition"),
        pytest.param({"edition": 4}, id="no date at all"),
        pytest.param(
            {
                "edition": 12,
                "status": "planned",
                "date": "2022",
                "host": "partner",
                "venues": [{"name": "", "city": "Moscow", "country": "RU"}],
            },
            id="planned, only city and year known",
        ),
        pytest.param(
            {
                "edition": 1,
                "venues": [
                    {"name": "", "city": "Trnava", "country": "SK"},
                    {"name": "", "city": "Bratislava", "country": "SK"},
                ],
            },
            id="several cities, not in the order of the alphabet",
        ),
        pytest.param(
            {"edition": 9, "format": "virtual", "host": "own", "venues": []},
            id="virtual, with a host and no city",
        ),
        pytest.param(
            {
                "edition": 6,
                "participants": [
                    {
                        "side": "partner",
                        "role": "co_head",
                        "name": "Julian Wilson",
                        "title": "Acting Director for Asia-Pacific",
                        "institution": "EEAS",
                    },
                    {
                        "side": "partner",
                        "role": "co_head",
                        "name": "Anette Mandler",
                        "title": "Head of the Human Rights Division",
                        "institution": "EEAS",
                    },
                    {
                        "side": "own",
                        "role": "opener",
                        "name": "Hassan Wirajuda",
                        "title": "Minister for Foreign Affairs",
                        "institution": "",
                    },
                    {
                        "side": "own",
                        "role": "head",
                        "name": "Harkristuti Harkrisnowo",
                        "title": "Director General of Human Rights",
                        "institution": "Ministry of Law and Human Rights",
                    },
                ],
            },
            id="co-heads, an opener who does not lead, a head from another ministry",
        ),
        pytest.param(
            {
                "edition": 3,
                "date": "2012-05-01/2012-05-02",
                "sources": [
                    {
                        "kind": kind,
                        "publisher": publisher,
                        "title": "",
                        "url": "",
                        "published_on": "2012-05",
                        "language": language,
                        "side": side,
                        "topics": [],
                        "note": note,
                    }
                    for kind, publisher, language, side, note in (
                        ("news", "Okezone", "id", "third", "Gives 1 May."),
                        ("joint_statement", "EEAS", "en", "both", "Gives 2 May."),
                    )
                ],
            },
            id="two sources that disagree on the date",
        ),
        pytest.param(
            {
                "edition": 13,
                "status": "postponed",
                "next_round_note": "At an appropriate time.",
                "sources": [
                    {
                        "kind": "press_release",
                        "publisher": "MFA of Russia",
                        "title": "",
                        "url": "",
                        "published_on": None,
                        "language": "ru",
                        "side": "partner",
                        "topics": [],
                        "note": "Calls the round cancelled.",
                    }
                ],
            },
            id="postponed here, cancelled for the other side; the next at an appropriate time",
        ),
        pytest.param(
            {
                "edition": 5,
                "agreed_points": [
                    {
                        "number": number,
                        "text": f"Paragraph {number} of the joint statement.",
                        "original_text": "",
                        "original_language": "",
                        "kind": "joint_position",
                        "topics": [],
                        "responsible": None,
                        "due": "2022-06",
                        "status": "open",
                        "issue": None,
                        "internal_note": "",
                        "follow_ups": [],
                    }
                    for number in (1, 2, 4)
                ],
            },
            id="a joint statement in numbered paragraphs, one of them left out",
        ),
    ],
)
def test_shapes_that_real_rounds_taught(run_import, said):
    run_import(least(**said))
    (document,) = exported()
    assert {key: document[key] for key in said} == said
    text = b"".join(export_lines())
    Round.objects.all().delete()
    assert run_import(*map(orjson.loads, text.splitlines())) == [
        "1 created, 0 updated, 0 unchanged"
    ]
    assert b"".join(export_lines()) == text


def test_a_person_spelled_two_ways_is_one_person_and_each_record_keeps_its_spelling(run_import):
    head = {"side": "own", "role": "head", "title": "", "institution": ""}
    alias = {
        "type": "person",
        "slug": "retno-marsudi",
        "name": "Retno Marsudi",
        "also_written": ["Retno Lestari Priansari Marsudi"],
    }
    run_import(
        least(edition=1, participants=[{**head, "name": "Retno Marsudi"}]),
        least(edition=2, participants=[{**head, "name": "Retno Lestari Priansari Marsudi"}]),
        alias,
    )
    assert Person.objects.count() == 1
    names = [the_round(f"{RUSSIA['slug']}-{n}")["participants"][0]["name"] for n in (1, 2)]
    assert names == ["Retno Marsudi", "Retno Lestari Priansari Marsudi"]
    assert exported()[0] == alias


def test_a_name_that_differs_only_in_punctuation_is_no_second_person(run_import):
    head = {"side": "own", "name": "Retno L.P. Marsudi"}
    run_import(
        least(edition=1, participants=[head]),
        least(edition=2, participants=[{**head, "name": "Retno LP Marsudi"}]),
    )
    person = Person.objects.get()
    assert (person.name, person.also_written) == ("Retno L.P. Marsudi", ["Retno LP Marsudi"])
    assert the_round(f"{RUSSIA['slug']}-2")["participants"][0]["name"] == "Retno LP Marsudi"


def test_lines_of_topics_partners_series_and_issues_may_stand_anywhere(run_import):
    lines = [
        {
            "type": "issue",
            "slug": "access",
            "name": "Access to medicines",
            "name_id": "Akses obat",
            "note": "Since 2021.",
        },
        {
            "type": "partner",
            "code": "EU",
            "name": "European Union",
            "kind": "organisation",
            "name_id": "Uni Eropa",
        },
        {
            "type": "series",
            "slug": "eu",
            "title": "Indonesia–EU dialogue",
            "kind": "other",
            "partner": {"code": "EU", "name": "European Union", "kind": "organisation"},
            "note": "Held for two decades.",
            "unrecorded_through": 10,
        },
        {
            "type": "topic",
            "slug": "health",
            "name": "Health",
            "name_id": "Kesehatan",
            "parent": "rights",
        },
        {"type": "topic", "slug": "rights", "name": "All rights", "name_id": "", "parent": None},
    ]
    topic, parent = lines[3], lines[4]
    rounds = {
        "series": "eu",
        "edition": 11,
        "status": "held",
        "visibility": "public",
        "topics": ["health"],
        "statements": [{"side": "own", "text": "Said.", "issue": "access"}],
    }
    run_import(topic, rounds, lines[2], lines[0], parent, lines[1])
    assert [line for line in exported() if "type" in line] == lines


# --- What a document finds and makes -----------------------------------------------------------


def test_what_a_document_is_the_first_to_name_is_made_from_what_it_says(run_import):
    run_import(ELEVENTH)
    assert Series.objects.get().title == RUSSIA["title"]
    assert Partner.objects.get().name_id == "Rusia"
    assert Topic.objects.get(slug="right-to-health").name == "Right to health"


def test_a_series_that_stands_already_is_named_by_its_slug_alone(run_import):
    run_import(ELEVENTH, {"series": RUSSIA["slug"], "status": "planned", "visibility": "public"})
    assert Round.objects.filter(series__slug=RUSSIA["slug"]).count() == 2


def test_a_slug_left_out_is_made_of_the_series_and_the_edition_or_the_date(run_import):
    run_import(
        least(edition=12),
        least(date="2014-10-27/2014-10-31"),
        least(date="2026"),
        least(),
    )
    assert set(Round.objects.values_list("slug", flat=True)) == {
        f"{RUSSIA['slug']}-12",
        f"{RUSSIA['slug']}-2014-10-27-2014-10-31",
        f"{RUSSIA['slug']}-2026",
        f"{RUSSIA['slug']}-undated",
    }


def test_a_document_updates_the_round_of_its_slug_or_edition_or_date(run_import):
    run_import(least(edition=1, slug="first"), least(date="2019-03"), least(edition=3))
    assert run_import(
        least(slug="first", edition=1, summary="by slug"),
        least(date="2019-03", summary="by date"),
        least(edition=3, summary="by edition"),
    ) == ["0 created, 3 updated, 0 unchanged"]
    assert dict(Round.objects.values_list("slug", "summary")) == {
        "first": "by slug",
        f"{RUSSIA['slug']}-2019-03": "by date",
        f"{RUSSIA['slug']}-3": "by edition",
    }


def test_a_slug_once_given_is_lasting(run_import):
    run_import(least(edition=1, slug="first"))
    run_import(least(edition=1, slug="renamed", summary="Changed."))
    assert Round.objects.get().slug == "first"


def test_publish_reaches_what_does_not_say_how_far_it_has_come(run_import):
    run_import(least(edition=1), least(edition=2, publication="in_review"), publish=True)
    assert dict(Round.objects.values_list("edition", "publication")) == {
        1: "published",
        2: "in_review",
    }


def test_without_publish_a_new_round_is_a_draft_and_a_published_one_stays(run_import):
    run_import(least(edition=1), least(edition=2, publication="published"))
    run_import(least(edition=1, summary="x"), least(edition=2, summary="x"))
    assert dict(Round.objects.values_list("edition", "publication")) == {1: "draft", 2: "published"}


def test_staffs_notes_stand_where_a_document_leaves_them_out(run_import):
    run_import({**ELEVENTH, "internal_note": "Ours alone."})
    served = json.loads(json.dumps(ELEVENTH))
    for part in (served, *served["statements"], *served["agreed_points"]):
        part.pop("internal_note", None)
    # A statement put in front must not take the note of the one that was there.
    served["statements"].insert(0, {"side": "partner", "text": "New."})
    run_import(served)
    document = the_round(ELEVENTH["slug"])
    assert document["internal_note"] == "Ours alone."
    assert [part["internal_note"] for part in document["statements"]] == [
        "",
        "Repeat this in Geneva.",
    ]


def test_an_update_writes_only_what_differs(run_import, django_assert_num_queries):
    run_import(ELEVENTH)
    before = dict(AgreedPoint.objects.values_list("number", "pk"))
    people = list(Participant.objects.values_list("pk", flat=True))
    changed = json.loads(json.dumps(ELEVENTH))
    changed["agreed_points"][0]["status"] = "done"
    changed["agreed_points"].append({"text": "A second point."})
    assert run_import(changed, dry_run=True) == [
        f"line 1: would update {ELEVENTH['slug']}: agreed_points",
        "0 created, 1 updated, 0 unchanged",
    ]
    assert AgreedPoint.objects.get().status == "open"
    run_import(changed)
    assert AgreedPoint.objects.get(number=1).pk == before[1]
    assert dict(AgreedPoint.objects.values_list("number", "status")) == {1: "done", 2: "open"}
    assert list(Participant.objects.values_list("pk", flat=True)) == people


def test_what_a_document_no_longer_has_is_taken_away(run_import):
    run_import(ELEVENTH)
    run_import({**ELEVENTH, "statements": [], "topics": ["right-to-health"], "agreed_points": []})
    document = the_round(ELEVENTH["slug"])
    assert (document["statements"], document["topics"], document["agreed_points"]) == (
        [],
        ["right-to-health"],
        [],
    )


def test_the_order_of_topics_is_kept_when_it_changes(run_import):
    run_import(ELEVENTH)
    turned = list(reversed(ELEVENTH["topics"]))
    assert run_import({**ELEVENTH, "topics": turned}) == ["0 created, 1 updated, 0 unchanged"]
    assert the_round(ELEVENTH["slug"])["topics"] == turned


# --- What is refused ---------------------------------------------------------------------------


def refusal(run, *documents: object) -> str:
    """What the import says when it refuses these documents; nothing may be left behind."""
    before = Round.objects.count(), Topic.objects.count(), Series.objects.count()
    with pytest.raises(CommandError) as refused:
        run(*documents)
    assert (Round.objects.count(), Topic.objects.count(), Series.objects.count()) == before
    first, *rest = str(refused.value).splitlines()
    assert first == "Nothing was imported."
    return "\n".join(rest)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"sumary": ""},
            "line 1, /sumary: The record format has no key “sumary” here; did you mean “summary”?",
        ),
        (
            {"status": "over"},
            (
                "line 1, /status: “over” is not known here; expected 'planned', 'confirmed', "
                "'held', 'postponed' or 'cancelled'."
            ),
        ),
        (
            {"date": "2021-02-30"},
            None,
        ),
        ({"edition": "11"}, "line 1, /edition: Expected a whole number, not “11”."),
        ({"edition": 0}, "line 1, /edition: Expected 1 or more, not 0."),
        (
            {"venues": [{"city": "Moscow", "country": "XX"}]},
            (
                "line 1, /venues/0/country: Write a country's ISO 3166-1 code of two letters, "
                "such as RU."
            ),
        ),
        (
            {"agreed_points": [{"text": "a"}, {"text": "b", "due": "2021-01-01/2021-01-02"}]},
            "line 1, /agreed_points/1/due: Here one date is meant, not a beginning and an end.",
        ),
        (
            {"agreed_points": [{"text": "a", "number": 1}, {"text": "b", "number": 1}]},
            "line 1: Two agreed points have the number 1.",
        ),
        (
            {"sources": [{"url": "javascript:alert(1)"}]},
            "line 1, /sources/0/url: An address begins with https:// or http:// and has no spaces.",
        ),
        (
            {"series": {**RUSSIA, "partner": {"code": "AU", "name": "A", "kind": "organisation"}}},
            (
                "line 1, /series/partner: A country has its ISO 3166-1 code; an organisation's "
                "code is no country's."
            ),
        ),
        (
            {"series": "nobody-knows-it"},
            (
                "line 1, /series/title: There is no series “nobody-knows-it” yet; a new one needs "
                "a title and a partner."
            ),
        ),
        ({"summary": "a\x00b"}, None),
        ({"topics": ["health", "health"]}, "line 1, /topics: “health” stands here twice."),
    ],
)
def test_a_refusal_names_line_path_and_what_was_expected(run_import, said, message):
    told = refusal(run_import, least(**said))
    if message is None:
        (key,) = said
        assert told.startswith(f"line 1, /{key}: ")
    else:
        assert told == message


def test_every_error_of_a_file_is_listed(run_import):
    told = refusal(
        run_import, least(edition=1), {"status": "held"}, least(edition=-1, format="hologram")
    )
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "line 2, /series",
        "line 2, /visibility",
        "line 3, /edition",
        "line 3, /format",
    ]


def test_broken_json_names_its_line(tmp_path):
    file = tmp_path / "broken.ndjson"
    file.write_bytes(orjson.dumps(least(edition=1)) + b'\n{"series": \n')
    with pytest.raises(CommandError, match="line 2: This is not JSON"):
        call_command("import_rounds", str(file))
    assert Round.objects.count() == 0


def test_one_bad_line_in_ten_thousand_leaves_nothing_behind(tmp_path):
    file = tmp_path / "many.ndjson"
    with file.open("wb") as lines:
        for edition in range(1, 10_001):
            status = "hled" if edition == 9_999 else "held"
            lines.write(orjson.dumps(least(edition=edition, status=status)) + b"\n")
    with pytest.raises(CommandError, match="line 9999, /status: “hled” is not known here"):
        call_command("import_rounds", str(file))
    assert (Round.objects.count(), Series.objects.count(), Partner.objects.count()) == (0, 0, 0)


def test_two_lines_about_one_round_are_refused(run_import):
    assert refusal(run_import, least(edition=1), least(edition=1, summary="other")) == (
        "line 2: This is the round of line 1 again."
    )


def test_rounds_that_share_series_and_date_are_told_apart_by_their_slugs(run_import, monkeypatch):
    monkeypatch.setattr("dialogues.records.writing.BATCH", 1)
    twins = [least(slug="a", date="2019-03"), least(slug="b", date="2019-03")]
    assert run_import(*twins) == ["2 created, 0 updated, 0 unchanged"]
    assert run_import(*twins) == ["0 created, 0 updated, 2 unchanged"]
    assert refusal(run_import, least(date="2019-03")) == (
        "line 1, /slug: The series has several rounds of this date: a, b. Give the slug of one."
    )


def test_two_lines_that_describe_a_series_differently_are_refused(run_import):
    other = {**RUSSIA, "title": "Another title"}
    assert refusal(run_import, least(edition=1), least(edition=2, series=other)) == (
        "line 2, /series/title: “Another title” here, but “Indonesia–Russia Human Rights "
        "Dialogue” in line 1."
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ({"type": "topic", "slug": "health"}, "name_id"),
        ({"type": "issue", "slug": "vaccines"}, "note"),
        ({"type": "person", "slug": "a-person", "name": "A Person"}, "name"),
        ({"type": "partner", "code": "RU"}, "name_id"),
    ],
)
def test_two_lines_that_describe_one_other_thing_differently_are_refused(run_import, line, key):
    assert refusal(run_import, {**line, key: "One"}, {**line, key: "Two"}) == (
        f"line 2, /{key}: “Two” here, but “One” in line 1."
    )


def test_a_slug_of_one_round_with_the_edition_of_another_is_refused(run_import):
    run_import(least(edition=1), least(edition=2))
    slug = f"{RUSSIA['slug']}-1"
    assert refusal(run_import, least(edition=2, slug=slug)) == (
        f"line 1, /slug: The slug is that of “{slug}”, but the series' edition 2 is "
        f"“{RUSSIA['slug']}-2”."
    )


def test_a_file_of_another_kind_and_one_that_is_not_there(tmp_path):
    odd = tmp_path / "rounds.pdf"
    odd.write_bytes(b"%PDF")
    with pytest.raises(CommandError, match=r"expected \.ndjson, \.csv or \.xlsx"):
        call_command("import_rounds", str(odd))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_rounds", str(tmp_path / "none.ndjson"))


# --- The flat sheet ----------------------------------------------------------------------------


@pytest.fixture
def sheet(tmp_path):
    """Import a sheet given as rows of cells, the header first; gives the command's lines."""

    def run(*rows: list[object], kind: str = "csv", **options: object) -> list[str]:
        file = tmp_path / f"sheet.{kind}"
        if kind == "xlsx":
            book = Workbook()
            for row in rows:
                book.worksheets[0].append(row)
            book.save(file)
        else:
            quoted = (
                ",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows
            )
            file.write_text("\n".join(quoted), encoding="utf-8")
        out = io.StringIO()
        call_command("import_rounds", str(file), stdout=out, **options)
        return out.getvalue().splitlines()

    return run


def test_a_row_makes_a_round_of_what_it_says_and_of_nothing_else(sheet):
    header = ["series", "partner", "edition", "date", "city", "country", "head_own", "topics"]
    sheet(
        header,
        ["Dialog RI-Rusia", "Rusia", 3, "5–6 Nov 2019", "Moscow; Kazan", "Rusia", "A; B", "Aceh"],
    )
    assert the_round("dialog-ri-rusia-3") == {
        "slug": "dialog-ri-rusia-3",
        "series": {
            "slug": "dialog-ri-rusia",
            "title": "Dialog RI-Rusia",
            "kind": "other",
            "partner": {"code": "RU", "name": "Russia", "kind": "country"},
        },
        "edition": 3,
        "status": "held",
        "date": "2019-11-05/2019-11-06",
        "format": "unknown",
        "format_note": "",
        "host": "unknown",
        "venues": [
            {"name": "", "city": "Moscow", "country": "RU"},
            {"name": "", "city": "Kazan", "country": "RU"},
        ],
        "participants": [
            {"side": "own", "role": "head", "name": name, "title": "", "institution": ""}
            for name in ("A", "B")
        ],
        "topics": ["aceh"],
        "summary": "",
        "statements": [],
        "agreed_points": [],
        "next_round_note": "",
        "related_events": [],
        "sources": [],
        "internal_note": "",
        "visibility": "internal",
        "publication": "draft",
    }


def test_a_row_laid_over_a_round_takes_nothing_away(run_import, sheet):
    run_import(ELEVENTH)
    header = ["series", "partner", "edition", "date", "city", "topics", "source_url", "status"]
    row = [RUSSIA["title"], "RU", 11, "", "", "Vaccines", "https://example.org/11", ""]
    assert sheet(header, row) == ["0 created, 1 updated, 0 unchanged"]
    expected = {**ELEVENTH, "topics": [*ELEVENTH["topics"], "vaccines"]}
    assert the_round(ELEVENTH["slug"]) == expected
    assert sheet(header, row) == ["0 created, 0 updated, 1 unchanged"]


def test_xlsx_reads_as_csv_does_with_its_cells_typed(sheet):
    header = ["series", "partner", "partner_kind", "edition", "date", "visibility"]
    row = ["EU dialogue", "European Union", "organisation", 6, date(2016, 6, 28), "public"]
    assert sheet(header, row, kind="xlsx") == ["1 created, 0 updated, 0 unchanged"]
    document = the_round("eu-dialogue-6")
    assert (document["date"], document["edition"]) == ("2016-06-28", 6)
    assert document["series"]["partner"] == {
        "code": "EU",
        "name": "European Union",
        "kind": "organisation",
    }


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        (["series", "party"], ["a", "b"], "line 1: The sheet has a column “party”; it may have"),
        (["series"], ["a"], "line 1: The sheet lacks the column “partner”."),
        (["series", "partner"], ["a", ""], "line 2, partner: This cell must not be empty."),
        (
            ["series", "partner"],
            ["a", "Norwai"],
            "line 2, partner: No country is called “Norwai”; the nearest are Norway",
        ),
        (
            ["series", "partner", "date"],
            ["a", "RU", "05/10/2021"],
            "line 2, date: ",
        ),
        (
            ["series", "partner", "format"],
            ["a", "RU", "hologram"],
            (
                "line 2, format: “hologram” is not known here; expected in_person, virtual, "
                "hybrid, unknown."
            ),
        ),
        (
            ["series", "partner", "edition"],
            ["a", "RU", "=1+1"],
            "line 2, edition: Expected a whole number, not “=1+1”.",
        ),
        (
            ["series", "partner", "source_url"],
            ["a", "RU", "javascript:1"],
            "line 2, source_url: An address begins with",
        ),
    ],
)
def test_a_sheet_is_refused_with_the_cell_that_is_wrong(sheet, header, row, message):
    with pytest.raises(CommandError) as refused:
        sheet(header, row)
    assert str(refused.value).removeprefix("Nothing was imported.\n").startswith(message)
    assert Round.objects.count() == 0


def test_a_workbook_with_a_formula_and_one_that_is_none(sheet, tmp_path):
    with pytest.raises(CommandError, match="Cell C2 holds a formula"):
        sheet(["series", "partner", "edition"], ["a", "RU", "=1+1"], kind="xlsx")
    fake = tmp_path / "fake.xlsx"
    fake.write_bytes(b"not a zip")
    with pytest.raises(CommandError, match="This is not an XLSX workbook"):
        call_command("import_rounds", str(fake))


def cut_short(xml: bytes) -> bytes:
    return xml[: len(xml) // 2]


def with_an_entity(xml: bytes) -> bytes:
    return xml.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "a">]><worksheet', 1)


@pytest.mark.parametrize("damage", [cut_short, with_an_entity])
def test_a_workbook_whose_sheet_is_damaged_is_refused_when_it_is_read(sheet, tmp_path, damage):
    sheet(["series", "partner"], ["a", "RU"], kind="xlsx", dry_run=True)
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as whole, zipfile.ZipFile(damaged, "w") as out:
        for name in whole.namelist():
            part = whole.read(name)
            out.writestr(name, damage(part) if name.endswith("sheet1.xml") else part)
    with pytest.raises(CommandError, match="This is not an XLSX workbook"):
        call_command("import_rounds", str(damaged))


def test_a_well_known_organisation_is_one_by_whichever_of_its_names(sheet):
    rows = [["a", "European Union"], ["b", "Uni Eropa"], ["c", "EU"], ["d", "ASEAN"], ["e", "AU"]]
    assert sheet(["series", "partner"], *rows) == ["5 created, 0 updated, 0 unchanged"]
    with_kind = [["f", "Uni Eropa", "organisation"], ["g", "Uni Afrika", "organisation"]]
    sheet(["series", "partner", "partner_kind"], *with_kind)
    # AU alone is Australia's code.
    assert list(Series.objects.order_by("slug").values_list("slug", "partner__code")) == [
        ("a", "EU"),
        ("b", "EU"),
        ("c", "EU"),
        ("d", "ASEAN"),
        ("e", "AU"),
        ("f", "EU"),
        ("g", "AFRICAN-UNION"),
    ]
    assert Partner.objects.get(code="AU").kind == "country"
    with pytest.raises(CommandError, match="No country is called “GCC”"):
        sheet(["series", "partner", "partner_kind"], ["h", "GCC", "country"])


def test_a_sheet_in_another_encoding_is_told_apart(tmp_path):
    file = tmp_path / "old.csv"
    file.write_bytes("series,partner\nDialogue,Türkiye\n".encode("cp1252"))
    with pytest.raises(CommandError, match="The file is not in UTF-8"):
        call_command("import_rounds", str(file))


def test_a_sheet_with_semicolons_between_its_cells_is_read(tmp_path):
    file = tmp_path / "semicolons.csv"
    file.write_text('series;partner;topics\nDialogue;RU;"a;b"\n')
    call_command("import_rounds", str(file), stdout=io.StringIO())
    assert the_round("dialogue-undated")["topics"] == ["a", "b"]
