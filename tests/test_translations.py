"""The catalogue: whole, found as Django looks it up, and the same bytes whoever compiles it."""

from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.core.management import call_command
from django.template import Context, Template
from django.utils import translation

from dialogues.management.catalogue import files
from dialogues.management.catalogue.complaints import complaints
from dialogues.management.catalogue.extraction import (
    Sentence,
    sentences_of_python,
    sentences_of_template,
)

PYTHON = b"""
_("plain")
gettext("in two " "parts")
gettext_lazy('a "quote"')
ngettext("%(n)s round", "%(n)s rounds", n)
pgettext("link", "Next")
npgettext_lazy("date", "%(n)s day", "%(n)s days", "n")
_(variable)
"""

TEMPLATE = """{% load i18n %}
{% translate "plain" %} {% translate 'a "quote"' %} {% translate "it's 100%" %}
{% translate "Next" context "link" %} {% translate "kept" as word %}{{ word }}
{% blocktranslate %}of {{ own }}: 50% & <b>more</b>{% endblocktranslate %}
{% blocktranslate trimmed with own="x" %}
  over
  two lines
{% endblocktranslate %}
{% blocktranslate count n=2 %}{{ n }} round{% plural %}{{ n }} rounds{% endblocktranslate %}
{% blocktranslate count n=2 context "date" %}a day{% plural %}{{ n }} days{% endblocktranslate %}
{{ nothing|default:_("in a filter") }} {{ _("alone") }} {% firstof nothing _("in a tag") %}
{% comment %}{% translate "left out" %}{% endcomment %}{# {% translate "this too" %} #}
"""


def test_every_sentence_has_its_indonesian_wording() -> None:
    call_command("translations", "--check")


def test_sentences_are_found_in_python() -> None:
    assert set(sentences_of_python(PYTHON)) == {
        Sentence("plain"),
        Sentence("in two parts"),
        Sentence('a "quote"'),
        Sentence("%(n)s round", "%(n)s rounds"),
        Sentence("Next", context="link"),
        Sentence("%(n)s day", "%(n)s days", "date"),
    }


def test_templates_are_read_as_django_looks_their_sentences_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: set[Sentence] = set()

    def note(sentence: Sentence) -> str:
        looked_up.add(sentence)
        return sentence.plural or sentence.id

    listeners: dict[str, Any] = {
        "gettext": lambda id_: note(Sentence(id_)),
        "pgettext": lambda context, id_: note(Sentence(id_, context=context)),
        "ngettext": lambda id_, plural, n: note(Sentence(id_, plural)),
        "npgettext": lambda context, id_, plural, n: note(Sentence(id_, plural, context)),
    }
    for name, listener in listeners.items():
        monkeypatch.setattr(f"django.utils.translation._trans.{name}", listener)
    Template(TEMPLATE).render(Context({"own": "Indonesia"}))

    assert set(sentences_of_template(TEMPLATE)) == looked_up
    assert len(looked_up) == 12


def test_translations_are_kept_and_what_is_no_longer_said_goes() -> None:
    catalogue = written({Sentence("Round"): "Putaran", Sentence("Gone"): "Hilang"})
    following = files.updated(catalogue, {Sentence("Round"), Sentence("New")})

    assert {message.id: message.string for message in following if message.id} == {
        "Round": "Putaran",
        "New": "",
    }


def test_the_files_are_the_same_bytes_whenever_they_say_the_same(tmp_path: Path) -> None:
    sentences = {Sentence("b", "bs"): "B", Sentence("a"): "A", Sentence("a", context="x"): "AX"}
    po = tmp_path / "django.po"
    po.write_bytes(files.as_po(written(sentences)))
    again = files.updated(files.read(po), sentences)

    assert files.as_po(again) == po.read_bytes()
    assert files.as_mo(again) == files.as_mo(written(dict(reversed(sentences.items()))))


def test_the_compiled_file_is_one_that_gettext_reads(tmp_path: Path) -> None:
    mo = tmp_path / "django.mo"
    mo.write_bytes(files.as_mo(written({Sentence("day", "days"): "hari", Sentence("a"): "á"})))
    with mo.open("rb") as file:
        compiled = GNUTranslations(file)

    assert compiled.gettext("a") == "á"
    assert {compiled.ngettext("day", "days", n) for n in (0, 1, 2)} == {"hari"}


def test_the_check_says_what_is_wrong(tmp_path: Path) -> None:
    po, mo = tmp_path / "django.po", tmp_path / "django.mo"
    words = {
        Sentence("Left over"): "Sisa",
        Sentence("Empty"): "",
        Sentence("Guessed"): "Terkaan",
        Sentence("%(n)s of %(all)s"): "%(n)s dari %(semua)s",
        Sentence("<b>Bold</b>"): "Tebal",
        Sentence("%(n)s day", "%(n)s days"): "%(n)s hari",
    }
    catalogue = written(words)
    catalogue["Guessed"].flags.add("fuzzy")
    po.write_bytes(files.as_po(catalogue))
    mo.write_bytes(files.as_mo(written({Sentence("Older"): "Lama"})))
    in_code = set(words) - {Sentence("Left over")} | {Sentence("New")}

    assert list(complaints(in_code, po, mo)) == [
        "not in the catalogue: 'New'",
        "no longer used: 'Left over'",
        "other placeholders or markup than '%(n)s of %(all)s': '%(n)s dari %(semua)s'",
        "other placeholders or markup than '<b>Bold</b>': 'Tebal'",
        "not translated: 'Empty'",
        "marked as fuzzy: 'Guessed'",
        "django.mo is not what django.po compiles to",
    ]


def test_a_catalogue_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    assert list(complaints(set(), tmp_path / "django.po", tmp_path / "django.mo")) == [
        "django.po is not as manage.py translations writes it",
        "django.mo is not what django.po compiles to",
    ]


def test_english_needs_no_catalogue_for_its_plurals() -> None:
    with translation.override("en"):
        said = [translation.ngettext("%(n)s test", "%(n)s tests", n) % {"n": n} for n in (0, 1, 2)]

    assert said == ["0 tests", "1 test", "2 tests"]


def written(words: dict[Sentence, str]) -> Catalog:
    """A catalogue of these sentences and their wordings."""
    catalogue = files.updated(files.new_catalogue("# A test's."), words)
    for (id_, plural, context), wording in words.items():
        message = catalogue.get(id_, context or None)
        assert message is not None
        message.string = (wording,) if plural else wording
    return catalogue
