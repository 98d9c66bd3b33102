"""People in a phrase such as “Mr. A, Director for B, and C, Head of D”: names and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.text.terms import keys_of
from dialogues.records.intake.words.offices import (
    HONORIFICS,
    is_of_institution,
    is_office,
)

from .names import HONORIFIC, NEXT_WORD, names_in
from .parties import Scanned
from .titles import (
    CAPITAL,
    CONNECTED,
    PREFIX,
    WORD,
    has_title_word,
    title_before,
    title_behind,
)

_HONORIFIC_END = re.compile(rf"{HONORIFICS}$")
_SEPARATED = re.compile(rf"(?: [A-Z]\w+){{0,3}}, (?P<honorific>(?:{HONORIFICS})*)")
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
    following = NEXT_WORD.match(plain, name.end)
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
        or _HONORIFIC_END.search(plain, region.start, name.start)
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
