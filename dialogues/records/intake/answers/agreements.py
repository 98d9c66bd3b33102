"""What was agreed, sentence by sentence, and what was said of the next round."""

from __future__ import annotations

import re

from dialogues.records.intake.finding.origin import Origin
from dialogues.records.intake.finding.subject import Subject
from dialogues.records.intake.finding.tense import Tense
from dialogues.records.intake.text.passages import Sentence, Span
from dialogues.records.intake.text.proposals import Proposal, proposed

_AGREED = re.compile(
    r"\b(?:agreed|agree to|have agreed|reached (?:an )?agreement|reached (?:a )?consensus"
    r"|committed (?:themselves )?to|commit(?:ted)? themselves|undertook to|resolved to|pledged to"
    r"|reaffirmed their commitment"
    r"|sepakat|bersepakat|menyepakati|disepakati|sepaham|menyetujui|disetujui|berkomitmen"
    r"|(?:mencapai|menghasilkan|membuahkan) (?:\w+ )?(?:kesepakatan|kesepahaman|konsensus"
    r"|komitmen)|bersetuju|setuju"
    r"|(?:they|both|sides|parties|delegations|ministers|countries|heads|chairs) (?:\w+ly |also "
    r"|further |then )?decided (?:to|that|on)"
    r"|(?:kedua|para) \w+(?: juga)? memutuskan"
    r"|sont convenue?s|se sont engagee?s|se sont mis(?:es)? d'accord|ont decide|ont convenu"
    r"|vereinbarten|vereinbart|einigten sich|kamen uberein|verstandigten sich|verpflichteten sich"
    r"|beschlossen|kamen zu der ubereinkunft"
    r"|acordaron|convinieron|se comprometieron|acordo|decidieron|quedaron en)\b",
    re.IGNORECASE,
)
_NOT_AGREED = re.compile(
    r"\b(?:not|n't|never|neither|nor|no|unable to|failed to|yet to|without|cannot|could not|tidak"
    r"|belum|tanpa|gagal|bukan|enggan"
    r"|n'ont pas|ne se sont pas|nicht|keine[nr]?|sin|nunca)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:did not agree|(?:could|can)not agree|could not agree|no agreement|disagreed?"
    r"|agreed to disagree|tidak (?:ber)?sepakat|belum (?:ber)?sepakat|belum (?:ada|mencapai"
    r"|tercapai) kesepakatan"
    r"|tidak (?:ada|mencapai|tercapai|menyepakati|disepakati)|nicht einigen|no acordaron"
    r"|no se acordo|n'ont pas|pas fait l'objet)\b",
    re.IGNORECASE,
)
#: Agreed elsewhere, by others or before, or said of agreeing.
_ELSEWHERE = re.compile(
    r"\b(?:as (?:previously )?agreed|previously agreed|agreed (?:at|in|during) (?:the|their"
    r"|its) (?:previous|last|earlier)|had agreed|as was agreed|mutually agreed"
    r"|to be (?:mutually )?agreed|agreed (?:date|time|agenda|minutes)|yet to be agreed"
    r"|yang (?:telah )?disepakati (?:bersama|sebelumnya|dalam|pada)"
    r"|sebagaimana (?:telah )?(?:disepakati|menyepakati)|seperti (?:yang )?(?:telah )?disepakati"
    r"|telah disepakati sebelumnya|waktu yang disepakati|if .{1,40} agree|apabila disepakati"
    r"|what was agreed"
    r"|hopes? to .{0,40}agree|berharap .{0,60}sepakat|diharapkan .{0,60}(?:sepakat|disepakati))\b",
    re.IGNORECASE,
)
_THIRD_PARTIES = re.compile(
    r"^(?:ASEAN|G20|PBB|UN|Security Council|Member States|negara anggota|para pemimpin ASEAN"
    r"|ASEAN leaders|EU member states)\b",
    re.IGNORECASE,
)
_LIST_FOLLOWS = re.compile(r":\s*$")
_BULLET = re.compile(r"\s*(?:[-*•·▪]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_IF = re.compile(r"(?:jika|if|bila|apabila|should|si|falls|sofern)\b", re.IGNORECASE)
_SHORT = 24


def agreed_points_of(subject: Subject, origin: Origin) -> list[Proposal]:
    """Sentences that state an agreement of this round, and the items of a list of such."""
    points: list[Proposal] = []
    in_list, mark = False, ""
    for tense in subject.tenses:
        sentence = tense.sentence
        # "1." after "(b)" goes on with the paragraphs, and not with the list.
        if in_list and sentence.is_bullet and mark in ("", _mark(sentence)):
            mark = _mark(sentence)
            points.append(_point(subject, _without_bullet(sentence)))
            continue
        states = _states_agreement(subject, tense)
        in_list = states and _LIST_FOLLOWS.search(sentence.text) is not None
        mark = ""
        if states and not in_list:
            span = _without_bullet(sentence)
            points.append(_point(subject, Span(max(span.start, origin.begins(sentence)), span.end)))
    return points


def _mark(sentence: Sentence) -> str:
    """The style of a list's item: by number, by letter, or by a dash or dot."""
    first = sentence.text.lstrip(" (")[:1]
    return "number" if first.isdecimal() else "letter" if first.isalpha() else "dash"


def _point(subject: Subject, span: Span) -> Proposal:
    words = " ".join(subject.release.words(span).split())
    return proposed(subject.release, words, span)


def _without_bullet(sentence: Sentence) -> Span:
    bullet = _BULLET.match(sentence.text)
    start = sentence.span.start + (bullet.end() if bullet and sentence.is_bullet else 0)
    said = re.sub(r"[;,](?: (?:and|dan|et|und|y))?$", "", sentence.text)
    return Span(start, sentence.span.start + len(said))


def _states_agreement(subject: Subject, tense: Tense) -> bool:
    text = tense.sentence.text
    if tense.sentence.is_title or tense.is_aside or _THIRD_PARTIES.match(text):
        return False
    if _REFUSED.search(text) or _ELSEWHERE.search(text):
        return False
    return any(
        not _NOT_AGREED.search(text, max(0, cue.start() - 40), cue.start())
        for cue in _AGREED.finditer(text)
    )


def next_round_of(subject: Subject) -> Proposal | None:
    """What the text says of the round to come, in its own sentence, with its condition."""
    ahead = [
        tense
        for tense in subject.tenses
        if _speaks_of_next(tense) and len(tense.sentence.text) > _SHORT
    ]
    if not ahead:
        return None
    best = next((one for one in ahead if one.future or one.is_ahead), ahead[0])
    span = _without_bullet(best.sentence)
    following = _following(subject, best.sentence)
    if following is not None and _IF.match(following.text):
        span = Span(span.start, following.span.end)
    words = " ".join(subject.release.words(span).split())
    return proposed(subject.release, words, span)


#: What says, without “will”, that a next round is to come.
_ARRANGED = re.compile(
    r"\b(?:look(?:s|ed|ing)? forward|invited|invitation|takes? place|mengundang|diagendakan"
    r"|meet again|bertemu (?:kembali|lagi)|kembali bertemu|menantikan|menjadi tuan rumah"
    r"|se retrouveront|findet?|finden|wieder (?:treffen|zusammenkommen)|volveran a reunirse"
    r"|(?:agreed|sepakat|disepakati|convenue?s|vereinbarten|acordaron)\b[^.;]{0,60}?\b(?:convene"
    r"|hold|host|organi[sz]e|meet|berlangsung|menggelar|digelar|mengadakan|diadakan"
    r"|menyelenggarakan|diselenggarakan|tenir|abzuhalten|celebrar|realizar))\b",
    re.IGNORECASE,
)


def _speaks_of_next(tense: Tense) -> bool:
    if tense.sentence.is_title or tense.is_aside:
        return False
    to_come = tense.is_ahead or tense.next is not None
    if tense.future and to_come:
        return True
    arranged = _ARRANGED.search(tense.sentence.text) is not None
    return arranged and (to_come or tense.is_higher)


def _following(subject: Subject, sentence: Sentence) -> Sentence | None:
    sentences = subject.release.sentences
    place = sentence.number + 1
    return sentences[place] if place < len(sentences) else None
