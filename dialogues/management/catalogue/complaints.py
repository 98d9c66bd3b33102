"""What is wrong with the catalogue? Each complaint is one line that a person can act on."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from dialogues.management.catalogue import files
from dialogues.management.catalogue.extraction import Sentence

#: What a translation must carry over unchanged: both kinds of placeholder, and markup.
KEPT = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-z]|%[a-z%]|\{\w*\}|</?\w[^>]*>")


def complaints(sentences: set[Sentence], po: Path, mo: Path) -> Iterator[str]:
    """Yield what is missing, left over, unfinished or not compiled; nothing if all is well."""
    known = files.read(po)
    kept = {sentence_of(message) for message in known if message.id}
    for sentence in sorted(sentences - kept):
        yield f"not in the catalogue: {sentence.id!r}"
    for sentence in sorted(kept - sentences):
        yield f"no longer used: {sentence.id!r}"
    for message in known:
        if message.id:
            yield from complaints_of(message)
    yield from complaints_of_files(files.updated(known, kept), po, mo)


def complaints_of(message: Message) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    words = files.wording(message, plural=False)
    if message.fuzzy:
        yield f"marked as fuzzy: {ids[0]!r}"
    if not words:
        yield f"not translated: {ids[0]!r}"
    # Indonesian has one form, which stands for any number: it is measured by the plural.
    elif Counter(KEPT.findall(ids[-1])) != Counter(KEPT.findall(str(words))):
        yield f"other placeholders or markup than {ids[-1]!r}: {words!r}"


def complaints_of_files(catalogue: Catalog, po: Path, mo: Path) -> Iterator[str]:
    """Yield which of the two files are not what the tool would write."""
    if not po.exists() or po.read_bytes() != files.as_po(catalogue):
        yield f"{po.name} is not as manage.py translations writes it"
    if not mo.exists() or mo.read_bytes() != files.as_mo(catalogue):
        yield f"{mo.name} is not what {po.name} compiles to"


def sentence_of(message: Message) -> Sentence:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    return Sentence(ids[0], ids[1] if len(ids) > 1 else "", message.context or "")
