"""Files of sources: uploaded, found by their words, downloaded by those who see the round."""

from __future__ import annotations

import html
import io
import os
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from dialogues.models import DESK_OFFICERS, File, Round, RoundWords, Source
from dialogues.models.files import display_name
from dialogues.queries.history import events_of
from dialogues.queries.search.matching import matching_rounds
from dialogues.records.exporting import export_lines
from dialogues.records.parsing import parsed
from dialogues.records.writing import take
from tests import papers
from tests.scene import PASSWORD, Scene, person, scene, signed_in
from tests.test_admin import as_opened, errors, new_round, page_of, said
from tests.test_two_editors import again, asked, in_form

__all__ = ["scene"]

pytestmark = pytest.mark.django_db

PDF = papers.pdf("The delegations spoke of whistleblowers at length.")


@pytest.fixture
def record(scene: Scene) -> Round:
    """A round that Ayu's desk keeps, with a source."""
    record = scene.round(visibility="public", publication="published")
    Source.objects.create(round=record, publisher="The ministry", title="Press release")
    return record


def uploading(content: bytes, name: str, **typed: str) -> dict[str, Any]:
    return {"sources-0-upload": SimpleUploadedFile(name, content), **typed}


def send(client: Client, record: Round, typed: dict[str, Any]) -> Any:
    """Save the round's form as it was opened, with this typed or chosen besides."""
    address = page_of(record)
    return client.post(address, {**as_opened(client, address), **typed})


def on_disk() -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def download(client: Client, source: Source) -> Any:
    return client.get(f"/rounds/{source.round.slug}/sources/{source.pk}/file")


def found(word: str) -> list[str]:
    rounds = matching_rounds(Round.objects.visible_to(AnonymousUser()), word, staff=False)
    return list(rounds.values_list("slug", flat=True))


# --- From the form to the folder ---------------------------------------------------------------


def test_an_officer_uploads_a_release_and_everybody_who_sees_the_round_has_it(
    scene: Scene, record: Round, django_capture_on_commit_callbacks: Any
) -> None:
    ayu = signed_in(scene.ayu)
    with django_capture_on_commit_callbacks(execute=True):
        response = send(ayu, record, uploading(PDF, "Siaran pers “ke-11”.pdf"))
    assert response.status_code == 302, response.context["errors"]
    source = record.sources.select_related("file").get()
    assert source.file
    assert (source.file_name, source.file.kind, source.file.size) == (
        "Siaran pers “ke-11”.pdf", "pdf", len(PDF),
    )  # fmt: skip
    assert source.file.text == "The delegations spoke of whistleblowers at length."
    assert oct(source.file.path.stat().st_mode)[-3:] == "600"

    sent = download(Client(), source)
    assert sent.getvalue() == PDF
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"] == (
        "attachment; filename*=utf-8''Siaran%20pers%20%E2%80%9Cke-11%E2%80%9D.pdf"
    )
    assert sent["Cache-Control"] == "private, no-cache"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = Client().get(source.file_url, headers={"if-none-match": sent["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    page = Client().get(f"/rounds/{record.slug}/").content.decode()
    assert f'href="/rounds/{record.slug}/sources/{source.pk}/file" download' in page
    assert "Siaran pers “ke-11”.pdf" in page


def test_who_may_not_see_the_round_is_told_of_no_file_whatever_they_send(
    scene: Scene, record: Round
) -> None:
    source = record.sources.get()
    papers.carry(source, PDF, "a.pdf")
    assert source.file
    Round.objects.filter(pk=record.pk).update(visibility="restricted")
    address = f"/rounds/{record.slug}/sources/{source.pk}/file"
    etag = f'"{source.file.sha256}"'
    for user, status in (
        (None, 404), (scene.eka, 404), (scene.budi, 404), (scene.citra, 404), (scene.ayu, 304),
    ):  # fmt: skip
        client = signed_in(user) if user else Client()
        assert client.get(address, headers={"if-none-match": etag}).status_code == status
    assert signed_in(scene.ayu).post(address).status_code == 405
    other = scene.round(visibility="public", publication="published")
    assert download(signed_in(scene.ayu), source).getvalue() == PDF
    wrong = f"/rounds/{other.slug}/sources/{source.pk}/file"
    assert signed_in(scene.ayu).get(wrong).status_code == 404


def test_the_same_file_twice_is_one_file_under_two_names(
    scene: Scene, record: Round, django_capture_on_commit_callbacks: Any
) -> None:
    other = scene.round(visibility="public", publication="published")
    Source.objects.create(round=other, publisher="Them")
    ayu = signed_in(scene.ayu)
    content = papers.docx("twice")
    with django_capture_on_commit_callbacks(execute=True):
        send(ayu, record, uploading(content, "one.docx"))
        send(ayu, other, uploading(content, "two.docx"))
    one, two = Source.objects.order_by("pk")
    assert (one.file_name, two.file_name) == ("one.docx", "two.docx")
    assert one.file_id == two.file_id
    assert File.objects.count() == 1
    assert one.file
    assert one.file.sha256 in on_disk()


def test_a_refusal_stands_at_its_field_and_leaves_nothing_behind(
    scene: Scene, record: Round, settings: Any
) -> None:
    settings.LARGEST_FILE = 2048
    before, ayu = on_disk(), signed_in(scene.ayu)
    bomb = papers.with_parts(papers.docx("x"), **{"word/media/a": bytes(101 * 1024 * 1024)})
    for content, name, sentence in (
        (papers.pdf(*["page"] * 30), "a.pdf", "The file has 8.2 KB; at most 2.0 KB are taken."),
        (b"<script>alert(1)</script>", "x.html", "its name should then end in .txt."),
        (
            papers.pdf("x", password="p", cipher="AES-256"),
            "a.pdf",
            "The PDF is locked with a password. Save it without one.",
        ),
        (PDF[:200], "a.pdf", "The PDF is damaged: a part of it is missing or cannot be read."),
    ):
        response = send(ayu, record, uploading(content, name))
        assert response.status_code == 200
        errors = response.context["inline_admin_formsets"][4].formset.errors[0]["file"]
        assert sentence in errors[0].replace("\xa0", " ")
    settings.LARGEST_FILE = len(bomb)
    response = send(ayu, record, uploading(bomb, "bomb.docx"))
    assert "The file unpacks to more than 100 MB." in response.content.decode()
    assert (File.objects.count(), on_disk()) == (0, before)


# --- Chosen, and not saved yet -----------------------------------------------------------------


def back(response: Any) -> dict[str, Any]:
    """What a browser would send of the form that came back, with the files that it shows as chosen,
    and what it says of them."""
    assert response.status_code == 200, "it was saved"
    sent = in_form(response) | {"opened": response.context.get("opened", "")}
    form = response.context["inline_admin_formsets"][4].formset.forms[0]
    ticked = re.findall(r'<input type="checkbox" name="(.*?)" value="(.*?)" checked', str(form))
    return sent | {name: html.unescape(value) for name, value in ticked}


def chosen(response: Any) -> str:
    """The line that tells of the file which is chosen and not saved, or what is said instead."""
    form = response.context["inline_admin_formsets"][4].formset.forms[0]
    widget = str(form["file"])
    lines = re.findall(r"checked>\s*(.*?)\s*</label>|errornote\">(.*?)</p>", widget, re.DOTALL)
    return html.unescape(" | ".join("".join(line) for line in lines)).replace("\xa0", " ")


WILL_BE = "{} · PDF, 710 bytes: chosen, and will be saved; without the tick it is dropped"
ONCE_MORE = "Choose the file once more: it is kept for a day, for whoever chose it."


def test_a_file_stays_chosen_however_often_the_form_comes_back(
    scene: Scene, record: Round, django_capture_on_commit_callbacks: Any
) -> None:
    ayu = signed_in(scene.ayu)
    with django_capture_on_commit_callbacks(execute=True):
        page = send(ayu, record, uploading(PDF, "<script>.pdf", date="the day before"))
    assert chosen(page) == WILL_BE.format("<script>.pdf")
    assert "<script>.pdf" not in page.content.decode()
    page = ayu.post(page_of(record), back(page) | {"sources-0-title": "T" * 501})
    assert chosen(page) == WILL_BE.format("<script>.pdf")
    assert Source.objects.get().file is None
    sent = back(page) | {"date": "2021", "sources-0-title": "Press release"}
    assert ayu.post(page_of(record), sent).status_code == 302
    source = record.sources.get()
    assert source.file_name == "<script>.pdf"
    assert download(ayu, source).getvalue() == PDF
    assert "chosen, and will be saved" not in ayu.get(page_of(record)).content.decode()


def test_what_was_chosen_is_dropped_or_another_chosen_in_its_place(
    scene: Scene, record: Round
) -> None:
    papers.carry(record.sources.get(), b"As it stands", "stands.txt")
    ayu = signed_in(scene.ayu)
    page = send(ayu, record, uploading(PDF, "a.pdf", date="the day before"))
    sent = back(page) | {"date": "2021"}
    other = SimpleUploadedFile("b.txt", b"Another one")
    page = ayu.post(page_of(record), sent | {"sources-0-upload": other, "date": "?"})
    assert chosen(page).startswith("b.txt · plain text, 11 bytes: chosen")
    dropped = back(page) | {"date": "2021"}
    dropped.pop("sources-0-file")
    assert ayu.post(page_of(record), dropped).status_code == 302
    assert record.sources.get().file_name == "stands.txt"


def test_of_very_many_files_the_first_are_taken_and_the_others_asked_for_again(
    scene: Scene, record: Round
) -> None:
    many = {f"sources-{n}-upload": SimpleUploadedFile(f"{n}.txt", b"No. %d" % n) for n in range(22)}
    kinds = {f"sources-{n}-kind": "press_release" for n in range(22)}
    sent = as_opened(signed_in(scene.ayu), page_of(record)) | kinds | many
    page = signed_in(scene.ayu).post(page_of(record), sent | {"sources-TOTAL_FORMS": 22})
    assert page.status_code == 200
    assert File.objects.count() == 20
    words = "At most 20 files are taken at a time. Choose this one again."
    assert page.content.decode().count(words) == 2


def test_a_file_chosen_for_a_new_round_stays_too(scene: Scene) -> None:
    ayu = signed_in(scene.ayu)
    sent = new_round(scene.russia, date="the day before") | {
        "sources-TOTAL_FORMS": 1,
        "sources-0-kind": "news",
        "sources-0-side": "own",
        "sources-0-upload": SimpleUploadedFile("a.pdf", PDF),
    }
    page = ayu.post("/admin/dialogues/round/add/", sent)
    assert chosen(page) == WILL_BE.format("a.pdf")
    sent = back(page) | {"date": "2021", "sources-0-publisher": "The ministry"}
    assert ayu.post("/admin/dialogues/round/add/", sent).status_code == 302
    assert Source.objects.get().file_name == "a.pdf"


def test_what_one_chose_is_attached_by_nobody_else_nor_by_guessing_nor_after_a_day(
    scene: Scene, record: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    ayu, fajar = signed_in(scene.ayu), signed_in(person("fajar", DESK_OFFICERS, desk=scene.europe))
    page = send(ayu, record, uploading(PDF, "a.pdf", date="the day before"))
    reference = back(page)["sources-0-file"]
    file = File.objects.get()
    made_up = f"{file.sha256} pdf {file.size} a.pdf"
    for client, sent in ((fajar, reference), (fajar, made_up), (ayu, made_up), (ayu, "x" * 200)):
        page = send(client, record, {"sources-0-file": sent})
        assert errors(page) == ONCE_MORE
        assert chosen(page) == ""
    later = time.time() + 24 * 60 * 60 + 1
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(time, "time", lambda: later)
        page = ayu.post(
            page_of(record), as_opened(ayu, page_of(record)) | {"sources-0-file": reference}
        )
        assert errors(page) == ONCE_MORE
        assert chosen(page) == "Choose “a.pdf” once more: the file itself is not kept here."
    assert record.sources.get().file is None
    File.objects.all().delete()  # tidied away
    assert errors(send(ayu, record, {"sources-0-file": reference})) == ONCE_MORE


def test_a_file_that_is_chosen_anew_is_not_tidied_away_before_it_is_saved(
    scene: Scene, record: Round, django_capture_on_commit_callbacks: Any
) -> None:
    ayu = signed_in(scene.ayu)
    with django_capture_on_commit_callbacks(execute=True):
        send(ayu, record, uploading(PDF, "a.pdf", date="the day before"))
    path = File.objects.get().path
    os.utime(path, (0, 0))
    page = send(ayu, record, uploading(PDF, "a.pdf", date="the day before"))
    assert tidied() == ("0 gone\n", "")
    assert ayu.post(page_of(record), back(page) | {"date": "2021"}).status_code == 302
    assert record.sources.get().file
    send(ayu, record, {"sources-0-file": ""})
    other = send(ayu, record, uploading(papers.png(), "b.png", date="the day before"))
    assert other.status_code == 200
    assert set(File.objects.values_list("kind", flat=True)) == {"pdf", "png"}


def test_a_file_sent_after_the_session_has_ended_is_there_after_signing_in(
    scene: Scene, record: Round
) -> None:
    ayu = signed_in(scene.ayu)
    sent = as_opened(ayu, page_of(record))
    sent |= {"slip": ayu.get(page_of(record)).context["slip"], "summary": "Typed for an hour"}
    ayu.logout()
    response = ayu.post(page_of(record), sent | uploading(PDF, "a.pdf"))
    [back_to] = parse_qs(urlsplit(response["Location"]).query)["next"]
    signing_in = {"username": "ayu", "password": PASSWORD, "next": back_to}
    page = ayu.post(response["Location"], signing_in, follow=True)
    assert chosen(page) == WILL_BE.format("a.pdf")
    again = back(page) | {"slip": page.context["slip"]}
    assert ayu.post(page_of(record), again).status_code == 302
    record.refresh_from_db()
    assert (record.sources.get().file_name, record.summary) == ("a.pdf", "Typed for an hour")

    # What is refused is not kept, and its name is told; who may not write there keeps nothing.
    sent |= {"slip": ayu.get(page_of(record)).context["slip"]}
    ayu.logout()
    ayu.post(page_of(record), sent | uploading(PDF[:200], "broken.pdf"))
    ayu.force_login(scene.ayu)
    [work] = ayu.get(page_of(record)).context["left_unsaved"]
    page = ayu.get(f"{page_of(record)}?take-up={work.key}")
    assert chosen(page) == "Choose “broken.pdf” once more: the file itself is not kept here."
    ayu.logout()
    Round.objects.filter(pk=record.pk).update(visibility="restricted")
    scene.europe.members.clear()
    ayu.post(page_of(record), sent | uploading(papers.png(), "secret.png"))
    assert [file.kind for file in File.objects.all()] == ["pdf"]


# --- Two files for one source ------------------------------------------------------------------


def test_two_who_give_one_source_a_file_are_asked_which(scene: Scene, record: Round) -> None:
    papers.carry(record.sources.get(), b"As both opened it", "first.txt")
    ayu, fajar = signed_in(scene.ayu), signed_in(person("fajar", DESK_OFFICERS, desk=scene.europe))
    ayus = as_opened(ayu, page_of(record))
    send(fajar, record, uploading(papers.png(), "fajars.png"))
    page = ayu.post(page_of(record), ayus | uploading(PDF, "ayus.pdf"))
    assert [tuple(line.replace("\xa0", " ") for line in told) for told in asked(page)] == [
        (
            "Source Press release · File",
            "first.txt · plain text, 17 bytes",
            "fajars.png · PNG picture, 68 bytes",
            "ayus.pdf · PDF, 710 bytes",
        )
    ]
    assert chosen(page) == WILL_BE.format("ayus.pdf")
    assert record.sources.get().file_name == "fajars.png"

    theirs = ayu.post(page_of(record), again(page, back(page), "theirs") | {"date": "?"})
    assert chosen(theirs) == ""
    assert ayu.post(page_of(record), again(page, back(page), "mine")).status_code == 302
    assert record.sources.get().file_name == "ayus.pdf"
    kept_by_history = events_of(Source).order_by("pgh_id").values_list("file_name", flat=True)
    assert list(kept_by_history) == ["", "first.txt", "fajars.png", "ayus.pdf"]


def test_a_file_that_only_one_of_them_gave_or_took_away_stands_so(
    scene: Scene, record: Round
) -> None:
    ayu, fajar = signed_in(scene.ayu), signed_in(person("fajar", DESK_OFFICERS, desk=scene.europe))
    ayus = as_opened(ayu, page_of(record))
    send(fajar, record, uploading(PDF, "fajars.pdf"))
    page = ayu.post(page_of(record), ayus | {"summary": "Mine"}, follow=True)
    assert "theirs is: Source Press release · File." in said(page)[0]
    assert record.sources.get().file_name == "fajars.pdf"

    ayus = as_opened(ayu, page_of(record))
    send(fajar, record, {"sources-0-file": ""})
    ayu.post(page_of(record), ayus | {"summary": "Mine again"})
    assert record.sources.get().file is None


def test_a_source_that_they_took_away_comes_back_with_its_file(scene: Scene, record: Round) -> None:
    papers.carry(record.sources.get(), PDF, "a.pdf")
    ayu, fajar = signed_in(scene.ayu), signed_in(person("fajar", DESK_OFFICERS, desk=scene.europe))
    opened = ayu.get(page_of(record)).content.decode()
    [reference] = re.findall(r'type="hidden" name="sources-0-file" value="(.*?)"', opened)
    ayus = as_opened(ayu, page_of(record)) | {"sources-0-file": html.unescape(reference)}
    send(fajar, record, {"sources-0-DELETE": "on"})
    page = ayu.post(page_of(record), ayus | {"sources-0-note": "Read"})
    sent = again(page, in_form(page), "mine")
    assert ayu.post(page_of(record), sent).status_code == 302
    source = record.sources.get()
    assert (source.note, source.file_name) == ("Read", "a.pdf")


# --- What fails, and what is taken away ----------------------------------------------------------


def test_what_fails_after_all_leaves_no_file(scene: Scene, record: Round, monkeypatch: Any) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("the disk of the database is full")

    before, ayu = on_disk(), signed_in(scene.ayu)
    monkeypatch.setattr("dialogues.admin.rounds.RoundAdmin.response_change", fail)
    with pytest.raises(RuntimeError):
        send(ayu, record, uploading(PDF, "a.pdf"))
    assert (File.objects.count(), on_disk()) == (0, before)


def test_a_file_is_taken_away_and_history_keeps_it(scene: Scene, record: Round) -> None:
    file = papers.carry(record.sources.get(), PDF, "a.pdf")
    ayu = signed_in(scene.ayu)
    assert found("whistleblower") == [record.slug]
    assert send(ayu, record, {"sources-0-file": ""}).status_code == 302
    source = record.sources.get()
    assert (source.file, source.file_name, found("whistleblower")) == (None, "", [])
    os.utime(file.path, (0, 0))
    call_command("tidy_files", stdout=io.StringIO())
    assert file.path.exists()
    history = ayu.get(page_of(record, "history")).content.decode()
    assert "a.pdf" in history


def test_who_only_reads_the_round_in_the_admin_finds_its_file_there(
    scene: Scene, record: Round
) -> None:
    source = record.sources.get()
    papers.carry(source, papers.png(), "photo.png")
    page = signed_in(scene.budi).get(page_of(record)).content.decode()
    assert f'<a href="{source.file_url}">photo.png</a>' in page
    assert "no text that can be searched" in page
    assert 'type="file"' not in page


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\fakepath\\Siaran  pers.pdf", "Siaran pers.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("release\u202efdp.exe.pdf", "releasefdp.exe.pdf"),
        ("a\x00\n\tb.pdf", "ab.pdf"),
        ("ä" * 300 + ".docx", "ä" * 195 + ".docx"),
        ("…", "…"),
    ],
)
def test_a_name_is_kept_without_folders_and_without_what_is_not_seen(given, kept):
    assert display_name(given) == kept


# --- Its words ---------------------------------------------------------------------------------


def test_a_round_is_found_by_the_words_of_a_file_and_no_stranger_finds_it(
    scene: Scene, record: Round
) -> None:
    assert found("whistleblowers") == []
    papers.carry(record.sources.get(), PDF, "a.pdf")
    assert found("whistleblower") == found('"spoke of whistleblowers"') == [record.slug]
    page = Client().get("/search/?q=whistleblowers").content.decode()
    assert page.count("<mark>whistleblowers</mark>") == 2  # the round, and the source
    assert "In the file of a source" in page

    Round.objects.filter(pk=record.pk).update(visibility="restricted")
    assert found("whistleblower") == []
    for user in (scene.eka, scene.budi, scene.citra):
        page = signed_in(user).get("/search/?q=whistleblowers").content.decode()
        assert "<mark>" not in page
    assert "<mark>" in signed_in(scene.ayu).get("/search/?q=whistleblowers").content.decode()


def test_words_of_long_files_leave_room_for_the_rounds_own(record: Round) -> None:
    long = " ".join(f"word{number}" for number in range(120_000))
    Round.objects.filter(pk=record.pk).update(summary="Its own summary")
    for number in range(3):
        source = Source.objects.create(round=record, title=f"Book {number}")
        papers.carry(source, f"begin{number} {long}".encode(), "book.txt")
    words = RoundWords.objects.get(pk=record.pk).public
    assert len(words) < 1024 * 1024
    for word in ("summary", "press", "begin0", "begin1"):
        assert found(word) == [record.slug], word


# --- Documents over it ------------------------------------------------------------------------


def imported(record: Round, *sources: str) -> list[tuple[str, str]]:
    """Import the round anew with these sources; what each carries afterwards."""
    text = (
        f'{{"slug": "{record.slug}", "series": "{record.series.slug}", "status": "held",'
        f' "visibility": "public", "sources": [{", ".join(sources)}]}}'
    )
    take([parsed(text.encode())])
    rows = Source.objects.filter(round=record).order_by("position", "pk")
    return [(source.title, source.file_name) for source in rows]


def test_an_import_keeps_the_file_of_a_source_that_stays_and_gives_it_to_no_other(
    record: Round,
) -> None:
    first = record.sources.get()
    papers.carry(first, PDF, "a.pdf")
    second = '{"publisher": "Them", "title": "A readout"}'
    same = '{"publisher": "The ministry", "title": "Press release", "note": "read"}'
    renamed = '{"publisher": "Ministry of Foreign Affairs", "title": "Press release"}'
    assert imported(record, second, same) == [("A readout", ""), ("Press release", "a.pdf")]
    assert imported(record, second, renamed) == [("A readout", ""), ("Press release", "a.pdf")]
    assert imported(record, second) == [("A readout", "")]
    assert imported(record, second, same) == [("A readout", ""), ("Press release", "")]


def test_a_source_in_place_of_one_with_a_file_does_not_take_its_file(record: Round) -> None:
    papers.carry(record.sources.get(), PDF, "a.pdf")
    assert imported(record, '{"title": "Something else"}') == [("Something else", "")]


def test_an_export_says_nothing_of_files(record: Round) -> None:
    before = list(export_lines())
    papers.carry(record.sources.get(), PDF, "a.pdf")
    assert list(export_lines()) == before


# --- Tidying -----------------------------------------------------------------------------------


def tidied(*options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("tidy_files", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_only_what_nothing_refers_to_is_tidied_away_and_what_is_missing_is_named(
    record: Round, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    carried = papers.carry(record.sources.get(), PDF, "a.pdf")
    broken_off, unknown = tmp_path / "incoming/tmp1", tmp_path / "files/ab/abc"
    for leftover in (broken_off, unknown):
        leftover.parent.mkdir(exist_ok=True, parents=True)
        leftover.write_bytes(b"x")
    assert tidied() == ("0 gone\n", "")
    for path in (broken_off, unknown, carried.path):
        os.utime(path, (0, 0))
    would = f"would remove {broken_off}\nwould remove {unknown}\n2 to go\n"
    assert tidied("--dry-run") == (would, "")
    assert tidied() == (f"removed {broken_off}\nremoved {unknown}\n2 gone\n", "")
    carried.path.unlink()
    assert tidied() == ("0 gone\n", f"missing: {carried.path}, a.pdf\n")
