"""Texts with what was asked for marked in them, safely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .asking import Asked, groups_of, wanted

#: The marks PostgreSQL sets: signs that cannot stand in a text as dialogues_plain leaves it.
BEGIN, END = "⟦", "⟧"
MARK = re.compile(f"{BEGIN}([^{END}]*){END}")
OPTIONS = f"HighlightAll=true, StartSel={BEGIN}, StopSel={END}"
#: What dialogues_plain takes out without putting a space.
COMBINING = re.compile("[\u0300-\u036f]")
#: As much of a text is looked through, and so many of the words asked for.
LONGEST_TEXT, MOST_TERMS = 20_000, 30
#: Before the first mark a snippet has some of what leads there.
LEAD = 60


@dataclass(frozen=True)
class Marked:
    """A text, and where in it stands what was asked for."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def whole(self) -> SafeString:
        """All of it, as HTML."""
        return self._html(0, len(self.text))

    def cut(self, length: int) -> SafeString:
        """Where most of what was asked for stands, as HTML of about `length` characters."""
        begin, end = self._window(length)
        html = self._html(begin, end)
        before, after = "… " * (begin > 0), " …" * (end < len(self.text.rstrip()))
        return mark_safe(f"{before}{html}{after}")  # noqa: S308 (escaped piece by piece)

    def _window(self, length: int) -> tuple[int, int]:
        if len(self.text) <= length:
            return 0, len(self.text)
        starts = [start for start, _end in self.spans] or [0]
        fullest = max(
            starts,
            key=lambda start: sum(start <= other < start + length - LEAD for other in starts),
        )
        begin = max(0, min(fullest - LEAD, len(self.text) - length))
        if begin:
            begin = self._next_space(begin, fullest)
        end = min(begin + length, len(self.text))
        if end < len(self.text):
            last = max((stop for _start, stop in self.spans if stop <= end), default=begin)
            end = (
                max(self.text.rfind(" ", begin, end), last) if " " in self.text[begin:end] else end
            )
        return begin, end

    def _next_space(self, begin: int, before: int) -> int:
        space = re.compile(r"\s").search(self.text, begin, before)
        return space.end() if space else begin

    def _html(self, begin: int, end: int) -> SafeString:
        pieces, done = [], begin
        for start, stop in self.spans:
            if begin <= start and stop <= end:
                pieces += [escape(self.text[done:start]), "<mark>"]
                pieces += [escape(self.text[start:stop]), "</mark>"]
                done = stop
        pieces.append(escape(self.text[done:end]))
        return mark_safe("".join(pieces))  # noqa: S308 (escaped piece by piece)


def marked(texts: Iterable[str], asked: str) -> dict[str, Marked]:
    """Each text with the words that `asked` is looking for, in either language. One query.

    What is excluded is not looked for. Nothing of a text is HTML: what is not a mark is escaped.
    """
    terms = wanted(groups_of(asked))[:MOST_TERMS]
    given = [text for text in dict.fromkeys(texts) if text]
    if not terms or not given:
        return {text: Marked(text) for text in given}
    apart = all(term.phrase and " " in term.text.strip() for term in terms)
    return {
        text: Marked(text, _of_phrases(spans, text, terms) if apart else spans)
        for text, spans in zip(given, _spans(given, terms), strict=True)
    }


def _spans(texts: list[str], terms: list[Asked]) -> Iterable[tuple[tuple[int, int], ...]]:
    query = " || ".join(["dialogues_term(%s)"] * len(terms))
    sql = f"""
        SELECT ts_headline('dialogues_en', plain, query, %s),
            ts_headline('dialogues_id', plain, query, %s)
        FROM (SELECT {query} AS query) asked, (
            SELECT place, translate(dialogues_plain(said), '<>&', '   ') AS plain
            FROM unnest(%s::text[]) WITH ORDINALITY AS given (said, place)
        ) texts ORDER BY place
    """  # noqa: S608 (constant SQL)
    with connection.cursor() as cursor:
        shortened = [text[:LONGEST_TEXT] for text in texts]
        cursor.execute(sql, [OPTIONS, OPTIONS, *(term.text for term in terms), shortened])
        rows = cursor.fetchall()
    for text, headlines in zip(shortened, rows, strict=True):
        yield tuple(sorted({span for headline in headlines for span in _located(text, headline)}))


def _located(text: str, headline: str) -> Iterable[tuple[int, int]]:
    """Where in the text the marks of a headline stand, which has none of the text's accents."""
    places = [place for place, char in enumerate(text) if not COMBINING.match(char)]
    if len(headline) - headline.count(BEGIN) - headline.count(END) != len(places):
        return
    for number, mark in enumerate(MARK.finditer(headline)):
        start = mark.start() - 2 * number
        last = start + len(mark[1]) - 1
        stop = places[last + 1] if last + 1 < len(places) else len(text)
        if mark[1]:
            yield places[start], stop


def _of_phrases(
    spans: tuple[tuple[int, int], ...], text: str, terms: list[Asked]
) -> tuple[tuple[int, int], ...]:
    """The marks near others: PostgreSQL marks the words of a phrase wherever they stand."""
    if not spans:
        return ()
    longest = max(len(term.text.split()) for term in terms)

    def together(one: tuple[int, int], other: tuple[int, int]) -> bool:
        return len(re.findall(r"\w+", text[one[1] : other[0]])) <= longest - 2

    near = [together(one, other) for one, other in pairwise(spans)]
    return tuple(
        span
        for span, before, after in zip(spans, [False, *near], [*near, False], strict=True)
        if before or after
    )
