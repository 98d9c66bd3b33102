"""Runs of words that may be somebody's name: what no list of offices has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.words.offices import (
    ALSO_NAMES,
    HONORIFICS,
    PARTICLES,
    is_of_institution,
    is_office,
)

from .parties import Scanned
from .titles import CAPITAL, WORD

HONORIFIC = re.compile(HONORIFICS)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}$")
#: Degrees, which stand behind a name: “, M.A.”.
_DEGREE = re.compile(r"(?:[SM]\.[A-Z]|Ph\.?D|LL\.|M\.?B\.?A|M\.?Sc|S\.E|Lc\b)")
_OF_THE_STATE = re.compile(r"\b(?:Jaksa|Hakim|Mahkamah|Kejaksaan) $")
NEXT_WORD = re.compile(r" ([A-Z][\w'-]+)")
#: Behind a rank: “Brigjen Pol.”, “Letjen TNI (Purn.)”.
_OF_A_RANK = frozenset({"pol", "tni", "purn"})
#: Behind these stands a name, whatever else its first word may mean; and names of two words.
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Drs|Dra|Prof|Bapak|Ibu)\.? $")
_OF_TWO = re.compile(r"Anak Agung\b")


def names_in(plain: str, region: Span, scanned: Scanned) -> Iterator[Span]:
    """Runs of words that may be somebody's name: capitals that no office or country has."""
    run: list[re.Match[str]] = []
    parties = [found.span for found in scanned.parties]
    for word in WORD.finditer(plain, region.start, region.end):
        if _may_be_name(word, run, parties, plain):
            run.append(word)
            continue
        if word[0].lower() in PARTICLES and run:
            run.append(word)
            continue
        yield from _named(run)
        run = []
    yield from _named(run)


def _may_be_name(
    word: re.Match[str], run: list[re.Match[str]], parties: list[Span], plain: str
) -> bool:
    if not CAPITAL.match(word[0]) or _is_short_for(word, run, plain):
        return False
    if run and plain[run[-1].end() : word.start()].strip(" ") != "":
        return False
    if run and run[-1][0].endswith(".") and not _INITIALS.match(run[-1][0]):
        return False
    if any(party.start <= word.start() < party.end for party in parties):
        return False
    key = word[0].rstrip(".").removesuffix("'s").lower()
    if key in ALSO_NAMES and (
        run
        or _OF_TWO.match(plain, word.start())
        or _ADDRESSED.search(plain, max(0, word.start() - 8), word.start())
    ):
        return True
    return (
        key not in _OF_A_RANK
        and not is_of_institution(key)
        and not is_office(key)
        and not (HONORIFIC.fullmatch(word[0]) and not run)
    )


def _is_short_for(word: re.Match[str], run: list[re.Match[str]], plain: str) -> bool:
    """Whether a word in capitals is an office's name, a number or a degree, and no one's name."""
    if plain[max(0, word.start() - 2) : word.start()] == ", " and _DEGREE.match(word[0]):
        return True
    if word[0] == "Agung" and _OF_THE_STATE.search(plain, max(0, word.start() - 12), word.start()):
        return True
    if not word[0].isupper() or "." in word[0]:
        return False
    following = NEXT_WORD.match(plain, word.end())
    if run:
        return len(word[0]) in (2, 3) and not run[-1][0].isupper() and following is None
    return following is not None and not following[1].isupper()


_DEGREE = re.compile(r"(?:[SM]\.[A-Z]|Ph\.?D|LL\.|M\.?B\.?A|M\.?Sc|S\.E|Lc\b)")
_OF_THE_STATE = re.compile(r"\b(?:Jaksa|Hakim|Mahkamah|Kejaksaan) $")
_NEXT = re.compile(r" ([A-Z][\w'-]+)")


def _named(run: list[re.Match[str]]) -> Iterator[Span]:
    while run and (run[-1][0].lower() in PARTICLES or run[-1][0] in ("'", ".")):
        run = run[:-1]
    if not run:
        return
    whole = [word for word in run if not _INITIALS.match(word[0]) or len(word[0].strip(".")) > 2]
    if not whole:
        return
    end = run[-1].end()
    if run[-1][0].endswith(".") and not _INITIALS.match(run[-1][0]):
        end -= 1
    if run[-1][0].endswith("'s"):
        end -= 2
    if len(run) >= 2 or len(run[0][0]) >= 4:
        yield Span(run[0].start(), end)
