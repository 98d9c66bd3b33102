"""What a sentence speaks of: the meeting that was held, one that is to come, or one before it."""

from __future__ import annotations

import re

from dialogues.records.intake.text.passages import Sentence, Span
from dialogues.records.intake.words.calendar_words import WEEKDAYS
from dialogues.records.intake.words.ordinals import ORDINAL

_MEETING_EN = r"(?:round|meeting|edition|session|dialogue|dialog|consultations?|talks|commission)"
_MEETING_ID = r"(?:dialog|putaran|pertemuan|konsultasi|sidang|edisi|forum|fkb|skb|jcbc|komisi)"

#: A meeting takes place: what is said beside it is where and when.
HELD = re.compile(
    r"\b(?:held|hosted|hosts|took place|takes place|convened?|conducted|concluded|conclude"
    r"|wound up|wrapped up|opened"
    r"|co-?chaired|chaired|met|organi[sz]ed|gathered|launch(?:ed)?|hold|holds|played host"
    r"|plays host|sat (?:down )?together|came together|inaugurated|began"
    r"|ended"
    r"|meng?gelar|digelar|gelar|menyelenggarakan|diselenggarakan|selenggarakan|terselenggara"
    r"|mengadakan|diadakan|adakan|melaksanakan|dilaksanakan|terlaksana|melangsungkan|dilangsungkan"
    r"|berlangsung|dihelat|menghelat|bertemu|memimpin|dipimpin|menjadi tuan rumah|dituanrumahi"
    r"|dibuka"
    r"|menuntaskan|merampungkan|ditutup|menutup|rampung|duduk bersama|berdialog|berunding"
    r"|s'est(?: \w+)? tenue?|se sont tenue?s|ont tenu|a tenu|a eu lieu|ont eu lieu|s'est deroulee?"
    r"|se sont deroulee?s"
    r"|se sont reunis?|s'est reunie?|copresidee?|presidee?"
    r"|fand|fanden|gefuhrt|abgehalten|stattgefunden|trafen|tagte"
    r"|se celebro|celebraron|celebro|tuvo lugar|tuvieron lugar|se realizo|sostuvieron"
    r"|se llevo a cabo"
    r"|se desarroll(?:o|aron)|llevaron a cabo|fue sede|se reunieron|tuvo como sede)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:will|shall|to be held|to take place|to be hosted|to be convened|is to|are to"
    r"|(?:is|are) (?:planned|scheduled|expected|due|set)|scheduled (?:for|to)"
    r"|looks? forward to (?:hosting|welcoming)|planned for"
    r"|akan|direncanakan|dijadwalkan|merencanakan|berencana|bersiap|diharapkan|rencananya"
    r"|se tiendra|se tiendront|aura lieu|auront lieu|est prevue?|sera|accueillera"
    r"|soll|sollen|wird|werden|ist geplant|geplant"
    r"|se celebrara|tendra lugar|se realizara|sera|esta prevista?|se llevara)\b",
    re.IGNORECASE,
)
#: The cue that a round to come is meant, not just something to come.
_NEXT = re.compile(
    rf"\b(?:next|upcoming|forthcoming|following|future)\b[^.;]{{0,50}}?\b{_MEETING_EN}\b"
    rf"|\b{_MEETING_ID}\b[^.;]{{0,90}}?\b(?:selanjutnya|berikutnya|mendatang|(?:yang )?akan datang"
    rf"|tahun depan)\b"
    r"|\bmeet again|reconvene|kembali bertemu|bertemu (?:kembali|lagi)|\bnext one\b"
    r"|\bse retrouveront|wieder (?:treffen|zusammenkommen)|volveran a reunirse"
    r"|\b(?:next year|tahun depan)\b[^.;]{0,40}(?:turn to host|menjadi tuan rumah)"
    r"|\bprochaine?s?\s(?:\w+ ){0,3}(?:session|dialogue|reunion|ronde|edition|rencontre"
    r"|consultations?)"
    r"|\bnachste[nrs]? (?:\w+ ){0,2}(?:runde|treffen|dialog|menschenrechtsdialog|konsultation\w*"
    r"|sitzung)"
    r"|\bproxim[ao]s? (?:\w+ ){0,2}(?:ronda|reunion|sesion|dialogo|encuentro|edicion|consultas)"
    rf"|\b{_MEETING_EN}\b[^.;]{{0,60}}?\bnext year\b",
    re.IGNORECASE,
)
#: Words that begin to tell of another round; up to the next comma nothing is of this one.
_PREVIOUS = re.compile(
    rf"\b(?:previous|preceding|earlier|last|first) (?:\w+ ){{0,2}}?{_MEETING_EN}\b"
    r"(?! of (?:its|this) (?:kind|type)|[^.;,]{{0,60}}\bsince\b)"
    r"|\bsince (?:its|their|the)\b|\bsebelumnya\b|\bterakhir (?:kali )?(?:digelar|diadakan"
    r"|diselenggarakan)?"
    r"|\bprecedente?\b|\bletzte[nrs]? (?:runde|treffen|dialog)|\bvorherige\w*|\banterior(?:es)?\b",
    re.IGNORECASE,
)
#: What tells of other meetings as a whole.
_ASIDE = re.compile(
    r"\b(?:had been held|was (?:first )?(?:established|launched) in|established in|didirikan pada"
    r"|dibentuk pada"
    r"|sejak (?:tahun )?\d{4}|since \d{4}|baca juga|read also|baca:|cek berita|lihat juga"
    r"|anniversary"
    r"|hubungan diplomatik|diplomatic relations|peringatan \d+ tahun|diteken|ditandatangani)",
    re.IGNORECASE,
)
#: “The first time since 2019”, “the fifth round since 2002” tells of this one.
_FIRST_SINCE = re.compile(
    rf"\b{ORDINAL}\b[^.;]{{0,60}}?\b(?:since|sejak|depuis|seit"
    r"|desde)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:has|have) held (?:similar|regular)|similar (?:dialogues?|mechanisms?|consultations)"
    r"|other dialogues|(?:dialog|forum|mekanisme|konsultasi) (?:serupa|sejenis|lain)"
    r"|sejumlah negara|several countries|secara rutin|belasan kali)\b",
    re.IGNORECASE,
)
POSTPONED = re.compile(
    r"\b(?:postponed|put off|deferred|delayed|ditunda|menunda|ditangguhkan|diundur(?:kan)?"
    r"|reportee?s?|verschoben|aplazad[oa]s?|pospuest[oa]s?)\b",
    re.IGNORECASE,
)
CANCELLED = re.compile(
    r"\b(?:cancelled|canceled|called off|dibatalkan|batal|annulee?s?|abgesagt|cancelad[oa]s?"
    r"|suspendid[oa]s?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:]| (?:and|dan|while|sementara|sedangkan|adapun|et|und|y) ")


def _of_a_day(cue: re.Match[str]) -> bool:
    """Whether “mendatang” belongs to a date before it: “Selasa (12/8) mendatang”."""
    before = cue[0].rsplit(" ", 1)[0]
    return cue[0].lower().endswith("mendatang") and (
        before.endswith(")") or before.rsplit(" ", 1)[-1].lower() in WEEKDAYS
    )


def _to_come(verb: re.Match[str]) -> bool:
    """Whether a verb is one of “will be held”, “akan digelar”."""
    return FUTURE.search(verb.string, max(0, verb.start() - 30), verb.start()) is not None


def _is_aside(text: str) -> bool:
    return _ASIDE.search(text) is not None and _FIRST_SINCE.search(text) is None


class Tense:
    """What is known of a sentence's time once it is known which round the text is about."""

    def __init__(
        self,
        sentence: Sentence,
        *,
        lower: bool,
        higher: bool,
        same: bool,
        of_others: bool = False,
    ) -> None:
        """``lower`` and ``higher``: it names an earlier or a later round; ``same``: this one;
        ``of_others``: it names another dialogue."""
        text = sentence.text
        self.sentence = sentence
        self.held = next((verb for verb in HELD.finditer(text) if not _to_come(verb)), None)
        self.future = FUTURE.search(text)
        self.next = next((cue for cue in _NEXT.finditer(text) if not _of_a_day(cue)), None)
        self.is_ahead = bool(self.next and (self.future or not same)) or (
            higher and bool(self.future or not self.held)
        )
        self.is_higher = higher
        self.is_aside = (
            of_others
            or _OTHERS.search(text) is not None
            or (not same and (lower or _is_aside(text)))
        )
        self.masks = [] if self.is_aside else list(self._masks(same))

    def _masks(self, same: bool) -> list[Span]:
        masks = []
        text, start = self.sentence.text, self.sentence.span.start
        for match in _PREVIOUS.finditer(text):
            end = _CLAUSE.search(text, match.end())
            masks.append(Span(start + match.start(), start + (end.start() if end else len(text))))
        if self.is_ahead and same and self.held and self.next:
            cue = self.next.start()
            if self.held.start() < cue:
                clauses = [found.start() for found in _CLAUSE.finditer(text, 0, cue + 1)]
                masks.append(Span(start + (clauses[-1] if clauses else cue), start + len(text)))
                self.is_ahead = False
        return masks

    def tells(self, span: Span) -> bool:
        """Whether words in the sentence tell of this round, and not of one before or after it."""
        if self.is_ahead or self.is_aside:
            return False
        return not any(mask.overlaps(span) for mask in self.masks)
