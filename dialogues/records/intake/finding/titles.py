"""Titles around a name: “Direktur A, B” and “B, Director for A”."""

from __future__ import annotations

import re

from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.words.offices import HONORIFICS, is_of_institution, is_office

from .parties import Scanned

PREFIX = re.compile(
    r"(?:(?i:the|its|his|her|their|and|dan|serta|bersama|with|together|dengan|et|und|y|oleh|by"
    r"|side|pihak) "
    rf"|{HONORIFICS})+"
)
_HONORIFIC_END = re.compile(rf"{HONORIFICS}+$")
WORD = re.compile(r"[A-Za-z][\w'.-]*|[&]|\S")
CAPITAL = re.compile(r"[A-Z][\w'.-]*$")
#: What a title goes on until: the next person, the other side, the verb.
_TITLE_ENDS = re.compile(
    r"[;)\"]|\((?![^()\n]{1,20}\) [A-Z])|,? (?:while|whereas|sementara|sedangkan|adapun|met"
    r"|discussed|bertemu|memimpin|led|leads|headed|chaired"
    r"|co-?chaired|co-?presidee?|yang|who|which|demikian|according|said|kata|ujar|menurut|told"
    r"|mengatakan|menyatakan|mewakili|during|saat|dalam|pada|sebagai ketua|membuka"
    r"|menyampaikan|geleitet|an\b|acted|acting as|served|spoke|thanked|represented|welcomed"
    r"|noted|stressed|expressed|underlined|bertindak|didapuk|menegaskan|mengapresiasi|menekankan"
    r"|menuturkan|menjelaskan|exchanged|reviewed|covered|were|was|will|is|are|has|have|"
    r"dirigeait|conduisait|presidait|a conduit|leitete|encabezo|presidio"
    r"|(?:as|selaku|sebagai|als|como|comme) (?:the )?(?:head|ketua|leiter|jefe|chef))\b"
    r"|,? (?:as|als|como|comme|selaku|sebagai)(?: the)? ?$"
    r"|, (?:the|la|die|el) [\w-]+ (?:ones?|side|delegation|team|delegacion|seite)\b"
    r"|,? (?:di|in) (?=[A-Z][a-z]+(?:[,.]| pada| on))|[.!?]$",
)
CONNECTED = re.compile(r",? (?:and|dan|serta|et|und|y|e|with|bersama|dengan) ")
#: Says what somebody is to the other, and not what they are.
_COUNTERPART = re.compile(
    r"(?:[A-Z][\w-]+ )?(?:counterparts?|homologue|mitra)(?:nya)?,? ?", re.IGNORECASE
)
#: What somebody studied, behind the name: ", S.IP., M.A.".
DEGREES = (
    r"(?:,? (?:[SM]\.[A-Z][A-Za-z]{0,4}\.?|[SM]\.[A-Z]\.[A-Z]?\.?|S\.E\.|Ph\.? ?D\.?|LL\. ?[MB]\."
    r"|\(?Ph\.?D\.?\)|MBA|M\.?Sc\.?|M\.?Phil\.?|CMG|OBE|MBE|KCMG)(?=[,\s(.]))*"
)
LONGEST_TITLE = 220


def title_behind(
    plain: str, name: Span, others: list[Span], region: Span, scanned: Scanned
) -> Span | None:
    """The title that follows a name: “, Director for A”, “ (Direktur B)”, “ selaku Direktur C”."""
    opening = re.compile(
        rf"{DEGREES}(?:, | \(|,? (?:selaku|sebagai|as|in (?:his"
        r"|her) capacity as) )(?:the |yang )?"
    ).match(plain, name.end, region.end)
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
    if not has_title_word(title[:60]):
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
    for match in reversed(list(CONNECTED.finditer(between))):
        rest = between[match.end() :]
        prefix = PREFIX.match(rest)
        rest = rest[prefix.end() :] if prefix else rest
        # "Asie et Pacifique": one word behind "and" is nobody, unless "Mr." stands before it.
        is_name = prefix or " " in plain[name.start : name.end]
        if (is_name and not rest.strip(" ,")) or has_title_word(rest[:40]):
            return start + match.start()
    return None


def title_before(plain: str, span: Span, scanned: Scanned) -> Span | None:
    words = plain[span.start : span.end]
    end = len(words)
    trailing = _HONORIFIC_END.search(words)
    if trailing and has_title_word(words[: trailing.start()]):
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
    words = list(WORD.finditer(plain, span.start, span.end))
    first = next((n for n, word in enumerate(words) if is_office(word[0])), None)
    if first is None:
        return span.start
    while first > 0 and _qualifies(words[first - 1], words[first], plain, scanned, span.start):
        first -= 1
    return words[first].start()


def _qualifies(
    word: re.Match[str], following: re.Match[str], plain: str, scanned: Scanned, start: int
) -> bool:
    return (
        plain[word.end() : following.start()] == " "
        and CAPITAL.match(word[0]) is not None
        and not word[0].endswith("'s")
        and (
            (word.start() == start and not word[0].isupper())
            or is_of_institution(word[0])
            or is_office(word[0])
            or any(p.span.start <= word.start() < p.span.end for p in scanned.parties)
        )
    )


def has_title_word(words: str) -> bool:
    return any(is_office(word) for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", words))


_LOOSE_END = re.compile(r",? (?:and|dan|serta|et|und|y)\s*$")


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
    title = _LOOSE_END.sub("", plain[span.start : end]).rstrip(" ,.:(")
    return Span(span.start, span.start + len(title)) if title else None
