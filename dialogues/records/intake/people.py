"""People in a phrase such as “Mr. A, Director for B, and C, Head of D”: their names and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .meetings import Scanned
from .offices import HONORIFICS, INSTITUTIONS, PARTICLES, TITLES
from .passages import Span
from .terms import Token, keys_of

_PREFIX = re.compile(
    r"(?:(?i:the|its|his|her|their|and|dan|serta|bersama|with|together|dengan|et|und|y|oleh|by|side|pihak) "
    rf"|{HONORIFICS})+"
)
_HONORIFIC_END = re.compile(rf"{HONORIFICS}+$")
_WORD = re.compile(r"[A-Za-z][\w'.-]*|[&]|\S")
_CAPITAL = re.compile(r"[A-Z][\w'.-]*$")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}$")
#: What a title goes on until: the next person, the other side, the verb.
_TITLE_ENDS = re.compile(
    r"[;)\"]|\((?![^()\n]{1,20}\) [A-Z])|,? (?:while|whereas|sementara|sedangkan|adapun|met|discussed|bertemu|memimpin|led|leads|headed|chaired"
    r"|co-?chaired|co-?presidee?|yang|who|which|during|saat|dalam|pada|sebagai ketua|membuka|menyampaikan|geleitet|an\b)\b"
    r"|,? (?:di|in) (?=[A-Z][a-z]+(?:[,.]| pada| on))|[.!?]$",
)
_SIDE_AFTER = re.compile(
    r",? ?(?:\(|on behalf of |mewakili |representing |for |from |of |on |dari |untuk |pour |fur |por )(?:the )?(?:pihak |side of |delegasi )?"
)
_CONNECTED = re.compile(r",? (?:and|dan|serta|et|und|y|e|with|bersama|dengan) ")
#: Says what somebody is to the other, and not what they are.
_COUNTERPART = re.compile(r"(?:[A-Z][\w-]+ )?(?:counterparts?|homologue|mitra)(?:nya)?,? ?", re.IGNORECASE)
LONGEST_TITLE = 220


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


def _person(
    plain: str, region: Span, scanned: Scanned
) -> tuple[PersonFound | None, int]:
    names = list(names_in(plain, region, scanned))
    if not names:
        return None, region.end
    lead_end = _after_prefix(plain, region)
    name = names[0]
    lead = plain[lead_end : name.start]
    if not lead.strip(" ,"):
        title = _title_behind(plain, name, names[1:], region, scanned)
        marker = _marker(plain, title.end if title else name.end, region, scanned)
        end = max(filter(None, (name.end, title and title.end, marker and marker.end)))
        return PersonFound(name, title, marker), end
    if not _has_title_word(lead):
        return None, region.end
    # The title stands before the name: of several names without a comma between the last one.
    for other in names[1:]:
        between = plain[name.end : other.start]
        if between == ", " and " " not in plain[name.start : name.end]:
            name = other  # what a title ends with was no name
            break
        if "," in between or _CONNECTED.search(between) or len(between) > 40:
            break
        name = other
    title = _title_before(plain, Span(lead_end, name.start), scanned)
    marker = _marker(plain, name.end, region, scanned)
    end = marker.end if marker else name.end
    return PersonFound(name, title, marker or _party_in(Span(lead_end, name.start), scanned)), end


def _after_prefix(plain: str, region: Span) -> int:
    place = region.start
    while place < region.end and plain[place] in " ,.:;(":
        place += 1
    match = _PREFIX.match(plain, place, region.end)
    if match is None:
        return place
    # An ambassador who is no more than that keeps the word for a title only if no name follows.
    return match.end()


def names_in(plain: str, region: Span, scanned: Scanned) -> Iterator[Span]:
    """Runs of words that may be somebody's name: capitals that no office or country has."""
    run: list[re.Match[str]] = []
    parties = [found.span for found in scanned.parties]
    for word in _WORD.finditer(plain, region.start, region.end):
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
    if not _CAPITAL.match(word[0]):
        return False
    if run and plain[run[-1].end() : word.start()].strip(" ") != "":
        return False
    if run and run[-1][0].endswith(".") and not _INITIALS.match(run[-1][0]):
        return False
    if any(party.start <= word.start() < party.end for party in parties):
        return False
    key = word[0].rstrip(".").removesuffix("'s").lower()
    return key not in INSTITUTIONS and key not in TITLES and not (
        HONORIFIC.fullmatch(word[0]) and not run
    )


HONORIFIC = re.compile(HONORIFICS)


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


def _title_behind(
    plain: str, name: Span, others: list[Span], region: Span, scanned: Scanned
) -> Span | None:
    """The title that follows a name: “, Director for A”, “ (Direktur B)”, “ selaku Direktur C”."""
    opening = re.compile(r"(?:, S\.H\.|, M\.[A-Z]\w{0,3}\.?)*(?:, | \(|,? (?:selaku|sebagai|as|in (?:his|her) capacity as) )(?:the |yang )?").match(
        plain, name.end, region.end
    )
    if opening is None:
        return None
    start = opening.end()
    limit = min(region.end, start + LONGEST_TITLE)
    if "(" in opening[0]:
        close = plain.find(")", start, limit)
        limit = close if close > 0 else limit
    limit = _title_end(plain, start, limit)
    for other in others:
        begins = _person_begins(plain, start, other) if other.start < limit else None
        if begins is not None:
            limit = begins
            break
    title = plain[start:limit]
    if not _has_title_word(title[:60]):
        return None
    return _without_marker(plain, Span(start, limit), scanned)


def _title_end(plain: str, start: int, limit: int) -> int:
    for end in _TITLE_ENDS.finditer(plain, start, limit):
        if end[0] != ")" or "(" not in plain[start : end.start()]:
            return end.start()
    return limit


def _person_begins(plain: str, start: int, name: Span) -> int | None:
    """Where, before a further name, the words of that person begin; None if it is no person's."""
    between = plain[start : name.start]
    for match in reversed(list(_CONNECTED.finditer(between))):
        rest = between[match.end() :]
        prefix = _PREFIX.match(rest)
        rest = rest[prefix.end() :] if prefix else rest
        if not rest.strip(" ,") or _has_title_word(rest[:40]):
            return start + match.start()
    return None


def _title_before(plain: str, span: Span, scanned: Scanned) -> Span | None:
    words = plain[span.start : span.end]
    end = len(words)
    trailing = _HONORIFIC_END.search(words)
    if trailing and _has_title_word(words[: trailing.start()]):
        end = trailing.start()
    start = _title_begins(plain, span, scanned) - span.start
    title = words[start:end].rstrip(" ,:")
    start += len(title) - len(title.lstrip(" ,"))
    title = title.strip(" ,:")
    if counterpart := _COUNTERPART.match(title):
        start += counterpart.end()
        title = title[counterpart.end() :]
    return Span(span.start + start, span.start + start + len(title)) if title else None


def _title_begins(plain: str, span: Span, scanned: Scanned) -> int:
    """Where a title begins: at its first word of office, or what qualifies that in capitals."""
    words = list(_WORD.finditer(plain, span.start, span.end))
    first = next((n for n, word in enumerate(words) if word[0].lower() in TITLES), None)
    if first is None:
        return span.start
    while first > 0 and _qualifies(words[first - 1], words[first], plain, scanned):
        first -= 1
    return words[first].start()


def _qualifies(
    word: re.Match[str], following: re.Match[str], plain: str, scanned: Scanned
) -> bool:
    return (
        plain[word.end() : following.start()] == " "
        and _CAPITAL.match(word[0]) is not None
        and not word[0].endswith("'s")
        and (
            word[0].lower() in INSTITUTIONS | TITLES
            or any(p.span.start <= word.start() < p.span.end for p in scanned.parties)
        )
    )


def _party_in(lead: Span, scanned: Scanned) -> Span | None:
    """The country of “the UK's Director …” or “her Norwegian counterpart”."""
    return next((p.span for p in scanned.parties if p.value and p.span in lead), None)


def _has_title_word(words: str) -> bool:
    return any(key in TITLES for key in re.findall(r"[a-z]+(?:-[a-z]+)?", words.lower()))


def _without_marker(plain: str, span: Span, scanned: Scanned) -> Span | None:
    """A title without what only says whose head it is: “…, for Indonesia”."""
    end = span.end
    for party in scanned.parties:
        if span.start < party.span.start and party.span.end <= end:
            marker = re.compile(r",? (?:for|pour|fur|por|on behalf of|on|from) (?:the )?$").search(
                plain, span.start, party.span.start
            )
            behind = plain[party.span.end : end].strip(" ,").lower()
            if marker and behind in ("", "side", "side of", "pihak"):
                end = marker.start()
    title = plain[span.start : end].rstrip(" ,.:(")
    return Span(span.start, span.start + len(title)) if title else None


def _marker(plain: str, end: int, region: Span, scanned: Scanned) -> Span | None:
    """A country behind a person: “, for Canada”, “ (Norway)”, “ dari Rusia”."""
    match = _SIDE_AFTER.match(plain, end, region.end)
    if match is None:
        return None
    return next((p.span for p in scanned.parties if p.span.start == match.end() and p.value), None)


def name_keys(plain: str, span: Span) -> tuple[str, ...]:
    return keys_of(plain[span.start : span.end])


__all__ = ["PersonFound", "Token", "name_keys", "names_in", "people_in"]
