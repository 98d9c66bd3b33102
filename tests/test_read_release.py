"""The command that reads a press release, whatever file it comes in."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dialogues.models import Partner, Series, Topic
from tests import papers

pytestmark = pytest.mark.django_db

RELEASE = (
    "Dialog HAM Kembali Digelar\n\nJakarta, 19 Oktober 2021 – Dialog HAM Indonesia–Rusia ke-11 "
    "digelar secara hibrida pada Jumat lalu. Kedua pihak sepakat menjaga hak atas kesehatan.\n"
)


def read(path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("read_release", str(path), "--json", *options, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def written(folder: Path, content: bytes, name: str = "release.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        RELEASE.encode(),
        b"\xef\xbb\xbf" + RELEASE.encode(),
        RELEASE.encode("utf-16"),
        RELEASE.encode("cp1252"),
        RELEASE.replace("\n", "\r\n").encode(),
        b"\n\n  " + RELEASE.encode(),
    ],
    ids=["UTF-8", "with its mark", "UTF-16", "Windows-1252", "lines of Windows", "space before"],
)
def test_a_text_is_read_and_its_words_stand_where_they_are_said_to(
    tmp_path: Path, content: bytes
) -> None:
    answer = read(written(tmp_path, content), "--published", "2021-10-19")
    assert {key: said["value"] for key, said in answer.items() if key != "agreed_points"} == {
        "series": "Dialog HAM Indonesia–Rusia",
        "kind": "human_rights",
        "partner": "Russia",
        "partner_kind": "country",
        "edition": 11,
        "status": "held",
        "date": "2021-10-15",
        "format": "hybrid",
        "source_title": "Dialog HAM Kembali Digelar",
        "source_date": "2021-10-19",
    }
    [point] = answer["agreed_points"]
    assert point["value"] == "Kedua pihak sepakat menjaga hak atas kesehatan."
    text = RELEASE if not content.startswith(b"\n") else "\n\n  " + RELEASE
    for said in (*answer.values(), point):
        if isinstance(said, dict):
            assert text[said["start"] : said["end"]] == said["words"]


def test_documents_and_pdfs_are_read_too(tmp_path: Path) -> None:
    document = written(tmp_path, papers.docx(*RELEASE.split("\n\n")), "release.docx")
    assert read(document)["edition"]["value"] == 11
    line = "Dialog HAM Indonesia-Rusia ke-11 digelar di Moskow pada 15 Oktober 2021."
    assert read(written(tmp_path, papers.pdf(line), "release.pdf"))["city"] == {
        "value": "Moscow", "words": "Moskow", "start": 44, "end": 50,
    }  # fmt: skip


def test_what_the_tracker_knows_is_called_as_it_calls_it(tmp_path: Path) -> None:
    russia = Partner.objects.create(code="RU", name="Russian Federation", kind="country")
    Series.objects.create(
        title="Indonesia–Russia Human Rights Dialogue",
        slug="russia-hrd",
        partner=russia,
        kind="human_rights",
    )
    Topic.objects.create(slug="health", name="Right to health", name_id="Hak atas kesehatan")
    answer = read(written(tmp_path, RELEASE.encode()))
    assert answer["series"]["value"] == "Indonesia–Russia Human Rights Dialogue"
    assert answer["series"]["slug"] == "russia-hrd"
    assert answer["partner"]["value"] == "Russian Federation"
    assert [(one["value"], one["label"], one["words"]) for one in answer["topics"]] == [
        ("health", "Right to health", "hak atas kesehatan")
    ]


def test_for_people_it_is_a_table(tmp_path: Path) -> None:
    out = StringIO()
    call_command("read_release", str(written(tmp_path, RELEASE.encode())), stdout=out)
    assert "edition             11   “ke-11”   [82:87]\n" in out.getvalue()
    out = StringIO()
    call_command("read_release", str(written(tmp_path, b"Nothing of the kind.")), stdout=out)
    assert out.getvalue() == "This text tells of no round.\n"
    assert read(written(tmp_path, b"Nothing of the kind.")) == {}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.txt", "The file is empty."),
        (b"  \n ", "a.txt", "There is no text in it."),
        (b"x" * 11 * 1024 * 1024, "a.txt", "The file has 11.0 MB; at most 10 MB are read."),
        (
            b"word " * 50_000,
            "a.txt",
            (
                "The text has 250,000 characters; at most 200,000 are read. Take the part that "
                "tells of the round."
            ),
        ),
        (
            papers.pdf(""),
            "a.pdf",
            (
                "“a.pdf” holds no text that a program can read, as if it were a picture of a page."
                " Paste its words instead."
            ),
        ),
        (
            papers.pdf("x", password="secret"),
            "a.pdf",
            "The PDF is locked with a password. Save it without one.",
        ),
        (
            papers.docx("x")[:-40],
            "a.docx",
            "The file is damaged: it begins as DOCX and ODT do, but is not whole.",
        ),
        (
            papers.with_parts(papers.docx("x"), **{"word/media/a.bin": bytes(101 * 1024 * 1024)}),
            "a.docx",
            "The file unpacks to more than 100 MB.",
        ),
    ],
    ids=["empty", "blank", "large", "long", "picture", "locked", "damaged", "bomb"],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    path = written(tmp_path, content, name)
    with pytest.raises(CommandError) as refusal:
        read(path)
    assert str(refusal.value) == f"{path}: {said}"


def test_a_file_that_is_not_there_and_a_day_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="invalid date"):
        read(written(tmp_path, RELEASE.encode()), "--published", "last Friday")
