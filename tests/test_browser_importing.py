"""A file on its way in, in a browser: chosen, looked at, taken over; or refused and put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dialogues.models import Round, Source
from tests import papers
from tests.rounds import whole_round
from tests.scene import Scene, scene
from tests.test_browser_admin import editor, examined
from tests.test_browser_pages import found_by_axe

__all__ = ["editor", "examined", "scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADER = "series;partner;edition;date;city;country\n"


def choose(page: Page, content: str, name: str = "rounds.csv") -> None:
    page.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="See what would come of it").click()


def test_a_sheet_is_refused_put_right_looked_at_and_taken_over(editor: Page, scene: Scene) -> None:
    whole_round(scene.russia)
    editor.goto("/admin/dialogues/round/")
    editor.get_by_role("link", name="Import").click()
    choose(editor, HEADER + "russia-dialogue;RU;11;the day after;;\n")
    expect(editor.locator(".import__errors tbody tr")).to_have_text(
        " 2 date “the day after” is not understood as a date. Write it like 15 October 2021, "
        "5–6 November 2019, October 2021, 2021 or 2021-10-15. "
    )
    expect(editor.get_by_role("button", name="Import just this")).to_have_count(0)
    editor.locator(".breadcrumbs").get_by_role("link", name="Import rounds").click()

    choose(editor, HEADER + "russia-dialogue;RU;11;16 Oct 2021;;\nrussia-dialogue;RU;12;2022;;\n")
    expect(editor.locator(".import__counted")).to_have_text(
        "1 round created, 1 updated, 0 unchanged"
    )
    changed = editor.locator(".import__row").first
    expect(changed.locator("tbody tr")).to_have_text(" Date 15 October 2021 16 October 2021 ")
    assert str(Round.objects.get(edition=11).date) == "2021-10-15"
    editor.get_by_label("Why").fill("As the partner says")
    editor.get_by_role("button", name="Import just this").click()
    expect(editor.locator(".messagelist")).to_have_text(
        "Imported: 1 round created, 1 updated, 0 unchanged."
    )
    assert {str(round_.date) for round_ in Round.objects.all()} == {"2021-10-16", "2022"}


def test_the_chosen_rounds_are_downloaded(editor: Page, scene: Scene) -> None:
    whole_round(scene.russia)
    editor.goto("/admin/dialogues/round/")
    editor.locator("#result_list input.action-select").check()
    editor.locator("select[name=action]").select_option("export_csv")
    with editor.expect_download() as download:
        editor.get_by_role("button", name="Go").click()
    assert download.value.suggested_filename == "rounds.csv"
    assert Path(download.value.path()).read_text().count("\n") > 1


def test_a_source_gets_its_file_and_hands_it_on(editor: Page, scene: Scene) -> None:
    record = scene.round(scene.russia)
    Source.objects.create(round=record, publisher="The ministry")
    editor.goto(f"/admin/dialogues/round/{record.pk}/change/")
    content = papers.docx("They spoke of whistleblowers")
    source = editor.locator("#sources-0")
    source.get_by_label("File:").set_input_files(
        {"name": "notes.docx", "mimeType": "application/msword", "buffer": content}
    )
    # Refused for something else: it stays chosen.
    editor.get_by_label("Date:").first.fill("the day before")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(source.get_by_label("notes.docx")).to_be_checked()
    editor.get_by_label("Date:").first.fill("2021")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(source.get_by_label("notes.docx")).to_have_count(0)
    with editor.expect_download() as download:
        editor.get_by_role("link", name="notes.docx").click()
    assert download.value.suggested_filename == "notes.docx"
    assert Path(download.value.path()).read_bytes() == content


def test_axe_finds_nothing_where_files_come_in(examined: Page, scene: Scene) -> None:
    whole_round(scene.russia)
    examined.goto("/admin/dialogues/round/import/")
    assert found_by_axe(examined) == []
    choose(examined, HEADER + "russia-dialogue;RU;11;2020;;\nrussia-dialogue;RU;x;;;\n")
    assert found_by_axe(examined) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_preview_fits_and_breaks_no_policy(
    editor: Page, scene: Scene, width: int, scheme: Any
) -> None:
    whole_round(scene.russia)
    editor.set_viewport_size({"width": width, "height": 800})
    editor.emulate_media(color_scheme=scheme)
    editor.goto("/admin/dialogues/round/import/")
    choose(editor, HEADER + "russia-dialogue;RU;11;2020;;\nrussia-dialogue;RU;12;2022;;\n")
    expect(editor.locator(".import__row")).to_have_count(2)
    assert editor.evaluate("document.documentElement.scrollWidth") == width
