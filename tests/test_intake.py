"""An officer comes back with a press release, and has the draft of a round before lunch."""

from __future__ import annotations

import json
import os
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse

from dialogues.dates import PartialDate
from dialogues.models import Desk, File, Partner, Round, Series, Source, Topic, User
from dialogues.queries.history import history
from dialogues.records.reading import documents
from tests import papers
from tests.rounds import published
from tests.scene import Scene, person, scene, signed_in

__all__ = ["scene"]

INTAKE = "/admin/dialogues/round/intake/"
TEXT = """Dialog HAM Kembali Digelar

Jakarta, 19 Oktober 2021 – Dialog HAM Indonesia–Rusia ke-11 digelar secara hibrida di Moskow, \
Jumat (15/10). Delegasi Indonesia dipimpin Achsanul Habib, sementara Rusia oleh Direktur Kerja \
Sama HAM, Rinat Alyautdinov.

Kedua pihak sepakat menjaga hak atas kesehatan. Kedua pihak bersepakat bertukar pengalaman.

Dialog selanjutnya akan diadakan di Jakarta pada 2022."""

LOCKED = papers.pdf("x", password="p", cipher="AES-256")


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    """A folder for files in which nothing lies yet."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ayu(scene: Scene) -> Client:
    """A desk officer of the Russian series, signed in."""
    Topic.objects.create(slug="health", name="Right to health", name_id="Hak atas kesehatan")
    return signed_in(scene.ayu)


def shown(response: Any) -> dict[str, Any]:
    """What the review's form shows, as a browser would send it back."""
    assert response.status_code == 200
    form, points = response.context["form"], response.context["points"]
    sent = {name: form[name].value() for name in form.fields if name != "drop"}
    sent |= {f"points-{key}": value for key, value in points.management_form.initial.items()}
    for number, point in enumerate(points):
        sent |= {f"points-{number}-{name}": point[name].value() for name in ("text", "original")}
    written = {
        name: value.display("en") if isinstance(value, PartialDate) else value
        for name, value in sent.items()
    }
    return {name: "" if value is None else value for name, value in written.items()}


def reviewed(client: Client, text: str = TEXT, **asked: Any) -> Any:
    return client.post(INTAKE, {"text": text, "published": "19 October 2021", **asked})


def drafted(client: Client, **corrected: Any) -> Any:
    sent = shown(reviewed(client)) | corrected
    sent = {name: value for name, value in sent.items() if value is not False}
    return client.post(INTAKE, {**sent, "_draft": "Make the draft"})


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(told) for name, told in response.context["form"].errors.items()}


# --- What is shown ---------------------------------------------------


def test_every_value_stands_in_its_field(scene: Scene, ayu: Client) -> None:
    sent = shown(reviewed(ayu))
    assert sent == {
        "text": TEXT,
        "published": "2021-10-19",
        "language": "id",
        "upload": "",
        "series": scene.russia.pk,
        "new_series": "",
        "kind": "human_rights",
        "partner": "Russia",
        "partner_kind": "country",
        "edition": 11,
        "status": "held",
        "date": "15 October 2021",
        "format": "hybrid",
        "host": "",
        "venue": "",
        "city": "Moscow",
        "country": "Russia",
        "head_own": "Achsanul Habib",
        "head_own_title": "",
        "head_partner": "Rinat Alyautdinov",
        "head_partner_title": "Direktur Kerja Sama HAM",
        "topics": ["health"],
        "next_round_note": "Dialog selanjutnya akan diadakan di Jakarta pada 2022.",
        "source_kind": "press_release",
        "source_publisher": "",
        "source_title": "Dialog HAM Kembali Digelar",
        "source_date": "19 October 2021",
        "source_url": "",
        "keep_text": True,
        "visibility": "internal",
        "points-TOTAL_FORMS": 3,
        "points-INITIAL_FORMS": 2,
        "points-MIN_NUM_FORMS": 0,
        "points-MAX_NUM_FORMS": 200,
        "points-0-text": "Kedua pihak sepakat menjaga hak atas kesehatan.",
        "points-0-original": "Kedua pihak sepakat menjaga hak atas kesehatan.",
        "points-1-text": "Kedua pihak bersepakat bertukar pengalaman.",
        "points-1-original": "Kedua pihak bersepakat bertukar pengalaman.",
        "points-2-text": "",
        "points-2-original": "",
    }


def test_the_words_are_marked_in_the_text_and_lead_to_their_fields(ayu: Client) -> None:
    page = reviewed(ayu).content.decode()
    [words] = re.findall(r'<div class="review__words".*?</div>', page, re.DOTALL)
    plain = re.sub(r"<a .*?</a>|<[^>]+>", "", words)
    assert plain == TEXT
    [number] = re.findall(r'id="words-(\d+)" href="#id_edition"', words)
    assert f'<a class="read__number" href="#words-{number}">{number}</a>' in page
    assert re.search(rf'data-read="[\d ]*\b{number}\b[\d ]*">.*?ke-11</mark>', words)


def test_script_in_a_release_is_text(ayu: Client) -> None:
    page = reviewed(ayu, f"{TEXT}\n<script>alert(1)</script><b>x</b>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_text_that_tells_of_no_round_says_so_and_leaves_the_form_empty(ayu: Client) -> None:
    response = reviewed(ayu, "Timnas menang 2-1 di Bandung.")
    assert "Nothing in this text tells of a round" in response.content.decode()
    sent = shown(response)
    assert (sent["series"], sent["edition"], sent["city"]) == ("", "", "")


def test_a_document_is_read_like_a_text(ayu: Client) -> None:
    file = SimpleUploadedFile("siaran.docx", papers.docx(*TEXT.split("\n\n")))
    sent = shown(reviewed(ayu, "", file=file))
    assert (sent["edition"], sent["city"], sent["points-TOTAL_FORMS"]) == (11, "Moscow", 3)


def test_the_language_may_be_said(ayu: Client) -> None:
    response = reviewed(ayu, "Dialog HAM Indonesia-Rusia ke-11 digelar 05/10/2021.", language="id")
    assert "Read as Indonesian." in response.content.decode()
    assert shown(response)["date"] == "5 October 2021"


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"text": " "}, "text", "Paste a text here, or choose a file."),
        ({"published": "2021"}, "published", "Write the day, such as 19 October 2021."),
        (
            {"text": "word " * 50_000},
            "text",
            (
                "The text has 250,000 characters; at most 200,000 are read. Take the part that "
                "tells of the round."
            ),
        ),
        (
            {"file": SimpleUploadedFile("a.pdf", papers.pdf("x"))},
            "file",
            "Paste a text or upload a file, not both.",
        ),
        (
            {"text": "", "file": SimpleUploadedFile("a.pdf", papers.pdf(""))},
            "file",
            (
                "“a.pdf” holds no text that a program can read, as if it were a picture of a page."
                " Paste its words instead."
            ),
        ),
        (
            {"text": "", "file": SimpleUploadedFile("a.pdf", LOCKED)},
            "file",
            "The PDF is locked with a password. Save it without one.",
        ),
        (
            {"text": "", "file": SimpleUploadedFile("a.txt", b"x" * 11 * 1024 * 1024)},
            "file",
            "The file has 11.0 MB; at most 10 MB are read.",
        ),
    ],
    ids=["nothing", "a year", "a book", "both", "a picture", "locked", "a large file"],
)
def test_what_cannot_be_read_is_told_at_its_field(
    ayu: Client, asked: dict[str, Any], field: str, said: str
) -> None:
    response = reviewed(ayu, **asked)
    assert errors(response) == {field: [said]}
    if "text" in asked:
        assert response.context["form"]["text"].value() == asked["text"]


def test_a_paste_of_30_mb_gets_an_answer(ayu: Client) -> None:
    response = reviewed(ayu, "word " * 6_000_000)
    assert response.status_code == 413
    assert "More was sent than is taken" in response.content.decode()


# --- What is made ---------------------------------------------------


def test_the_draft_has_what_was_let_stand(scene: Scene, ayu: Client) -> None:
    response = drafted(ayu)
    record = Round.objects.get()
    assert response.url == reverse("admin:dialogues_round_change", args=[record.pk])
    [document] = [json.loads(text) for text in documents([record.pk], staff=True)]
    assert document["publication"] == "draft"
    assert (document["slug"], document["edition"], document["date"], document["format"]) == (
        "russia-dialogue-11", 11, "2021-10-15", "hybrid",
    )  # fmt: skip
    assert document["venues"] == [{"name": "", "city": "Moscow", "country": "RU"}]
    assert [(p["side"], p["role"], p["name"]) for p in document["participants"]] == [
        ("own", "head", "Achsanul Habib"), ("partner", "head", "Rinat Alyautdinov"),
    ]  # fmt: skip
    assert document["topics"] == ["health"]
    assert [(p["text"], p["original_language"]) for p in document["agreed_points"]] == [
        ("Kedua pihak sepakat menjaga hak atas kesehatan.", "id"),
        ("Kedua pihak bersepakat bertukar pengalaman.", "id"),
    ]
    [source] = document["sources"]
    assert (source["title"], source["published_on"], source["language"], source["kind"]) == (
        "Dialog HAM Kembali Digelar", "2021-10-19", "id", "press_release",
    )  # fmt: skip
    assert history(record, scene.ayu)[0].author.name == "Ayu"


def test_the_source_carries_the_text(ayu: Client) -> None:
    drafted(ayu)
    source = Source.objects.get()
    assert source.file
    assert (source.file.text, source.file_name) == (TEXT, "russia-dialogue-11.txt")


# --- The uploaded document ---------------------------------------------------


DOCUMENT = papers.docx(*TEXT.split("\n\n"))


def uploaded(client: Client, content: bytes = DOCUMENT, name: str = "siaran pers.docx") -> Any:
    """The review of an uploaded release, as a browser would send it back."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return shown(reviewed(client, "", file=SimpleUploadedFile(name, content)))


def drafting(client: Client, sent: dict[str, Any], **corrected: Any) -> Any:
    return client.post(INTAKE, {**sent, **corrected, "_draft": "Make the draft"})


def tidied() -> str:
    out = StringIO()
    call_command("tidy_files", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kept_as"),
    [
        (DOCUMENT, "C:\\fakepath\\siaran  pers.docx", "siaran pers.docx"),
        (TEXT.encode("cp1252"), "siaran.txt", "siaran.txt"),
        (TEXT.encode(), "siaran", "siaran.txt"),
        (
            papers.pdf("Dialog HAM Indonesia-Rusia ke-11 digelar.", owner="o", cipher="AES-256"),
            "siaran.PDF",
            "siaran.PDF",
        ),
    ],
    ids=["DOCX", "Windows-1252", "without ending", "sealed PDF"],
)
def test_the_source_carries_the_document_that_was_uploaded(
    scene: Scene, ayu: Client, content: bytes, name: str, kept_as: str
) -> None:
    sent = uploaded(ayu, content, name)
    response = drafting(ayu, sent)
    assert response.status_code == 302, errors(response)
    source = Source.objects.get()
    assert source.file
    assert (source.file_name, source.file.path.read_bytes()) == (kept_as, content)
    assert "Dialog HAM" in source.file.text
    answer: Any = ayu.get(source.file_url)
    assert b"".join(answer.streaming_content) == content
    # It is the round's text now, and nothing of it lies about.
    assert Client().get(source.file_url).status_code == 404
    os.utime(source.file.path, (0, 0))
    assert (tidied(), source.file.path.exists()) == ("0 gone\n", True)


def test_the_review_says_what_is_going_to_be_kept(ayu: Client) -> None:
    page = reviewed(ayu, "", file=SimpleUploadedFile("siaran.docx", DOCUMENT)).content.decode()
    assert "Keep “siaran.docx” with the source" in page
    assert "Keep the text with the source" in reviewed(ayu).content.decode()


def test_a_document_that_cannot_be_kept_is_read_all_the_same(
    scene: Scene, ayu: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "no folder"
    settings.MEDIA_ROOT.write_text("A file stands where the folder should")
    page = reviewed(ayu, "", file=SimpleUploadedFile("siaran.docx", DOCUMENT))
    assert "The file itself could not be kept; its text was read." in page.content.decode()
    assert shown(page)["edition"] == 11
    assert not File.objects.exists()


def test_a_document_that_is_not_wanted_is_tidied_away_after_a_day(ayu: Client) -> None:
    drafting(ayu, {**uploaded(ayu), "keep_text": ""})
    assert Source.objects.get().file is None
    path = File.objects.get().path
    assert (tidied(), path.exists()) == ("0 gone\n", True)
    os.utime(path, (0, 0))
    assert (tidied(), path.exists()) == (f"removed {path}\n1 gone\n", False)
    assert not File.objects.exists()


def test_the_same_document_twice_is_one_file_and_waits_anew(scene: Scene, ayu: Client) -> None:
    mira = signed_in(person("mira", "Desk officers", desk=scene.europe))
    first = uploaded(ayu)
    os.utime(File.objects.get().path, (0, 0))
    second = uploaded(mira, name="release.docx")
    assert tidied() == "0 gone\n"
    for client, sent, edition in ((ayu, first, 11), (mira, second, 12)):
        assert drafting(client, sent, edition=edition).status_code == 302
    file = File.objects.get()
    names = Source.objects.order_by("round__edition").values_list("file_name", "file")
    assert list(names) == [("siaran pers.docx", file.pk), ("release.docx", file.pk)]


def test_what_no_longer_waits_is_told_and_the_draft_is_made_with_the_text(ayu: Client) -> None:
    sent = uploaded(ayu)
    os.utime(File.objects.get().path, (0, 0))
    tidied()
    response = drafting(ayu, sent)
    told = "The uploaded file is not waiting any more. Add it to the source on the round’s own page"
    assert told in errors(response)["upload"][0]
    page = response.content.decode()
    assert told in page
    assert 'name="upload"' not in page
    assert "Keep the text with the source" in page
    assert drafting(ayu, {**sent, "upload": ""}).status_code == 302
    assert Source.objects.get().file_name == "russia-dialogue-11.txt"


def test_nobody_adopts_what_somebody_else_has_sent(
    scene: Scene, ayu: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = uploaded(signed_in(scene.citra))
    digest = File.objects.get().sha256
    for stolen in (sent["upload"], digest, "", signing.dumps([scene.ayu.pk, digest, "a.docx"])):
        response = drafting(ayu, sent, upload=stolen, keep_text="on" if stolen else "")
        assert (response.status_code == 200) is bool(stolen)
    assert Source.objects.get().file is None
    monkeypatch.setattr("dialogues.admin.intake.forms.GOOD_FOR", -1)
    assert list(errors(drafting(signed_in(scene.citra), sent, edition=12))) == ["upload"]


def test_a_document_without_a_title_gives_its_source_its_name(scene: Scene, ayu: Client) -> None:
    nameless = ["source_title", "source_date", "source_publisher", "source_url"]
    drafting(ayu, uploaded(ayu), drop=nameless)
    source = Source.objects.get()
    assert (source.title, source.file_name) == ("siaran pers.docx", "siaran pers.docx")


# --- What is let stand ---------------------------------------------------


def test_what_is_corrected_is_recorded_and_what_is_left_out_is_not(ayu: Client) -> None:
    drafted(
        ayu,
        **{
            "edition": 12, "drop": ["city", "country", "head_partner", "head_partner_title"],
            "topics": [], "points-0-drop": "on", "points-1-text": "Exchange experience.",
            "keep_text": False,
        },
    )  # fmt: skip
    record = Round.objects.get()
    assert record.edition == 12
    assert not record.venues.exists()
    assert not record.topics.exists()
    assert [str(one.person) for one in record.participants.all()] == ["Achsanul Habib"]
    [point] = record.agreed_points.all()
    assert (point.text, point.original_text) == (
        "Exchange experience.", "Kedua pihak bersepakat bertukar pengalaman.",
    )  # fmt: skip
    assert Source.objects.get().file is None


def test_a_new_series_is_made_with_its_partner(ayu: Client) -> None:
    text = "The 2nd Indonesia–Chile Consular Consultation was held in Santiago on 5 May 2021."
    sent = shown(reviewed(ayu, text))
    assert (sent["series"], sent["new_series"]) == ("", "Indonesia–Chile Consular Consultation")
    sent |= {"source_title": "Consultation"}
    ayu.post(INTAKE, {**sent, "_draft": "1"})
    record = Round.objects.get()
    assert (record.series.kind, record.series.partner.code) == ("consular", "CL")


@pytest.mark.parametrize(
    ("corrected", "field"),
    [
        ({"date": "the day before"}, "date"),
        ({"country": "Atlantis"}, "country"),
        ({"edition": "eleven"}, "edition"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"series": "", "new_series": "", "partner": "RU"}, "series"),
        ({"series": "", "new_series": "A Dialogue", "partner": "Atlantis"}, "partner"),
        ({"series": "999999"}, "series"),
        ({"head_own": "A; B; C", "head_own_title": "D; E"}, "head_own_title"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    ayu: Client, corrected: dict[str, str], field: str
) -> None:
    response = drafted(ayu, summary="", **{"points-1-text": "Mine", **corrected})
    assert list(errors(response)) == [field]
    assert not Round.objects.exists()
    assert response.context["form"]["text"].value() == TEXT
    assert response.context["points"][1]["text"].value() == "Mine"
    for name, value in corrected.items():
        assert response.context["form"][name].value() == value


def test_a_round_that_stands_is_offered_and_not_doubled(scene: Scene, ayu: Client) -> None:
    stands = scene.round(scene.russia, edition=11, date=PartialDate("2021-10-15"))
    page = reviewed(ayu).content.decode()
    assert "It may stand already" in page
    address = reverse("admin:dialogues_round_change", args=[stands.pk])
    response = drafted(ayu)
    [said] = errors(response)["edition"]
    assert "This round stands already" in said
    assert f'<a href="{address}">' in said
    assert Round.objects.get().summary == ""
    # A number that nobody has is taken, though another round is near.
    assert drafted(ayu, edition=12).status_code == 302


def test_a_round_without_number_is_known_by_its_date(scene: Scene, ayu: Client) -> None:
    published(scene.russia, slug="x", date=PartialDate("2021-10-15"))
    assert list(errors(drafted(ayu, edition=""))) == ["date"]
    assert Round.objects.count() == 1


# --- Who may ---------------------------------------------------


def test_only_who_enters_rounds_reads_releases(scene: Scene) -> None:
    for user, status in ((scene.ayu, 200), (scene.citra, 200), (scene.eka, 403)):
        assert signed_in(user).get(INTAKE).status_code == status
        assert signed_in(user).post(INTAKE, {"text": TEXT}).status_code == status
    assert Client().get(INTAKE).status_code == 302


def test_it_is_offered_beside_the_list_to_who_may(scene: Scene) -> None:
    for user, offered in ((scene.ayu, True), (scene.eka, False)):
        page = signed_in(user).get("/admin/dialogues/round/").content.decode()
        assert (INTAKE in page) is offered
        page = signed_in(user).get("/admin/").content.decode()
        assert (INTAKE in page) is offered


def test_another_desks_series_is_neither_offered_nor_taken(scene: Scene) -> None:
    budi = signed_in(scene.budi)
    sent = shown(reviewed(budi))
    assert sent["series"] == ""
    title = "Russia Human Rights Dialogue"
    for slug in ("russia-dialogue", "russia-human-rights-dialogue"):
        scene.russia.slug = slug
        scene.russia.save()
        for given in ({"series": scene.russia.pk}, {"series": "", "new_series": title}):
            response = budi.post(INTAKE, {**sent, **given, "_draft": "1"})
            assert errors(response)
    assert not Round.objects.exists()


def test_only_its_desk_restricts_a_draft(scene: Scene, ayu: Client) -> None:
    assert drafted(ayu, visibility="restricted").status_code == 302
    citra = signed_in(scene.citra)
    assert list(errors(drafted(citra, edition=12, visibility="restricted"))) == ["visibility"]


def test_a_new_series_is_its_makers_desks_who_may_restrict_its_draft(
    scene: Scene, ayu: Client
) -> None:
    new = {"series": "", "new_series": "Talks", "partner": "Norway", "visibility": "restricted"}
    assert drafted(ayu, **new).status_code == 302
    draft = Round.objects.get()
    assert (draft.visibility, draft.series.desk) == ("restricted", scene.europe)
    # Of a series that no desk keeps nobody is a member.
    Series.objects.create(title="Meetings", slug="meetings", partner=scene.norway.partner)
    new |= {"new_series": "Meetings", "edition": "12"}
    assert list(errors(drafted(ayu, **new))) == ["visibility"]


def test_nothing_that_is_hidden_is_read_out_of_a_release(scene: Scene) -> None:
    """A text that names what only another desk knows tells its reader nothing of it."""
    desk = Desk.objects.create(name="Hidden")
    partner = Partner.objects.create(code="ORG-X", name="Zembla League", kind="organisation")
    series = Series.objects.create(
        title="Hidden title", slug="hidden", partner=partner, kind="human_rights", desk=desk
    )
    topic = Topic.objects.create(slug="hidden-topic", name="Hidden topic")
    hidden = scene.round(series, edition=11, visibility="restricted")
    hidden.topics.add(topic)
    text = "The 11th Indonesia–Zembla League Human Rights Dialogue was held on the hidden topic."
    page = reviewed(signed_in(scene.ayu), text).content.decode()
    assert "Hidden t" not in page
    member: User = person("mira", "Desk officers", desk=desk)
    page = reviewed(signed_in(member), text).content.decode()
    assert "Hidden title" in page
    assert "Hidden topic" in page
