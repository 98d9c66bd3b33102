"""People in a phrase such as “Mr. A, Director for B, and C, Head of D”: names and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .offices import ALSO_NAMES, HONORIFICS, PARTICLES, is_of_institution, is_office
from .parties import Scanned
from .passages import Span
from .terms import keys_of
from .titles import (
    CAPITAL,
    CONNECTED,
    PREFIX,
    WORD,
    has_title_word,
    title_before,
    title_behind,
)

HONORIFIC = re.compile(HONORIFICS)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}$")
_SIDE_AFTER = re.compile(
    r",? ?(?:(?:selaku|sebagai) ketua delegasi |as (?:the )?head of (?:the )?(?:delegation of )?|\("
    r"|on behalf of |mewakili |representing |for |from |of |on |dari |untuk |pour |fur "
    r"|por )(?:the )?(?:pihak |side of |delegasi )?"
)


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person's name and title as they stand in the text."""

    name: Span
    title: Span | None
    marker: Span | None = None
    """A country's name that stands behind it to say whose head this is."""


def people_in(plain: str, region: Span, scanned: Scanned) -> Iterator[PersonFound]:
    """The people of a phrase, in their order."""
    place = region.start
    while place < region.end:
        person, place = _person(plain, Span(place, region.end), scanned)
        if person is None:
            return
        yield person


def _person(plain: str, region: Span, scanned: Scanned) -> tuple[PersonFound | None, int]:
    names = [name for name in names_in(plain, region, scanned) if not _of_title(plain, name)]
    if not names:
        return None, region.end
    lead_end = _after_prefix(plain, region)
    name = names[0]
    lead = plain[lead_end : name.start]
    if not lead.strip(" ,") or _goes_on_with(lead, scanned, lead_end):
        title = title_behind(plain, name, names[1:], region, scanned)
        marker = _marker(plain, title.end if title else name.end, region, scanned)
        end = max(span.end for span in (name, title, marker) if span)
        return PersonFound(name, title, marker), end
    if not has_title_word(lead):
        return None, region.end
    # The title stands before the name: of several names without a comma between the last one.
    for other in names[1:]:
        between = plain[name.end : other.start]
        if _ends_title(plain, name, other, region):
            name = other
            continue
        if " " not in plain[name.start : name.end] and not _begins_another(between):
            name = other  # a word of the title that no list has
            continue
        if "," in between or CONNECTED.search(between) or len(between) > 40:
            break
        name = other
    title = title_before(plain, Span(lead_end, name.start), scanned)
    marker = _marker(plain, name.end, region, scanned)
    end = marker.end if marker else name.end
    return PersonFound(name, title, marker or _party_in(Span(lead_end, name.start), scanned)), end


def _of_title(plain: str, name: Span) -> bool:
    """Whether one word, which nobody listed, belongs to the office behind it: “Divisional
    Manager”."""
    following = _NEXT.match(plain, name.end)
    return (
        following is not None
        and " " not in plain[name.start : name.end]
        and (is_office(following[1]) or is_of_institution(following[1]))
        and HONORIFIC.match(plain, name.end + 1) is None
    )


def _ends_title(plain: str, name: Span, other: Span, region: Span) -> bool:
    """Whether what looks like a name only ends a title, since the name stands between commas
    behind it: “Kepala Pusat Kerukunan Umat, Dr. A, memimpin”."""
    between = plain[name.end : other.start]
    before = plain[max(region.start, name.start - 2) : name.start]
    separated = _SEPARATED.fullmatch(between)
    if (
        separated is None
        or before.startswith(",")
        or HONORIFIC_END.search(plain, region.start, name.start)
    ):
        return False
    ends = plain[other.end : other.end + 1] in (",", "", ".") or other.end >= region.end - 1
    return bool(separated["honorific"]) or (ends and " " in plain[other.start : other.end])


def _goes_on_with(lead: str, scanned: Scanned, start: int) -> bool:
    """Whether the words before a name only end what was said of somebody before: “… from the
    Norwegian Ministry of Foreign Affairs and Mr. B”."""
    connected = next(reversed(list(CONNECTED.finditer(lead))), None)
    if connected is None or has_title_word(lead):
        return False
    rest = lead[connected.end() :]
    prefix = PREFIX.match(rest)
    before = WORD.finditer(lead, 0, connected.start())
    return not rest[prefix.end() if prefix else 0 :].strip(" ,") and all(
        not CAPITAL.match(word[0])
        or is_of_institution(word[0])
        or any(one.span.start <= start + word.start() < one.span.end for one in scanned.parties)
        for word in before
    )


def _begins_another(between: str) -> bool:
    """Whether the words between two names begin another person's title or honorifics."""
    connected = CONNECTED.search(between)
    if connected is None:
        return False
    rest = between[connected.end() :]
    word = WORD.match(rest)
    return not word or has_title_word(rest) or PREFIX.match(rest) is not None


def _after_prefix(plain: str, region: Span) -> int:
    place = region.start
    while place < region.end and plain[place] in " ,.:;()0123456789":  # past "2. " too
        place += 1
    match = PREFIX.match(plain, place, region.end)
    if match is None:
        return place
    # An ambassador who is no more than that keeps the word for a title only if no name follows.
    return match.end()


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
    following = _NEXT.match(plain, word.end())
    if run:
        return len(word[0]) in (2, 3) and not run[-1][0].isupper() and following is None
    return following is not None and not following[1].isupper()


_DEGREE = re.compile(r"(?:[SM]\.[A-Z]|Ph\.?D|LL\.|M\.?B\.?A|M\.?Sc|S\.E|Lc\b)")
_OF_THE_STATE = re.compile(r"\b(?:Jaksa|Hakim|Mahkamah|Kejaksaan) $")
_NEXT = re.compile(r" ([A-Z][\w'-]+)")
HONORIFIC_END = re.compile(rf"{HONORIFICS}$")
_SEPARATED = re.compile(rf"(?: [A-Z]\w+){{0,3}}, (?P<honorific>(?:{HONORIFICS})*)")
#: Behind a rank: “Brigjen Pol.”, “Letjen TNI (Purn.)”.
_OF_A_RANK = frozenset({"pol", "tni", "purn"})
#: Behind these stands a name, whatever else its first word may mean; and names of two words.
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Drs|Dra|Prof|Bapak|Ibu)\.? $")
_OF_TWO = re.compile(r"Anak Agung\b")


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


def _party_in(lead: Span, scanned: Scanned) -> Span | None:
    """The country of “the UK's Director …” or “her Norwegian counterpart”."""
    return next((p.span for p in scanned.parties if p.value and p.span in lead), None)


def _marker(plain: str, end: int, region: Span, scanned: Scanned) -> Span | None:
    """A country behind a person: “, for Canada”, “ (Norway)”, “ dari Rusia”."""
    match = _SIDE_AFTER.match(plain, end, region.end)
    if match is None:
        return None
    return next((p.span for p in scanned.parties if p.span.start == match.end() and p.value), None)


def name_keys(plain: str, span: Span) -> tuple[str, ...]:
    return keys_of(plain[span.start : span.end])
