"""An officer's way through the intake in a browser, with the keyboard, a phone, and no script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dialogues.models import Round, Topic
from tests import papers
from tests.scene import Scene, scene
from tests.test_browser_admin import admit, editor, examined
from tests.test_browser_pages import found_by_axe
from tests.test_intake import INTAKE, TEXT

__all__ = ["editor", "examined", "scene"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def paste(page: Page, text: str = TEXT) -> None:
    page.goto(INTAKE)
    page.get_by_label("Text:").fill(text)
    page.get_by_label("Published on:").fill("19 Okt 2021")
    page.get_by_role("button", name="Read it").click()


def test_a_release_becomes_a_draft(editor: Page) -> None:
    Topic.objects.create(slug="health", name="Right to health", name_id="Hak atas kesehatan")
    editor.goto("/admin/dialogues/round/")
    editor.get_by_role("link", name="Read a press release").click()
    paste(editor)
    edition = editor.get_by_label("Edition:")
    expect(edition).to_have_value("11")

    # Into the field, and its words are shown; along the number, and back, by keyboard.
    edition.focus()
    expect(editor.locator(".read--shown")).to_have_text(["6 Editionke-11"])
    editor.locator(".review__words a", has_text="Edition").focus()
    editor.keyboard.press("Enter")
    expect(editor).to_have_url(re.compile("#id_edition$"))
    assert editor.evaluate("document.activeElement.id") in ("id_edition", "")

    date = editor.get_by_label("Date:", exact=True)
    expect(date).to_have_value("15 October 2021")
    date.fill("14–15 Okt 2021")
    expect(editor.get_by_text("Understood as 14–15 October 2021")).to_be_visible()
    editor.locator(".review__field", has=editor.locator("#id_city")).get_by_label(
        "Leave out"
    ).check()
    editor.get_by_label("Agreed point").nth(1).fill("Exchange experience")
    editor.get_by_role("button", name="Make the draft").click()

    expect(editor.locator(".messagelist")).to_contain_text("A draft was made of the text")
    record = Round.objects.get()
    assert f"/round/{record.pk}/change/" in editor.url
    assert str(record.date) == "2021-10-14/2021-10-15"
    assert [venue.city for venue in record.venues.all()] == [""]
    assert record.agreed_points.last().text == "Exchange experience"  # type: ignore[union-attr]


def test_an_uploaded_document_is_the_sources_file(editor: Page, scene: Scene) -> None:
    document = papers.docx(*TEXT.split("\n\n"))
    stands = scene.round(scene.russia, edition=11)
    editor.goto(INTAKE)
    editor.get_by_label("File:").set_input_files(
        {"name": "siaran pers.docx", "mimeType": "application/x-any", "buffer": document}
    )
    editor.get_by_role("button", name="Read it").click()
    expect(editor.get_by_label("Keep “siaran pers.docx” with the source")).to_be_checked()
    # A mistake on the way does not lose it.
    editor.get_by_role("button", name="Make the draft").click()
    expect(editor.locator(".errorlist")).to_contain_text("This round stands already")
    editor.get_by_label("Edition:").fill("12")
    editor.get_by_role("button", name="Make the draft").click()
    expect(editor.locator(".messagelist")).to_contain_text("A draft was made of the text")
    record = Round.objects.exclude(pk=stands.pk).get()
    editor.goto(record.get_absolute_url())
    with editor.expect_download() as download:
        editor.get_by_role("link", name="siaran pers.docx").click()
    assert download.value.path().read_bytes() == document


def test_a_mistake_loses_nothing_and_a_second_round_is_not_made(editor: Page, scene: Scene) -> None:
    stands = scene.round(scene.russia, edition=11)
    paste(editor)
    expect(editor.get_by_role("heading", name="It may stand already")).to_be_visible()
    editor.get_by_label("Agreed point").first.fill("Typed by hand")
    editor.get_by_role("button", name="Make the draft").click()
    expect(editor.locator(".errorlist")).to_contain_text("This round stands already")
    expect(editor.get_by_label("Agreed point").first).to_have_value("Typed by hand")
    expect(editor.get_by_role("link", name="Open it:")).to_have_attribute(
        "href", f"/admin/dialogues/round/{stands.pk}/change/"
    )


def test_it_works_without_scripts(chromium: Browser, live_server: Any, scene: Scene) -> None:
    context = chromium.new_context(base_url=live_server.url, locale="en", java_script_enabled=False)
    admit(context, scene, live_server)
    page = context.new_page()
    paste(page)
    page.get_by_role("button", name="Make the draft").click()
    expect(page.locator(".messagelist")).to_contain_text("A draft was made of the text")
    context.close()
    assert Round.objects.get().edition == 11


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_it_fits_and_axe_finds_nothing(examined: Page, width: int, scheme: Any) -> None:
    examined.set_viewport_size({"width": width, "height": 800})
    examined.emulate_media(color_scheme=scheme)
    examined.goto(INTAKE)
    assert found_by_axe(examined) == []
    paste(examined)
    assert examined.evaluate("document.documentElement.scrollWidth") == width
    assert found_by_axe(examined) == []
