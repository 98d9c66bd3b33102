"""A release's text, cut into the sentences that the rules read; every offset is the text's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

#: No press release comes near it. What is longer is refused before it is read.
LONGEST_TEXT = 200_000
#: Longer than any sentence; a text without full stops is cut here, so that no rule sees more.
LONGEST_SENTENCE = 1_200

_LINE = re.compile(r"[^\n]*\n?")
_BULLET = re.compile(r"\s*(?:[-•*·▪–]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*(?=\s)|\n|;(?=\n)")
#: What ends in a full stop and no sentence does: titles, initials, abbreviations.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.\"'])(?:[A-Z]|[A-Z]{1,2}\.[A-Za-z]{1,4}|Dra|Pol|Purn|Lic|Ing|Excmo|Excma|Rev|Brig|Maj"
    r"|Col|Adm|Capt|Kol|Yth|Sdri|Hj|Ny|Tn|Dipl|Mag|Mr|Mrs|Ms|Dr|Drs|Prof|Hon|Amb|St|Sr|Sra|Mme|Mlle|Plt|Plh|Ir|H\.E|S\.E"
    r"|S\.H|M\.H|M\.A|Ph\.D|No|Jl|Gen|Lt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Ags|Agt|Sept?|Oct|Okt|Nov|Dec"
    r"|Des|Bpk|Sdr|a\.m|p\.m|s\.d|d\.h|dll|dsb|vs|cf|Nr|Bd|u\.a|z\.B|\d{1,2})\.$"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where words stand: from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class Sentence:
    """One sentence; ``number`` counts those of the text, its title included."""

    number: int
    span: Span
    text: str
    """The sentence in plain letters; its offsets begin at ``span.start``."""
    is_title: bool = False
    is_bullet: bool = False
    notes: set[str] = field(default_factory=set)
    """What the rules have found out about it: ``ahead``, ``past``, ``aside``."""

    def at(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Where a match in the sentence stands in the whole text."""
        return Span(self.span.start + match.start(group), self.span.start + match.end(group))


class Release:
    """A text as it was read, with its sentences and what it is called.

    ``plain`` has the text's own length: one kind of dash, quote and space, no accents, and lines
    that only wrap are joined. Rules match there; what they show is cut from ``text``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = _joined(_plain(text))

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    @cached_property
    def sentences(self) -> list[Sentence]:
        spans = list(_sentences(self.plain))
        title = _title_of(self.plain, spans)
        return [
            Sentence(
                number,
                span,
                self.plain[span.start : span.end],
                is_title=span == title,
                is_bullet=_BULLET.match(self.plain, span.start) is not None,
            )
            for number, span in enumerate(spans)
        ]

    @property
    def title(self) -> Sentence | None:
        return next((sentence for sentence in self.sentences if sentence.is_title), None)

    @property
    def body(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if not sentence.is_title]


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    """One letter for one letter, so that offsets stay."""
    if letter in "‐‑‒–—―−﹘﹣－":
        return "-"
    if letter in "‘’‛ʼ´`":
        return "'"
    if letter in "“”„«»‟":
        return '"'
    if letter.isspace() and letter != "\n":
        return " "
    base = unicodedata.normalize("NFKD", letter)[:1]
    return {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}.get(letter, base)


def _plain(text: str) -> str:
    letters = {ord(letter): _plain_letter(letter) for letter in set(text) if not letter.isascii()}
    return text.translate(letters | {ord(letter): " " for letter in "\t\v\f\r"})


def _joined(plain: str) -> str:
    """Put a space for each line end that only wraps a line, as text from a PDF is full of."""
    lines = _LINE.findall(plain)
    widths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = widths[int(len(widths) * 0.9)] if widths else 0
    joined = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        wraps = (
            line.endswith("\n")
            and len(line.rstrip()) > 0.75 * width
            and 40 < width < 160
            and bool(following.strip())
            and not line.rstrip().endswith((".", "!", "?", ":", ";"))
            and not _BULLET.match(following)
        )
        joined.append(line[:-1] + " " if wraps else line)
    return "".join(joined)


def _sentences(plain: str) -> list[Span]:
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(plain):
        if match[0] != "\n" and _goes_on(plain, match):
            continue
        spans += _cut(plain, start, match.end())
        start = match.end()
    return [*spans, *_cut(plain, start, len(plain))]


def _goes_on(plain: str, end: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation, or small letters follow it."""
    if plain[end.start()] == "." and _ABBREVIATED.search(
        plain, max(0, end.start() - 8), end.start() + 1
    ):
        return True
    following = plain[end.end() : end.end() + 3].strip(" \"'(")
    return following[:1].islower()


def _cut(plain: str, start: int, end: int) -> list[Span]:
    """The words between two ends, without white space around; in pieces if there are too many."""
    piece = plain[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return [
        Span(place, min(place + LONGEST_SENTENCE, end))
        for place in range(start, end, LONGEST_SENTENCE)
    ]


#: A headline's lines: what says of itself only that it is a release is none.
_HEADING = re.compile(
    r"(?:(?:joint |for immediate )?(?:press |media |news )?(?:release|statement|advisory|note)"
    r"|siaran pers(?: bersama)?|rilis(?: pers)?|pernyataan (?:pers )?bersama|berita|keterangan pers"
    r"|communique(?: de presse)?|pressemitteilung|medienmitteilung|comunicado(?: de prensa)?"
    r"|untuk disiarkan segera|for immediate release|unofficial translation"
    r"|kementerian luar negeri.*"
    r"|ministry of foreign affairs.*|no(?:mor)?[.:].*|ref[.:].*)\W*\d*\W*$",
    re.IGNORECASE,
)


def _title_of(plain: str, spans: list[Span]) -> Span | None:
    """The first line, if it stands like a headline: alone, not too long, with text beneath."""
    for place, span in enumerate(spans[:6]):
        line = plain[span.start : span.end]
        if _HEADING.match(line):
            continue
        ends = plain[span.end : span.end + 1] in ("\n", "")
        is_headline = (
            ends
            and len(spans) > place + 1
            and 10 <= len(line) <= 220
            and not line.endswith((".", ";", ","))
            and len(line.split()) >= 3
        )
        return span if is_headline else None
    return None
