"""When the round is, or was: the date that the text gives of it, and whether it took place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dialogues.dates import PartialDate
from dialogues.records.intake.finding.days import Day, days_in, in_year_near
from dialogues.records.intake.finding.origin import Origin
from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.finding.tense import CANCELLED, FUTURE, HELD, POSTPONED, Tense
from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.text.proposals import Proposal, proposed
from dialogues.vocabulary import RoundStatus

#: A date that follows these, and no other verb, says when something was said or written.
_SAID = re.compile(
    r"\b(?:kata|ujar|tutur|ungkap|jelas|papar|sebut|tambah|dikutip|dilansir|melansir|menurut"
    r"|keterangan"
    r"|siaran pers|rilis|pernyataan tertulis|dalam pernyataan(?:nya)?|said|told|statement"
    r"|according to|quoted|announced|reported|press release|dimuat"
    r"|declare|annonce|indique|teilte|erklarte|mitteilung|dijo|declaro|informo|comunicado|register"
    r"|mendaftar|pendaftaran)\b",
    re.IGNORECASE,
)
#: And these, when something else began, was signed, or is due.
_OTHER_EVENT = re.compile(
    r"\b(?:sebelum|paling lambat|hingga akhir|since|sejak|signed|diteken|ditandatangani"
    r"|established|founded|ahead of|prior to|after"
    r"|setelah|menjelang|until|visit(?:ed)?|berkunjung|mengunjungi|depuis|seit"
    r"|desde)\s(?:\w+\s){0,3}$"
    # “By 3 May” is a term; “hosted by Sweden yesterday” is none.
    r"|\bby (?:the )?(?:(?:end|middle|beginning) of )?$",
    re.IGNORECASE,
)


def status_of(subject: Subject) -> Proposal | None:
    """Whether the round is planned, was held, put off or called off, as its sentences say."""
    release = subject.release
    for tense in subject.telling():
        if not subject.names_it(tense.sentence):
            continue
        for status, cue in (
            (RoundStatus.POSTPONED, POSTPONED), (RoundStatus.CANCELLED, CANCELLED),
        ):  # fmt: skip
            if match := cue.search(tense.sentence.text):
                return proposed(release, status.value, tense.sentence.at(match))
    for tense in subject.telling():
        match = status_cue(tense)
        if match:
            status = RoundStatus.PLANNED if FUTURE.match(match[0]) else RoundStatus.HELD
            return proposed(release, status.value, tense.sentence.at(match))
    return None


def status_cue(tense: Tense) -> re.Match[str] | None:
    """The word that says that the meeting took place, or that it will."""
    if tense.sentence.is_title and not tense.future:
        return None
    if tense.future and (tense.held is None or tense.future.start() < tense.held.start()):
        near = HELD.search(tense.sentence.text, tense.future.end(), tense.future.end() + 40)
        hosts = re.search(
            r"\b(?:host|take place|accueillera|tiendra|stattfinden|kembali)\b", tense.sentence.text
        )
        return tense.future if near or hosts or tense.sentence.is_title else None
    return tense.held


def date_of(subject: Subject, origin: Origin, status: str | None) -> Proposal | None:
    """The date of the round; None where the text does not say it, or says it of another one."""
    if status in (RoundStatus.POSTPONED, RoundStatus.CANCELLED):
        return None
    anchor = origin.written_on
    ahead = status == RoundStatus.PLANNED
    ranked = sorted(_candidates(subject, origin, ahead), key=lambda row: row[0])
    for _rank, day, span in ranked:
        edtf = day.edtf
        if edtf is None:
            near = anchor or _full_date_near(subject, origin)
            edtf = in_year_near(day.yearless, near, ahead=ahead) if near else None
        if edtf and _possible(edtf, anchor, ahead):
            return proposed(subject.release, edtf, span)
    return None


def _possible(edtf: str, anchor: date | None, ahead: bool) -> bool:
    """Whether what was held is not later than the release, nor what is planned before it."""
    if anchor is None:
        return True
    day = PartialDate.from_edtf(edtf)
    return day.latest >= anchor if ahead else day.earliest <= anchor


Rank = tuple[int, int, int]


def _candidates(subject: Subject, origin: Origin, ahead: bool) -> Iterator[tuple[Rank, Day, Span]]:
    """Dates with how little they are to be believed, the smaller the more."""
    for place, tense in enumerate(subject.telling()):
        sentence = tense.sentence
        named = subject.names_it(sentence)
        if not subject.speaks_of_it(tense, place):
            continue
        for day in days_in(sentence.text, origin.day_first, origin.written_on):
            span = Span(sentence.span.start + day.start, sentence.span.start + day.end)
            if (
                not tense.tells(span)
                or origin.takes(span)
                or _belongs_elsewhere(sentence.text, day)
            ):
                continue
            if day.precision in ("year", "month") and not (named and (tense.held or ahead)):
                continue
            coarse = {"day": 0, "relative": 1, "month": 2, "year": 3}[day.precision]
            told = 0 if named and tense.held else 1 if tense.held else 2 if named else 3
            yield (told if coarse < 2 else told + 4, coarse + place, day.start), day, span


def _belongs_elsewhere(text: str, day: Day) -> bool:
    """Whether the words before a date tie it to something said, signed, or due by then."""
    before = text[max(0, day.start - 120) : day.start]
    if _OTHER_EVENT.search(before[-40:]):
        return True
    said = list(_SAID.finditer(before))
    held = list(HELD.finditer(before))
    if said and (not held or held[-1].start() < said[-1].start()):
        return True
    after = text[day.end : day.end + 30]
    return re.match(r"[)\s,]*(?:said|kata|ujar|tutur)\b", after) is not None


def _full_date_near(subject: Subject, origin: Origin) -> date | None:
    """The latest full date that the text itself has, when nobody says when it was written."""
    latest = None
    for tense in subject.tenses:
        for day in days_in(tense.sentence.text, origin.day_first, None):
            if day.edtf and day.precision == "day" and not tense.is_ahead:
                end = PartialDate.from_edtf(day.edtf).latest
                latest = max(latest, end) if latest else end
    return latest
