"""A press release read by rules: from its text to proposals for the flat sheet's columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogues.records.sheets import COLUMNS

from .agreements import agreed_points_of, next_round_of
from .languages import language_of
from .leaders import heads_of
from .manner import format_of, host_of
from .meetings import Mention
from .origin import Origin, origin_of
from .passages import Release, Span
from .proposals import LISTS, Proposal, proposed
from .subject import Subject, subject_of
from .terms import tokens_of
from .timing import date_of, status_of
from .vocabulary import Vocabulary
from .whereabouts import whereabouts_of


@dataclass(slots=True)
class Reading:
    """What a text says of a round, by the flat sheet's columns; what it doesn't say is absent."""

    language: str
    single: dict[str, Proposal] = field(default_factory=dict)
    many: dict[str, list[Proposal]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.single or self.many)

    def as_json(self) -> dict[str, Any]:
        """The proposals as ``read_release --json`` prints them, in the sheet's order."""
        said: dict[str, Any] = {}
        for column in COLUMNS:
            if column in self.single:
                said[column] = self.single[column].as_json()
            elif self.many.get(column):
                said[column] = [one.as_json() for one in self.many[column]]
        return said


def read_release(text: str, known: Vocabulary, published: date | None = None) -> Reading:
    """What the text of a press release or article proposes for a round's record.

    ``published`` is the day on which it came out; relative dates are counted from it. A text that
    tells of no round proposes nothing. Asks nothing of database or network, and takes time in
    proportion to the text's length.
    """
    release = Release(text)
    language = language_of(release.plain)
    reading = Reading(language)
    subject = subject_of(release, known, language)
    if subject is None:
        return reading
    origin = origin_of(release, known, language, published)
    reading.single |= dict(_identity(subject))
    status = status_of(subject)
    status_value = str(status.value) if status else None
    held = date_of(subject, origin, status_value)
    for column, proposal in (
        ("status", status),
        ("date", held),
        ("format", format_of(subject)),
        ("host", host_of(subject, planned=status_value == "planned")),
        ("next_round_note", next_round_of(subject)),
        ("visibility", _visibility(release)),
    ):
        if proposal is not None:
            reading.single[column] = proposal
    if status_value not in ("postponed", "cancelled"):
        reading.single |= dict(whereabouts_of(subject, origin))
    reading.single |= dict(heads_of(subject, origin))
    reading.single |= origin.proposals
    reading.many = {
        "topics": topics_of(subject),
        "agreed_points": agreed_points_of(subject),
    }
    reading.many = {column: found for column, found in reading.many.items() if found}
    return reading


def _identity(subject: Subject) -> dict[str, Proposal]:
    """Which dialogue it is, with whom, of which kind, and the how manieth round."""
    release = subject.release
    said: dict[str, Proposal] = {"series": _series(subject)}
    if subject.kind is not None:
        mention = next(one for one in subject.mentions if one.kind == subject.kind)
        said["kind"] = proposed(release, subject.kind.value, mention.name)
    if subject.partner is not None and subject.partner_span is not None:
        said["partner"] = proposed(release, subject.partner.name, subject.partner_span)
        said["partner_kind"] = proposed(release, subject.partner.kind, subject.partner_span)
    if subject.edition is not None and subject.edition_span is not None:
        said["edition"] = proposed(release, subject.edition, subject.edition_span)
    return said


def _series(subject: Subject) -> Proposal:
    """The tracker's series of that kind with that partner, else what the text itself calls it."""
    release = subject.release
    best = max(
        subject.mentions,
        key=lambda one: (
            bool(one.parties) and one.has_own,
            bool(one.editions),
            bool(one.parties),
            -one.span.start,
        ),
    )
    if subject.partner is not None:
        fitting = [
            series
            for series in subject.known.series
            if series.partner == subject.partner.code and series.kind == subject.kind
        ]
        if len(fitting) == 1:
            return proposed(release, fitting[0].title, best.span, fitting[0].slug)
    return proposed(release, _title(subject, best), best.span)


_ROUND_OF = re.compile(
    r"^(?:the )?(?:(?:regular |annual )?(?:round|session|edition|meeting)s? (?:of|for) (?:the|their|its)?"
    r"|(?:session|r[eé]uni[oó]n|rencontre|ronda|edici[oó]n|sesi[oó]n|runde|sitzung)\b(?: de la| del| de| der| des)?(?: mecanismo de)?"
    r"|putaran|edisi|pertemuan|sidang(?! komisi))\s*|\s*(?:putaran|edisi|round)$",
    re.IGNORECASE,
)


def _title(subject: Subject, mention: Mention) -> str:
    """A series' title of a dialogue's name: without the number, and with both sides in it."""
    words, place = [], mention.span.start
    for _number, span in sorted(mention.editions, key=lambda one: one[1]):
        words.append(subject.release.words(Span(place, span.start)))
        place = span.end
    words.append(subject.release.words(Span(place, mention.span.end)))
    name = " ".join(" ".join(words).split()).strip(" -–,()")
    name = _ROUND_OF.sub("", name).strip(" -–,")
    if name.count("(") > name.count(")"):
        name += ")"
    if subject.partner is not None and not mention.parties:
        sides = f"{subject.known.country(subject.known.own)}–{subject.partner.name}"
        name = f"{sides} {name}" if subject.language == "en" else f"{name} {sides}"
    return name[:1].upper() + name[1:]


def topics_of(subject: Subject) -> list[Proposal]:
    """The tracker's topics that the text speaks of, each where it is first named."""
    known, release = subject.known, subject.release
    if not known.topics:
        return []
    names = [mention.span for mention in subject.mentions]
    found: dict[str, Proposal] = {}
    for tense in subject.tenses:
        tokens = [
            token
            for token in tokens_of(tense.sentence.text, tense.sentence.span.start)
            if token.key not in {"and", "dan", "the"}
        ]
        # "hak-hak" is the plural of "hak".
        tokens = [
            token
            for token, after in zip(tokens, [*tokens[1:], None], strict=True)
            if after is None or after.key != token.key
        ]
        for term in known.topics.find(tokens, release.plain):
            slug, label = term.value
            if slug not in found and not any(name.overlaps(term.span) for name in names):
                found[slug] = proposed(release, slug, term.span, label)
    return list(found.values())


__all__ = ["LISTS", "Origin", "Reading", "Span", "read_release"]


def _visibility(release: Release) -> Proposal | None:
    """Whether the text says of itself who may read it."""
    match = re.search(
        r"\b(?P<public>for immediate release|untuk disiarkan(?: segera)?)\b"
        r"|^(?P<internal>(?:for )?internal use only|untuk kalangan (?:sendiri|internal))\b",
        release.plain[:2000],
        re.IGNORECASE | re.MULTILINE,
    )
    if match is None:
        return None
    value = "public" if match["public"] else "internal"
    return proposed(release, value, Span(match.start(), match.end()))
