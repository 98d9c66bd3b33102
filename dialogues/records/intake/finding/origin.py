"""Where a text comes from: its headline, who published it, when, and at which address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from dialogues.dates import PartialDate
from dialogues.records.intake.text.passages import Release, Sentence, Span
from dialogues.records.intake.text.proposals import Proposal, proposed
from dialogues.records.intake.text.terms import Found, tokens_of
from dialogues.records.intake.words.vocabulary import Vocabulary

from .days import Day, days_in, in_year_near

_DATELINE = re.compile(r"(.{3,90}?) ?(?:-{1,2}|:)\s+(?=\S)")
_PARTS = re.compile(r"[^,()|/]+(?:/[^,()|/]+)*")
_NAMED_SOURCE = re.compile(
    r"(?:source|sumber|quelle|fuente|published by|diterbitkan oleh|penerbit"
    r"|publisher)\s?:(?!\s*https?:)\s?"
    r"(?P<name>[^\n]{2,100})",
    re.IGNORECASE,
)
_MINISTRY = re.compile(
    r"(?:(?:the )?(?:ministry|department) of foreign affairs|kementerian luar negeri|kemlu\b"
    r"|kemenlu\b"
    r"|kedutaan besar|embassy of|ministere des affaires etrangeres|auswartiges amt|eidgenossisches"
    r"|ministerio de relaciones exteriores|european external action service|eeas\b)[^\n.,;:]{0,70}",
    re.IGNORECASE,
)
_DATED_LINE = re.compile(
    r"(?:published|posted|date|tanggal|terbit|diterbitkan|dimuat|publie|veroffentlicht|publicado"
    r"|datum|fecha)"
    r"(?: on| pada| le| am| el)?\s?:? ?(?=.{4,40})",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:keterangan|siaran pers|rilis|dikutip|dilansir|statement|press release"
    r"|pernyataan)\b[^.;\n]{0,70}$",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"')\]]{4,900}")
_AGENCY = re.compile(r"[A-Z0-9][\w.&' ]{1,40}")
#: Words that no name of a publisher has; a part with one of them is the beginning of a sentence.
_SENTENCE_WORDS = frozenset(
    ["the", "of", "in", "on", "dan", "di", "yang", "untuk", "pada", "telah"]
) - {"the"}


@dataclass(slots=True)
class Origin:
    """What the text says of itself, and when it was written."""

    written_on: date | None
    """The publication date that was given, else the text's own."""
    day_first: bool
    taken: list[Span] = field(default_factory=list)
    """Words that tell of the text and not of the round."""
    proposals: dict[str, Proposal] = field(default_factory=dict)

    def begins(self, sentence: Sentence) -> int:
        """Where a sentence begins to tell: behind its dateline, if it has one."""
        ends = [one.end for one in self.taken if one.start == sentence.span.start]
        return max(ends, default=sentence.span.start)

    def takes(self, span: Span) -> bool:
        return any(one.overlaps(span) for one in self.taken)


def origin_of(release: Release, known: Vocabulary, language: str, published: date | None) -> Origin:
    """The source's keys of the flat sheet, and what else hangs on them."""
    origin = Origin(published, day_first=language != "en")
    if release.title is not None:
        span = release.title.span
        origin.proposals["source_title"] = proposed(release, release.words(span), span)
    _read_dateline(release, known, origin)
    _read_lines(release, origin)
    _read_masthead(release, known, origin)
    if url := _URL.search(release.text):
        end = len(url[0].rstrip(".,;"))
        span = Span(url.start(), url.start() + end)
        origin.proposals["source_url"] = proposed(release, release.words(span), span)
    dated = origin.proposals.get("source_date")
    if origin.written_on is None and dated is not None:
        origin.written_on = PartialDate.from_edtf(str(dated.value)).latest
    return origin


def _read_dateline(release: Release, known: Vocabulary, origin: Origin) -> None:
    """“Jakarta, 15 Oktober 2021 -”, “Jakarta (ANTARA) -”, “KOMPAS.com, Jakarta -”."""
    for sentence in release.body[:6]:
        match = _DATELINE.match(sentence.text)
        if match is None:
            continue
        read = list(_parts_of(match[1], sentence, known, origin))
        kinds = [kind for kind, _part in read]
        if not {"city", "date"} & set(kinds) or "other" in kinds or len(read) > 4:
            continue
        origin.taken.append(Span(sentence.span.start, sentence.span.start + match.end()))
        for kind, part in read:
            if kind == "publisher":
                _propose(origin, "source_publisher", release, part)
            elif kind == "date":
                _propose_date(origin, release, sentence, part)
        return


def _parts_of(
    line: str, sentence: Sentence, known: Vocabulary, origin: Origin
) -> Iterator[tuple[str, Span]]:
    """The parts of what may be a dateline, each with what it is."""
    dates = days_in(line, origin.day_first, origin.written_on)
    covered = [day for day in dates if day.precision == "day"]
    for day in covered:
        yield "date", Span(sentence.span.start + day.start, sentence.span.start + day.end)
    for match in _PARTS.finditer(line):
        part = match[0].strip(" .")
        start = match.start() + (len(match[0]) - len(match[0].lstrip(" .")))
        if not part or any(day.start <= start < day.end for day in covered):
            continue
        span = Span(sentence.span.start + start, sentence.span.start + start + len(part))
        if any(day.start < start + len(part) and start < day.end for day in covered):
            yield "city", span  # a weekday, or a month's remainder
            continue
        yield _kind_of_part(part, known), span


def _kind_of_part(part: str, known: Vocabulary) -> str:
    tokens = tokens_of(part.title() if part.isupper() else part)
    plain = part.title() if part.isupper() else part
    found: list[Found[Any]] = list(known.cities.find(tokens, plain))
    found += known.parties.find(tokens, plain)
    if any(one.first == 0 and one.last == len(tokens) for one in found):
        return "city"
    if days_in(part, True, date(2000, 1, 1)):
        return "city"  # a weekday alone
    words = {word.lower() for word in part.split()}
    is_name = _AGENCY.fullmatch(part) and len(words) <= 5 and not words & _SENTENCE_WORDS
    return "publisher" if is_name else "other"


def _read_lines(release: Release, origin: Origin) -> None:
    """What stands in lines of its own above and beneath the text."""
    sentences = release.sentences
    for sentence in (*sentences[:6], *sentences[-4:]):
        text = sentence.text
        if match := _NAMED_SOURCE.match(text):
            _propose(
                origin, "source_publisher", release, _trimmed(sentence.at(match, "name"), release)
            )
        elif match := _MINISTRY.fullmatch(text.rstrip(" .")):
            _propose(origin, "source_publisher", release, sentence.at(match))
        elif len(text) < 60 and not sentence.is_title:
            _read_dated_line(release, sentence, origin)
    _read_issue(release, origin)


def _read_masthead(release: Release, known: Vocabulary, origin: Origin) -> None:
    """A paper's name in a line of its own, above the city that it was written in."""
    for line, beneath in pairwise(release.body[:5]):
        is_name = _AGENCY.fullmatch(line.text) and len(line.text.split()) <= 5
        alone = release.plain[line.span.end : beneath.span.start] == "\n"
        if (
            is_name
            and alone
            and len(beneath.text) < 30
            and _kind_of_part(beneath.text, known) == "city"
        ):
            _propose(origin, "source_publisher", release, line.span)
            origin.taken.append(beneath.span)
            return


def _read_issue(release: Release, origin: Origin) -> None:
    """The day of the statement that a report quotes: “dalam keterangan Kemlu, Selasa …”."""
    for sentence in release.sentences:
        for day in days_in(sentence.text, origin.day_first, origin.written_on):
            if _ISSUED.search(sentence.text, max(0, day.start - 90), day.start):
                span = Span(sentence.span.start + day.start, sentence.span.start + day.end)
                origin.taken.append(span)
                if day.precision == "day" and day.edtf and "/" not in day.edtf:
                    _propose_date(origin, release, sentence, span)


def _read_dated_line(release: Release, sentence: Sentence, origin: Origin) -> None:
    """A line that holds little but a date: “Tuesday, 19 October 2021”, “Jakarta, 19 Okt 2021”."""
    days = days_in(sentence.text, origin.day_first, origin.written_on)
    days = [day for day in days if day.precision == "day" and day.edtf and "/" not in day.edtf]
    if len(days) != 1:
        return
    rest = len(sentence.text) - (days[0].end - days[0].start)
    if rest <= 20 or _DATED_LINE.match(sentence.text):
        origin.taken.append(sentence.span)
        start = sentence.span.start
        _propose_date(origin, release, sentence, Span(start + days[0].start, start + days[0].end))


def _trimmed(span: Span, release: Release) -> Span:
    words = release.words(span)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip().rstrip(".")))


def _propose(origin: Origin, key: str, release: Release, span: Span) -> None:
    if key not in origin.proposals and span.end > span.start:
        origin.proposals[key] = proposed(release, release.words(span), span)


def _propose_date(origin: Origin, release: Release, sentence: Sentence, span: Span) -> None:
    local = Span(span.start - sentence.span.start, span.end - sentence.span.start)
    days: list[Day] = [
        day
        for day in days_in(sentence.text, origin.day_first, origin.written_on)
        if day.start == local.start and day.end == local.end
    ]
    edtf = days[0].edtf if days else None
    if edtf is None and days and origin.written_on:
        edtf = in_year_near(days[0].yearless, origin.written_on, ahead=False)
    if edtf and "/" not in edtf and "source_date" not in origin.proposals:
        origin.proposals["source_date"] = proposed(release, edtf, span)
