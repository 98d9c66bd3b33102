"""Rounds from a file in the admin: looked at row by row, then taken over just so, or not."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.test import Client
from openpyxl import Workbook, load_workbook

from dialogues.models import PendingImport, Round, Topic, User
from dialogues.records.exporting import export_lines
from dialogues.records.sheet_writing import COLUMNS
from dialogues.workflow import changed_by
from tests.rounds import whole_round
from tests.scene import Scene, scene, signed_in
from tests.test_admin import page_of

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

IMPORT = "/admin/dialogues/round/import/"
LIST = "/admin/dialogues/round/"
LIKE = "Write it like 15 October 2021, 5–6 November 2019, October 2021, 2021 or 2021-10-15."
HEADER = "series,partner,edition,date,city,country,head_own,topics,agreed_points,status\n"


def send(client: Client, content: str | bytes, name: str = "rounds.csv") -> Any:
    """Send a file; what the page answers that the browser is led to, or the form itself."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)}, follow=True)


def confirm(client: Client, page: Any, **typed: str) -> Any:
    address = page.redirect_chain[-1][0]
    return client.post(address, {"confirm": "Import just this", **typed}, follow=True)


def documents(*said: dict[str, Any]) -> bytes:
    """Lines of NDJSON: held and public where nothing else is said."""
    return b"\n".join(
        orjson.dumps({"status": "held", "visibility": "public", **document}) for document in said
    )


def rows(page: Any) -> list[tuple[int, str, bool, list[tuple[str, ...]], list[str]]]:
    """Each row that a preview tells: line, slug, new, its changes in words, its notes."""
    return [
        (row["line"], row["slug"], row["new"], [tuple(one) for one in row["told"]], row["notes"])
        for row in page.context["page"]
    ]


def errors(page: Any) -> list[tuple[int | None, str, str]]:
    shown = page.context["shown"]["errors"]
    return [(error["line"], error["pointer"], error["message"]) for error in shown]


def messages(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def stand(scene: Scene) -> Round:
    """The eleventh round of the Russian series, with something of everything."""
    return whole_round(scene.russia)


# --- What would come of it ---------------------------------------------------------------------


def test_a_sheet_is_told_row_by_row_and_then_taken_over_just_so(scene: Scene, stand: Round) -> None:
    ayu = signed_in(scene.ayu)
    before = list(export_lines())
    page = send(
        ayu,
        HEADER
        + "russia-dialogue,RU,11,2021-10-16,,,,Right to health,Agreed anew,postponed\n"
        + "Russia Human Rights Dialogue,Rusia,12,5–6 Nov 2022,Moscow,Russia,Dewi Ratna,Water,"
        "Meet,\n",
    )
    assert page.context["counted"] == "1 round created, 1 updated, 0 unchanged"
    assert rows(page) == [
        (
            2, "russia-dialogue-11", False,
            [
                ("Status", "Held", "Postponed"),
                ("Date", "15 October 2021", "16 October 2021"),
                ("Agreed point 1 · Text", "Agreed no. 1", "Agreed anew"),
            ],
            [],
        ),
        (
            3, "russia-dialogue-12", True,
            [
                ("Slug", "", "russia-dialogue-12"),
                ("Series · Slug", "", "russia-dialogue"),
                ("Series · Title", "", "Russia Human Rights Dialogue"),
                ("Series · Kind", "", "Human rights dialogue"),
                ("Series · Partner · Code", "", "RU"),
                ("Series · Partner · Name", "", "Russia"),
                ("Series · Partner · Kind", "", "Country"),
                ("Edition", "", "12"),
                ("Status", "", "Held"),
                ("Date", "", "5–6 November 2022"),
                ("Format", "", "Not recorded"),
                ("Host", "", "Not recorded"),
                ("Venues", "", "Moscow, RU"),
                ("Participant 1 · Side", "", "Own side"),
                ("Participant 1 · Role", "", "Head of delegation"),
                ("Participant 1 · Name as recorded", "", "Dewi Ratna"),
                ("Topics", "", "water"),
                ("Agreed point 1 · Number", "", "1"),
                ("Agreed point 1 · Text", "", "Meet"),
                ("Agreed point 1 · Kind", "", "Other"),
                ("Agreed point 1 · Status", "", "Open"),
                ("Visibility", "", "Internal"),
                ("Publication", "", "Draft"),
            ],
            [],
        ),
    ]  # fmt: skip
    things = [(thing["what"], thing["new"]) for thing in page.context["shown"]["references"]]
    assert things == [("Topic Water", True), ("Person Dewi Ratna", True)]
    assert list(export_lines()) == before

    done = confirm(ayu, page, reason="After the mission")
    assert messages(done) == ["Imported: 1 round created, 1 updated, 0 unchanged."]
    stand.refresh_from_db()
    assert (str(stand.date), stand.status, stand.publication) == (
        "2021-10-16", "postponed", "published",
    )  # fmt: skip
    new = Round.objects.get(slug="russia-dialogue-12")
    assert (new.publication, new.visibility, str(new.date)) == (
        "draft", "internal", "2022-11-05/2022-11-06",
    )  # fmt: skip
    assert PendingImport.objects.count() == 0
    history = ayu.get(page_of(stand, "history")).content.decode()
    assert "Ayu · import" in history
    assert "After the mission" in history

    again = send(ayu, b"".join(export_lines()), "rounds.ndjson")
    assert again.context["counted"] == "0 round created, 0 updated, 2 unchanged".replace(
        "0 round created", "0 rounds created"
    )
    assert "There is nothing to import." in again.content.decode()
    assert 'name="confirm"' not in again.content.decode()


def test_parts_are_told_one_by_one_with_what_is_taken_away(scene: Scene, stand: Round) -> None:
    (line,) = [line for line in export_lines() if b'"slug":"russia-dialogue-11"' in line]
    document = orjson.loads(line)
    document["agreed_points"][0]["follow_ups"].append({"note": "Sent", "status": "done"})
    del document["agreed_points"][2]
    document["participants"][0]["title"] = "Minister"
    document["statements"][1]["text"] = "Raised otherwise"
    document["sources"].append({"title": "<script>alert(1)</script>"})
    document["topics"] = []
    page = send(signed_in(scene.ayu), orjson.dumps(document), "one.ndjson")
    ((_line, _slug, _new, told, _notes),) = rows(page)
    assert told == [
        ("Participant 1 · Title", "Director A", "Minister"),
        ("Topics", "right-to-health", ""),
        ("Statement 2 · Text", "Raised by partner", "Raised otherwise"),
        ("Agreed point 1 · Follow-up 2 · Status", "", "Done"),
        ("Agreed point 1 · Follow-up 2 · Note", "", "Sent"),
        ("Agreed point 3 · Number", "3", ""),
        ("Agreed point 3 · Text", "Agreed no. 3", ""),
        ("Agreed point 3 · Original text", "Kesepakatan 3", ""),
        ("Agreed point 3 · Original language", "id", ""),
        ("Agreed point 3 · Kind", "Other", ""),
        ("Agreed point 3 · Topics", "right-to-health", ""),
        ("Agreed point 3 · Responsible", "Own side", ""),
        ("Agreed point 3 · Status", "Lapsed", ""),
        ("Agreed point 3 · Lifelong issue", "vaccines", ""),
        ("Agreed point 3 · Internal note", "Secret of the point", ""),
        ("Agreed point 3 · Follow-up 1 · Date", "2022", ""),
        ("Agreed point 3 · Follow-up 1 · Status", "In progress", ""),
        ("Agreed point 3 · Follow-up 1 · Note", "Done about 3", ""),
        ("Agreed point 3 · Follow-up 1 · Source", "https://example.org/followed", ""),
        ("Source 2 · Kind", "", "Other"),
        ("Source 2 · Title", "", "<script>alert(1)</script>"),
        ("Source 2 · Who speaks", "", "Not recorded"),
    ]
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_what_is_wrong_is_told_with_its_line_and_what_would_be_right_beside_the_other_rows(
    scene: Scene, stand: Round
) -> None:
    before = list(export_lines())
    page = send(
        signed_in(scene.ayu),
        HEADER
        + "russia-dialogue,RU,twelve,2022,,,,,,\n"
        + "russia-dialogue,RU,13,the day after,,,,,,holding\n"
        + "russia-dialogue,RU,14,2024,,Atlantis,,,,\n"
        + "russia-dialogue,RU,15,2025,,,,,,\n",
    )
    assert errors(page) == [
        (2, "edition", "Expected a whole number, not “twelve”."),
        (
            3, "status",
            "“holding” is not known here; expected planned, confirmed, held, postponed, cancelled.",
        ),
        (
            3, "date",
            f"“the day after” is not understood as a date. {LIKE}",
        ),
        (
            4, "country",
            "No country is called “Atlantis”; the nearest are Albania, Åland Islands.",
        ),
    ]  # fmt: skip
    assert [(line, slug, new) for line, slug, new, _told, _notes in rows(page)] == [
        (5, "russia-dialogue-15", True)
    ]
    assert 'name="confirm"' not in page.content.decode()
    confirm(signed_in(scene.ayu), page)
    assert list(export_lines()) == before


def test_many_rows_come_in_pages_and_can_be_chosen(scene: Scene, stand: Round) -> None:
    lines = [f"russia-dialogue,RU,{edition},2000,,,,,,\n" for edition in range(11, 131)]
    page = send(signed_in(scene.ayu), HEADER + "".join(lines))
    assert page.context["counted"] == "119 rounds created, 1 updated, 0 unchanged"
    assert [len(rows(page)), page.context["page"].paginator.num_pages] == [50, 3]
    address, ayu = page.redirect_chain[-1][0], signed_in(scene.ayu)
    assert len(rows(ayu.get(f"{address}?p=3"))) == 20
    assert [row[1] for row in rows(ayu.get(f"{address}?show=changed"))] == ["russia-dialogue-11"]
    assert rows(ayu.get(f"{address}?show=noted")) == []


# --- Whose it is to write ----------------------------------------------------------------------


def test_an_officer_imports_only_into_what_is_theirs_and_is_told_nothing_of_the_rest(
    scene: Scene,
) -> None:
    hidden = scene.round(scene.fiji, edition=7, visibility="restricted", summary="Kept secret")
    scene.round(scene.fiji, edition=8, visibility="public", publication="published")
    page = send(
        signed_in(scene.ayu),
        documents(
            {"slug": "fiji-dialogue-8", "series": "fiji-dialogue"},
            {"series": "fiji-dialogue", "edition": 7},
            {"slug": "fiji-dialogue-7", "series": "russia-dialogue"},
            {"series": "norway-dialogue", "edition": 1, "visibility": "restricted"},
            {"series": "norway-dialogue", "edition": 2},
        ),
        "mixed.ndjson",
    )
    another_desks = "This series is another desk's; its rounds are theirs to enter."
    assert sorted(errors(page), key=lambda error: error[0] or 0) == [
        (1, "", "This round is not yours to change."),
        (2, "/series", another_desks),
        (3, "/slug", "A round of this slug stands already, and is not yours to change."),
        (
            4, "/visibility",
            "Only members of the desk that owns the series restrict its rounds to it.",
        ),
    ]  # fmt: skip
    assert [(line, slug) for line, slug, *_more in rows(page)] == [(5, "norway-dialogue-2")]
    assert "Kept secret" not in page.content.decode()
    hidden.refresh_from_db()
    assert hidden.series == scene.fiji


def test_lines_that_describe_other_things_are_an_importers_own_as_well(scene: Scene) -> None:
    hidden = scene.round(scene.fiji, edition=7, visibility="restricted")
    secret = Topic.objects.create(slug="secret", name="Kept secret")
    hidden.topics.add(secret)
    scene.round(scene.fiji, edition=8, visibility="public", publication="published")
    page = send(
        signed_in(scene.ayu),
        b"\n".join(
            orjson.dumps(line)
            for line in (
                {"type": "topic", "slug": "secret", "name": "Guessed"},
                {"type": "series", "slug": "fiji-dialogue", "note": "Ours now"},
                {"type": "series", "slug": "russia-dialogue", "note": "Begun in Moscow"},
            )
        ),
        "lines.ndjson",
    )
    not_theirs = "stands otherwise, and changing it is not yours to do."
    assert errors(page) == [
        (2, "/note", f"“Fiji Human Rights Dialogue” {not_theirs}"),
    ]
    assert "Kept secret" not in page.content.decode()
    # What is hidden is as good as new (test_hidden_names).
    assert page.context["shown"]["references"] == [
        {
            "what": "Series Russia Human Rights Dialogue",
            "new": False,
            "fields": [["Note", "", "Begun in Moscow"]],
        },
        {
            "what": "Topic Guessed",
            "new": True,
            "fields": [["Name", "", "Guessed"], ["Slug", "", "secret"]],
        },
    ]


def test_a_publisher_imports_over_a_desks_rounds_that_they_see(scene: Scene) -> None:
    seen = scene.round(scene.fiji, edition=8, visibility="public", publication="published")
    citra = signed_in(scene.citra)
    line = (
        '{"slug": "fiji-dialogue-8", "series": "fiji-dialogue", "edition": 8, "status": "held",'
        ' "visibility": "public", "summary": "What was said"}'
    )
    page = send(citra, line, "one.ndjson")
    assert [row[3] for row in rows(page)] == [[("Summary", "", "What was said")]]
    assert messages(confirm(citra, page)) == ["Imported: 0 rounds created, 1 updated, 0 unchanged."]
    seen.refresh_from_db()
    assert (seen.summary, seen.publication) == ("What was said", "published")


def test_how_far_a_round_has_come_is_left_to_the_steps_that_are_the_importers_own(
    scene: Scene, settings: Any
) -> None:
    line = (
        '{"series": "russia-dialogue", "edition": 3, "status": "held", "date": "2020",'
        ' "visibility": "public", "publication": "published"}'
    )
    page = send(signed_in(scene.ayu), line, "one.ndjson")
    not_theirs = (
        "The file says “Published”; it stays “Draft”. "
        "Only publishers take a round from “Draft” to “Published”."
    )
    assert [row[4] for row in rows(page)] == [[not_theirs]]
    confirm(signed_in(scene.ayu), page)
    assert Round.objects.get().publication == "draft"

    Round.objects.all().delete()
    citra = signed_in(scene.citra)
    norway = line.replace("russia", "norway")
    own_work = (
        "The file says “Published”; it stays “Draft”. You have written in this round since it was "
        "last published, so somebody else has to publish it."
    )
    assert [row[4] for row in rows(send(citra, norway, "one.ndjson"))] == [[own_work]]

    waiting = norway.replace('"published"', '"in_review"')
    page = send(citra, waiting, "one.ndjson")
    assert [row[4] for row in rows(page)] == [[]]
    confirm(citra, page)
    assert Round.objects.get().publication == "in_review"


def test_who_only_reads_sees_no_import_and_nobody_sees_anothers_file(scene: Scene) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.groups.add(*scene.eka.groups.all())
    client = signed_in(reader)
    assert client.get(IMPORT).status_code == 403
    assert client.get(f"{IMPORT}template.xlsx").status_code == 403
    assert IMPORT not in client.get(LIST).content.decode()
    page = send(signed_in(scene.ayu), HEADER + "russia-dialogue,RU,1,2000,,,,,,\n")
    address = page.redirect_chain[-1][0]
    assert client.get(address).status_code == 403
    budi = signed_in(scene.budi)
    for answer in (
        budi.get(address, follow=True),
        budi.post(address, {"confirm": "x"}, follow=True),
    ):
        assert messages(answer) == ["This file is not waiting any more. Send it again."]
    assert Round.objects.count() == 0


# --- Between looking and taking over -----------------------------------------------------------


def test_what_was_changed_meanwhile_is_shown_anew_and_nothing_is_written(
    scene: Scene, stand: Round
) -> None:
    ayu = signed_in(scene.ayu)
    page = send(ayu, HEADER + "russia-dialogue,RU,11,2021-10-16,,,,,,\n")
    with changed_by(scene.budi):
        stand.date = "2021-10-14"
        stand.save()
    answer = confirm(ayu, page)
    changed = "Nothing was imported: the records have changed since."
    assert messages(answer) == [f"{changed} This is what would come of the file now."]
    assert [row[3] for row in rows(answer)] == [[("Date", "14 October 2021", "16 October 2021")]]
    stand.refresh_from_db()
    assert str(stand.date) == "2021-10-14"
    assert messages(confirm(ayu, page)) == ["Imported: 0 rounds created, 1 updated, 0 unchanged."]
    stand.refresh_from_db()
    assert str(stand.date) == "2021-10-16"


def test_a_file_is_taken_over_once_and_let_go_when_it_has_waited_a_day(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    one = HEADER + "russia-dialogue,RU,1,2000,,,,,,\n"
    page = send(ayu, one)
    address = page.redirect_chain[-1][0]
    assert messages(ayu.post(address, {"discard": "1"}, follow=True)) == ["Nothing was imported."]
    page = send(ayu, one)
    confirm(ayu, page)
    gone = ["This file is not waiting any more. Send it again."]
    assert messages(confirm(ayu, page)) == gone
    assert Round.objects.count() == 1

    page = send(ayu, one)
    PendingImport.objects.update(made=Now() - timedelta(hours=25))
    assert messages(confirm(ayu, page)) == gone
    for _number in range(5):
        send(ayu, one)
    assert PendingImport.objects.count() == 3


# --- Files of all kinds ------------------------------------------------------------------------


def workbook(*lines: list[Any], change: Callable[[Any], Any] = lambda sheet: None) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    change(book.worksheets[0])
    book.save(file)
    return file.getvalue()


UNKNOWN = f"The sheet has a column “agreed points”; it may have {', '.join(COLUMNS)}."
LARGER = "A larger one is for the command import_rounds, or for several files."
HEAD = ["series", "partner", "edition", "date"]


@pytest.mark.parametrize(
    "content",
    [
        "series,partner,edition,date,city\nrussia-dialogue,RU,1,2 May 2020,Türkiye",
        "\ufeffseries;partner;edition;date;city\nrussia-dialogue;RU;1;2 May 2020;Türkiye",
        "series\tpartner\tedition\tdate\tcity\nrussia-dialogue\tRU\t1\t2 May 2020\tTürkiye",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_csv_is_read_in_the_dialects_that_spreadsheets_write(
    scene: Scene, content: str, encoding: str
) -> None:
    content = content if encoding == "utf-8" else content.removeprefix("\ufeff")
    page = send(signed_in(scene.ayu), content.encode(encoding))
    assert errors(page) == []
    ((_line, slug, _new, told, _notes),) = rows(page)
    assert slug == "russia-dialogue-1"
    assert ("Date", "", "2 May 2020") in told
    assert ("Venues", "", "Türkiye") in told
    guessed = "was read as Windows-1252" in page.content.decode()
    assert guessed is (encoding == "cp1252")


def test_a_workbooks_dates_and_numbers_are_read_as_what_they_are(scene: Scene) -> None:
    content = workbook(HEAD, ["russia-dialogue", "RU", 1.0, datetime(2020, 5, 2)])  # noqa: DTZ001
    page = send(signed_in(scene.ayu), content, "rounds.xlsx")
    ((_line, _slug, _new, told, _notes),) = rows(page)
    assert ("Edition", "", "1") in told
    assert ("Date", "", "2 May 2020") in told


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (
            workbook(HEAD, ["r", "RU", 1, "=NOW()"]), "a.xlsx",
            (2, "", "Cell D2 holds a formula. Paste the values instead."),
        ),
        (
            workbook(HEAD, ["r", "RU"], ["", ""], change=lambda s: s.merge_cells("A2:A3")),
            "a.xlsx",
            (2, "", "Cells A2:A3 are merged. Unmerge them, and fill in each row."),
        ),
        (
            workbook(HEAD, ["r", "RU", 1, "#REF!"]), "a.xlsx",
            (2, "", "Cell D2 holds the error #REF!. Write what it should say."),
        ),
        (b"PK\x03\x04 and so on", "a.xlsx", (None, "", "This is not an XLSX workbook.")),
        (b"series,partner\nr,RU\n", "a.xlsx", (None, "", "This is not an XLSX workbook.")),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.xlsx",
            (
                None, "",
                "The workbook is of an old Excel or has a password. Save it as XLSX, without one.",
            ),
        ),
        (
            workbook(HEAD), "a.csv",
            (
                None, "",
                "The name ends in .csv, but this is a workbook. Name it .xlsx, or save it as CSV.",
            ),
        ),
        (
            b"series,partner,agreed points,topic\n", "a.csv",
            (
                1, "",
                f"{UNKNOWN} Did you mean “agreed_points”?",
            ),
        ),
        (
            b"series,partner,series\n", "a.csv",
            (1, "", "The sheet has the column “series” twice."),
        ),
        (b"\n", "a.csv", (1, "", "The sheet lacks the column “series”.")),
        (
            b"series,partner\nr,RU,more\n", "a.csv",
            (2, "", "The row has more cells than the header has columns."),
        ),
        (b'series,partner\n"r,RU\n', "a.csv", (2, "", "This is not CSV: unexpected end of data.")),
        (
            b"series,partner\nr,RU\n", "a.ndjson",
            (1, "", "This is not JSON: expected value at line 1 column 1."),
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_answered_in_a_sentence(
    scene: Scene, content: bytes, name: str, error: tuple[int | None, str, str]
) -> None:
    page = send(signed_in(scene.ayu), content, name)
    assert errors(page)[0] == error
    assert 'name="confirm"' not in page.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "The file is empty."),
        (b"x", "a.pdf", "A file “.pdf” is not known here; expected .ndjson, .csv or .xlsx."),
        (b"x", "rounds", "A file “rounds” is not known here; expected .ndjson, .csv or .xlsx."),
        (
            bytes(21 * 1024 * 1024), "a.csv",
            f"The file has 21.0 MB; here at most 20.0 MB are taken. {LARGER}",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_not_even_read_is_refused_at_its_field(
    scene: Scene, content: bytes, name: str, sentence: str
) -> None:
    page = send(signed_in(scene.ayu), content, name)
    (said,) = page.context["form"].errors["file"]
    assert said.replace("\xa0", " ") == sentence
    assert PendingImport.objects.count() == 0


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_does(
    scene: Scene, monkeypatch: Any
) -> None:
    monkeypatch.setattr("dialogues.records.workbook_rows.LARGEST_WORKBOOK", 1000)
    page = send(signed_in(scene.ayu), workbook(HEAD), "bomb.xlsx")
    assert errors(page) == [(None, "", "The workbook unpacks to more than 200 MB.")]


# --- The template, and out again ---------------------------------------------------------------


def test_the_template_has_the_sheets_columns_and_explains_them_in_the_readers_language(
    scene: Scene,
) -> None:
    ayu = signed_in(scene.ayu)
    assert ayu.get(f"{IMPORT}template.csv").content.decode() == ",".join(COLUMNS) + "\r\n"
    ayu.cookies["django_language"] = "id"
    book = load_workbook(io.BytesIO(ayu.get(f"{IMPORT}template.xlsx").getvalue()))
    assert book.sheetnames == ["Putaran", "Isi tiap kolom"]
    assert [cell.value for cell in book["Putaran"][1]] == list(COLUMNS)
    explained = list(book["Isi tiap kolom"].values)
    assert [line[0] for line in explained[1:]] == list(COLUMNS)
    assert explained[6][3] == (
        "planned (Direncanakan); confirmed (Dipastikan); held (Terlaksana);"
        " postponed (Ditunda); cancelled (Dibatalkan)"
    )
    filled = send(ayu, ayu.get(f"{IMPORT}template.xlsx").getvalue(), "template.xlsx")
    assert filled.context["counted"] == "0 putaran dibuat, 0 diperbarui, 0 tidak berubah"


def exported(client: Client, kind: str, *chosen: Round) -> bytes:
    response = client.post(
        LIST, {"action": f"export_{kind}", "_selected_action": [round_.pk for round_ in chosen]}
    )
    assert response["Content-Disposition"] == f'attachment; filename="rounds.{kind}"'
    return response.getvalue()


@pytest.mark.parametrize("kind", ["ndjson", "csv", "xlsx"])
def test_chosen_rounds_leave_as_files_that_change_nothing_when_they_come_back(
    scene: Scene, stand: Round, kind: str
) -> None:
    stand.agreed_points.update(text="=1+1")
    other = scene.round(scene.norway, summary="-- said; and more")
    scene.round(scene.norway)
    ayu = signed_in(scene.ayu)
    content = exported(ayu, kind, stand, other)
    page = send(ayu, content, f"rounds.{kind}")
    assert page.context["counted"] == "0 rounds created, 0 updated, 2 unchanged"


def test_an_export_holds_what_the_editor_sees_and_notes_only_for_the_cleared(
    scene: Scene, stand: Round
) -> None:
    hidden = scene.round(scene.fiji, visibility="restricted", summary="Kept secret")
    content = exported(signed_in(scene.ayu), "ndjson", stand, hidden)
    assert [orjson.loads(line)["slug"] for line in content.splitlines()] == ["russia-dialogue-11"]
    assert b"Secret of the round" in content
    assert b"Secret" not in exported(signed_in(scene.ayu), "csv", stand)
    flat = exported(signed_in(scene.ayu), "csv", stand).decode().splitlines()
    assert flat[0] == ",".join(COLUMNS)
    assert flat[1].startswith("russia-dialogue,human_rights,RU,country,11,held,2021-10-15,hybrid,")


def test_a_formula_stays_text_on_its_way_out(scene: Scene) -> None:
    round_ = scene.round(summary="=HYPERLINK(1)")
    assert b",'=HYPERLINK(1)," in exported(signed_in(scene.ayu), "csv", round_)
    book = load_workbook(io.BytesIO(exported(signed_in(scene.ayu), "xlsx", round_)))
    cell = book.worksheets[0].cell(2, COLUMNS.index("summary") + 1)
    assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)", "s")
