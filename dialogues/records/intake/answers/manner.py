"""How the sides met, and who was the host."""

from __future__ import annotations

import re

from dialogues.records.intake.finding.parties import Scanned
from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.finding.tense import FUTURE, Tense
from dialogues.records.intake.text.proposals import Proposal, proposed
from dialogues.vocabulary import Format, Host

_HYBRID = re.compile(
    r"\bhybri(?:d|de[nrms]?)\b(?! (?:threat|war|warfare|attack|vehicle|car|rice|regime))"
    r"|\bhibrid[ao]?\b(?! (?:ancaman))|\b(?:secara|format|mode) bauran\b"
    r"|\b(?:daring|online|virtual\w*)(?: dan | maupun | and | as well as | serta "
    r"| et )(?:secara )?(?:luring|tatap muka|offline|in person|fisik)"
    r"|\b(?:luring|tatap muka|offline|in person|physically|fisik)(?: dan | maupun | and "
    r"| as well as | serta )(?:secara )?(?:daring|online|virtual\w*)",
    re.IGNORECASE,
)
_NOT_HYBRID = re.compile(r"\b(?:ancaman|perang|serangan|menace|amenaza)\w* $", re.IGNORECASE)
_VIRTUAL = re.compile(
    r"\bsecara (?:virtual|daring|online)\b|\bvirtually\b"
    r"|\b(?:via|by|through|over|melalui|lewat|par|per|mittels"
    r"|por) (?:the )?(?:video ?(?:tele)?-?conferenc\w*|videolink|video link|konferensi video"
    r"|konferensi daring|telekonferensi|zoom|webex|teams|visioconference|videoconference"
    r"|videokonferenz|videoconferencia|tautan video|sambungan video|videollamada|video|visio"
    r"|layar|videoschalte)"
    r"|\bper videokonferenz\b|\b(?:held|conducted|met|took place|convened|meeting"
    r"|held their [\w ]{1,40}) (?:online|virtually|remotely)\b"
    r"|\b(?:virtual|online) (?:meeting|format|round|session|dialogue|mode|edition|consultations?)\b"
    r"|\b(?:format|mode|moda|metode|pertemuan|dialog|konsultasi) (?:virtual|daring|online)\b"
    r"|\bdaring\b(?= (?:pada|melalui|dari|hari|,))"
    r"|\b(?:en ligne|a distance|de maniere virtuelle|en format virtuel|de forma virtual"
    r"|de manera virtual|en formato virtual|en linea|virtuell|in virtueller form|im videoformat)\b",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(
    r"\bin[- ]person\b|\bface[- ]to[- ]face\b|\bphysical(?:ly)?(?: meeting"
    r"| format)?\b(?! (?:and mental|education|violence|abuse|health|disabilit))"
    r"|\bsecara (?:fisik|luring|langsung)\b(?! dan tidak)|\btatap muka\b|\bluring\b"
    r"|\ben personne\b|\ben presentiel\b"
    r"|\bpersonlich\b|\bin prasenz\b|\bde forma presencial\b|\bpresencial(?:mente)?\b",
    re.IGNORECASE,
)
#: Words beside which "online" and "in person" are a subject of the talks and not their form.
_NEGATED = re.compile(
    r"\b(?:not|tidak|bukan|instead of|rather than|alih-alih|pas|nicht|no|if|bila|jika"
    r"|apabila)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


#: How some took part is not how the sides met.
_SOME = re.compile(
    r"\b(?:some|several|many|sebagian|beberapa|certains|plusieurs|einige|manche|algunos|varios)\b",
    re.IGNORECASE,
)
#: Who took part, and so how.
_ATTENDED = re.compile(
    r"\b(?:peserta|hadir|mengikuti|bergabung|kehadiran|delegasi|pertemuan (?:ini|tersebut|itu)"
    r"|attended|participants?|delegates|delegations?|joined|took part|travelled"
    r"|first (?:meeting|round|session)|delegationen|teilnehme\w*|participantes|delegaciones)\b",
    re.IGNORECASE,
)


def format_of(subject: Subject) -> Proposal | None:
    """In person, virtual or hybrid, as far as the text says it of this round."""
    for tense in sorted(subject.telling(), key=lambda one: one.sentence.is_title):
        if not (
            tense.held
            or tense.future
            or subject.names_it(tense.sentence)
            or _ATTENDED.search(tense.sentence.text)
        ):
            continue
        if found := _format_in(tense):
            value, match = found
            return proposed(subject.release, value.value, tense.sentence.at(match))
    return None


def _format_in(tense: Tense) -> tuple[Format, re.Match[str]] | None:
    text = tense.sentence.text
    found: dict[Format, re.Match[str]] = {}
    for value, cue in (
        (Format.HYBRID, _HYBRID), (Format.VIRTUAL, _VIRTUAL), (Format.IN_PERSON, _IN_PERSON),
    ):  # fmt: skip
        for match in cue.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()]
            if value != Format.HYBRID and _SOME.search(before):
                continue
            if (
                tense.tells(tense.sentence.at(match))
                and not _NEGATED.search(before)
                and not _NOT_HYBRID.search(before)
            ):
                found.setdefault(value, match)
    if Format.HYBRID in found:
        return Format.HYBRID, found[Format.HYBRID]
    if len(found) == 2:
        return None  # some here, some there: it takes a reader to tell
    return next(iter(found.items()), None)


_HOSTED_BY = re.compile(
    r"\b(?:hosted by|dituanrumahi(?: oleh)?|tuan rumah(?: adalah)?|organise par|accueillie? par"
    r"|ausgerichtet von)\s"
    r"(?:the |pemerintah |kementerian luar negeri |ministry of foreign affairs of |government of "
    r"|le |la |l')*$",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"\s?(?:'s)?\s?(?:government |side |pemerintah )?(?:\(\w+\) )?(?:telah |juga |kembali |yang "
    r"|today |again |which )?"
    r"(?:hosted|hosts|is hosting|was (?:the )?host|as (?:the )?host|acted as host|played host"
    r"|will host"
    r"|(?:menjadi|bertindak (?:sebagai|selaku)|sebagai|selaku|akan menjadi) tuan rumah|menjamu"
    r"|a accueilli|war gastgeber|fue sede|fue el anfitrion|fue anfitrion)\b",
    re.IGNORECASE,
)
_AS_HOST = re.compile(
    r"\b(?:as host,?|selaku tuan rumah,?|sebagai tuan rumah,?|tuan rumah|host(?: country)?,?) $",
    re.IGNORECASE,
)


def host_of(subject: Subject, planned: bool) -> Proposal | None:
    """Which side was the host, where the text says so of this round."""
    for tense in subject.telling():
        scanned = subject.scanned[tense.sentence.number]
        if not planned and tense.future and not tense.held:
            continue
        if found := _host_in(subject, tense, scanned, planned):
            return found
    return None


def _host_in(subject: Subject, tense: Tense, scanned: Scanned, planned: bool) -> Proposal | None:
    plain = subject.release.plain
    for party in scanned.parties:
        if party.value is None or not tense.tells(party.span):
            continue
        start, end = party.span.start, party.span.end
        lead = plain[max(scanned.sentence.span.start, start - 70) : start]
        by = _HOSTED_BY.search(lead) or _AS_HOST.search(lead)
        hosts = _HOSTS.match(plain, end)
        if hosts and hosts.end() <= scanned.sentence.span.end + 1:
            if not planned and FUTURE.search(hosts[0]):
                continue
            side = _side(subject, party.value.code)
            span = type(party.span)(start, hosts.end())
            return proposed(subject.release, side, span) if side else None
        if by:
            side = _side(subject, party.value.code)
            begin = start - len(lead) + by.start()
            return proposed(subject.release, side, type(party.span)(begin, end)) if side else None
    return None


def _side(subject: Subject, code: str) -> str | None:
    if code == subject.known.own:
        return Host.OWN.value
    if subject.partner is None:
        return None
    return Host.PARTNER.value if code == subject.partner.code else Host.THIRD.value
