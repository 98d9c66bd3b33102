"""Which dialogue it is: its series, its kind, the other side, and the number of the round."""

from __future__ import annotations

import re

from dialogues.records.intake.finding.meetings import Mention
from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.text.passages import Span
from dialogues.records.intake.text.proposals import Proposal, proposed


def identity_of(subject: Subject) -> dict[str, Proposal]:
    """Which dialogue it is, with whom, of which kind, and which round."""
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
            return proposed(release, fitting[0].title, best.span, slug=fitting[0].slug)
    return proposed(release, _title(subject, best), best.span)


_ROUND_OF = re.compile(
    r"^(?:the )?(?:(?:regular |annual )?(?:round|session|edition|meeting)s? (?:of|for) (?:the"
    r"|their|its)?"
    r"|(?:session|[eé]dition|r[eé]uni[oó]n|rencontre|ronda|edici[oó]n|sesi[oó]n|runde"
    r"|sitzung)\b(?: de la| del| du| de| der| des)?(?: mecanismo de)?"
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
    name = " ".join(" ".join(words).split()).strip(" -–,.()")
    name = _ROUND_OF.sub("", name).strip(" -–,")
    if name.count("(") > name.count(")"):
        name += ")"
    if subject.partner is not None and not mention.parties:
        sides = f"{subject.known.country(subject.known.own)}–{subject.partner.name}"
        name = f"{sides} {name}" if subject.language == "en" else f"{name} {sides}"
    return name[:1].upper() + name[1:]
