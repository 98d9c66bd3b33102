"""Codes for organisations, made so that none can be taken for a country's."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from dialogues.countries.names import key_of, words_of
from dialogues.countries.words import ISO_CODES

ORGANISATION_CODE_LENGTH = 20
_ORGANISATIONS = {
    "EU": "European Union|Uni Eropa|UE",
    "UN": "United Nations|United Nations Organization|Perserikatan Bangsa-Bangsa|PBB",
    "ASEAN": "Association of Southeast Asian Nations|Perhimpunan Bangsa-Bangsa Asia Tenggara",
    "AFRICAN-UNION": "African Union|Uni Afrika|AU",
    "GCC": "Gulf Cooperation Council|Dewan Kerja Sama Teluk",
    "OIC": "Organisasi Kerja Sama Islam|OKI",
}
_SMALL_WORDS = frozenset({"of", "for", "on", "in", "to", "de", "la", "untuk", "bagi"})


def known_organisation(name: str) -> str | None:
    """The code of a well-known organisation, by a name in either language or its short name."""
    return _known_organisations().get(key_of(name))


def organisation_wordings() -> Iterator[tuple[str, str]]:
    """Each name that a well-known organisation goes by, its short one among them, with its code."""
    for code, names in _ORGANISATIONS.items():
        yield from ((name, code) for name in (code, *names.split("|")))


def organisation_code(name: str, taken: Collection[str]) -> str:
    """A code made of a new organisation's name: no country's, and none of those taken.

    The well-known one if it has one; a short name in capitals as it stands; the initials of three
    words or more; else the name in capitals with hyphens. At most 20 characters.
    """
    code = known_organisation(name) or _coined(name)
    number, numbered = 1, code
    while numbered in ISO_CODES or numbered in taken:
        number += 1
        suffix = f"-{number}"
        numbered = code[: ORGANISATION_CODE_LENGTH - len(suffix)].rstrip("-") + suffix
    return numbered


def _coined(name: str) -> str:
    name = name.strip()
    if re.fullmatch(r"[A-Z0-9][A-Z0-9-]{0,8}[A-Z0-9]", name):
        return name
    words = [word.upper() for word in words_of(name) if word.isascii()]
    significant = [word for word in words if word.lower() not in _SMALL_WORDS]
    if len(significant) >= 3:
        return "".join(word[0] for word in significant)[:ORGANISATION_CODE_LENGTH]
    return "-".join(words)[:ORGANISATION_CODE_LENGTH].strip("-") or "ORG"


@lru_cache(maxsize=1)
def _known_organisations() -> dict[str, str]:
    return {key_of(name): code for name, code in organisation_wordings()}
