"""How the catalogue is kept: a ``.po`` that people edit and the ``.mo`` that Django reads.

Both are the same bytes whenever they say the same: sorted, without dates, line numbers or the name
of the tool. So a merge shows sentences and nothing else, and a check can compare.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dialogues.management.catalogue.extraction import Sentence

LANGUAGE = "id"


class SteadyCatalog(Catalog):
    """A catalogue whose header tells only what never changes, and with Indonesian's one form.

    Babel gives every language it has no plural rule for the two forms of English.
    """

    num_plurals = 1
    mime_headers = property(
        lambda self: [
            ("Language", LANGUAGE),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
        ]
    )


def read(path: Path) -> Catalog:
    """Return what a ``.po`` file holds; an empty catalogue where there is none."""
    if not path.exists():
        return new_catalogue("# Indonesian.")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def new_catalogue(header: str) -> SteadyCatalog:
    return SteadyCatalog(LANGUAGE, header_comment=header, fuzzy=False)


def updated(known: Catalog, sentences: Iterable[Sentence]) -> Catalog:
    """Return a catalogue of exactly these sentences, with the wordings that are known."""
    catalogue = new_catalogue(known.header_comment)
    for id_, plural, context in sorted(sentences):
        old = known.get(id_, context or None)
        catalogue.add(
            (id_, plural) if plural else id_,
            wording(old, bool(plural)),
            flags={"fuzzy"} if old and old.fuzzy else (),
            user_comments=old.user_comments if old else (),
            context=context or None,
        )
    return catalogue


def wording(message: Message | None, plural: bool) -> str | tuple[str, ...]:
    """Return a message's translation, in the shape that a sentence with or without plural has."""
    said = message.string if message else ""
    words = said if isinstance(said, str) else (said or [""])[0]
    return (words,) if plural else words


def as_po(catalogue: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    return out.getvalue().rstrip(b"\n") + b"\n"


def as_mo(catalogue: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()
