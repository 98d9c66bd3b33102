"""Names of countries: from a code to its name, and from whatever people write back to the code."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from babel import Locale

from dialogues.countries.words import (
    AMBIGUOUS,
    ATTRIBUTES,
    ATTRIBUTES_ID,
    ISO_CODES,
    LANGUAGES,
    STATES,
    STATES_ID,
    VARIANTS,
)

# Iran (Islamic Republic of); Korea, Republic of
_INVERTED = re.compile(r"(.+?)\s*[(,]\s*(.+\sof(?:\sthe)?)\s*\)?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def country_name(code: str, language: str = "en") -> str:
    """CLDR's name of an ISO code, in English unless `language` is one of `LANGUAGES`.

    Raises KeyError for what is no country's code.
    """
    if code not in ISO_CODES:
        raise KeyError(code)
    return str(_territories(language if language in LANGUAGES else "en")[code])


@lru_cache(maxsize=len(LANGUAGES))
def all_names(language: str = "en") -> tuple[tuple[str, str], ...]:
    """Every country as (code, name), sorted by name without regard to accents."""
    names = ((code, country_name(code, language)) for code in ISO_CODES)
    return tuple(sorted(names, key=lambda pair: (words_of(pair[1]), pair[0])))


def find_country(text: str, own_names: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """The ISO code that a code, or a name in English or Indonesian, stands for; else None.

    `own_names` are further wordings with their codes; they come before all others but the codes.
    Two letters are always a code: AS is American Samoa; A.S. is Amerika Serikat.
    """
    text = text.strip()
    if text.upper() in ISO_CODES:
        return text.upper()
    own = {key_of(name): code for name, code in own_names.items()}
    return own.get(key_of(text)) or _find(text)


def wordings(languages: Collection[str] = LANGUAGES) -> Iterator[tuple[str, str]]:
    """Each name that a country goes by in these of CLDR's languages, with its code.

    The other wordings in English and Indonesian are among them, whatever the languages.
    """
    for language in languages:
        yield from ((str(_territories(language)[code]), code) for code in sorted(ISO_CODES))
    for code, names in VARIANTS.items():
        yield from ((name, code) for name in names.split("|"))


def nearest_names(text: str, language: str = "en", n: int = 3) -> list[str]:
    """Up to `n` names in `language` of the countries whose names look most like `text`."""
    keys = get_close_matches(key_of(text), _codes_by_key(), n=4 * n)
    codes = dict.fromkeys(code for key in keys if (code := _codes_by_key()[key]))
    return [country_name(code, language) for code in codes][:n]


@lru_cache(maxsize=2048)
def _find(text: str) -> str | None:
    codes = _codes_by_key()
    keys = ("".join(words) for words in _plain_forms(text))
    return next((codes[key] for key in keys if key in codes), None)


def _plain_forms(text: str) -> Iterator[list[str]]:
    """The words of a name, then of what remains without the form of its state."""
    if inverted := _INVERTED.fullmatch(text):
        text = f"{inverted[2]} {inverted[1]}"
    words = words_of(text)
    yield words
    if "of" in words:
        place = words.index("of")
        if words[place - 1] in STATES and set(words[:place]) <= STATES | ATTRIBUTES:
            yield words[place + 1 :]
    if words and words[0] in STATES_ID:
        yield (rest := words[1:])
        while rest and rest[0] in ATTRIBUTES_ID:
            yield (rest := rest[1:])


@lru_cache(maxsize=1)
def _codes_by_key() -> dict[str, str | None]:
    codes: dict[str, str | None] = {key_of(name): code for name, code in wordings()}
    return codes | dict.fromkeys(map(key_of, AMBIGUOUS))


@lru_cache
def _territories(language: str) -> Mapping[str, str]:
    territories: Mapping[str, str] = Locale(language).territories
    return territories


def key_of(text: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Case, accents, punctuation and the little words left out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+", plain)
    return [{"st": "saint"}.get(word, word) for word in words if word not in {"the", "and", "dan"}]
