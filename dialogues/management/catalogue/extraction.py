"""Which sentences does the interface have? Read from Python and templates, without gettext's tools.

A sentence is looked up byte for byte, so templates are read by Django's own ``templatize``, which
the template tags agree with; its result is a run of calls between blanked-out words.
"""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

#: Babel's notation: which arguments are sentences, and which one is the context ("c").
PLAIN, PLURAL, CONTEXT, BOTH = (1,), (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": BOTH,
    "npgettext_lazy": BOTH,
}

LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


class Sentence(NamedTuple):
    """What is looked up: a msgid, the plural and the context if it has them."""

    id: str
    plural: str = ""
    context: str = ""


def all_sentences(base: Path) -> set[Sentence]:
    """Return every sentence of the project in ``base``.

    Raises SyntaxError where a template's translation block holds what it must not.
    """
    code = (path for room in ("dialogues", "tracker") for path in base.joinpath(room).rglob("*.py"))
    pages = (path for room in ("dialogues", "templates") for path in base.joinpath(room).rglob("*"))
    found: set[Sentence] = set()
    for path in code:
        if "migrations" not in path.parts:
            found.update(sentences_of_python(path.read_bytes()))
    for path in pages:
        if path.suffix in {".html", ".txt"}:
            found.update(sentences_of_template(path.read_text("utf-8"), str(path)))
    # A catalogue has one entry for both uses of a sentence, the one that also has a plural.
    plurals = {(one.id, one.context) for one in found if one.plural}
    return {one for one in found if one.plural or (one.id, one.context) not in plurals}


def sentences_of_python(source: bytes) -> Iterator[Sentence]:
    """Yield the sentences that a Python file's calls of gettext name."""
    for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        ids = (message,) if isinstance(message, str) else message
        yield Sentence(ids[0], ids[1] if len(ids) > 1 else "", context or "")


def sentences_of_template(source: str, origin: str | None = None) -> Iterator[Sentence]:
    """Yield the sentences of a template's tags and of ``_("…")`` in tags and filters."""
    for name, arguments in CALL.findall(templatize(source, origin)):
        words = [ast.literal_eval(literal) for literal in re.findall(LITERAL, arguments, re.DOTALL)]
        context = words.pop(0) if "pgettext" in name else ""
        yield Sentence(words[0], words[1] if name.startswith("n") else "", context)
