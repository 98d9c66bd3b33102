"""Ordinal numbers as words of the text say them: 11th, ke-11, XI, kesebelas, onzième, elfte."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogues.records.intake.text.terms import Token, alternatives

_WORDS = {
    # English, then Indonesian, French, German, Spanish; the place in the list is the number.
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "id": "pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh"
    " kesebelas keduabelas ketigabelas keempatbelas kelimabelas keenambelas ketujuhbelas"
    " kedelapanbelas kesembilanbelas keduapuluh",
    "fr": "premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme"
    " dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme",
    "de": "erste zweite dritte vierte funfte sechste siebte achte neunte zehnte elfte zwolfte"
    " dreizehnte vierzehnte funfzehnte sechzehnte",
    "es": "primera segunda tercera cuarta quinta sexta septima octava novena decima undecima"
    " duodecima decimotercera decimocuarta decimoquinta",
}
_OTHERS = {
    "inaugural": 1, "maiden": 1, "perdana": 1, "premier": 1, "seconde": 2, "primer": 1,
    "tercer": 3, "undecimo": 11,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30}
#: "kedua negara" are both countries, and not the second one.
_BOTH = re.compile(
    r"(?:negara|pihak|belah|delegasi|menteri|menlu|wamenlu|wakil|kementerian|pemerintah|bangsa"
    r"|kepala"
    r"|ketua|pemimpin|presiden|institusi|lembaga|tokoh|pejabat|direktur|dirjen|kubu)$"
)
_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th|e|er|re|eme|ieme|o|a)$")
_ROMAN = re.compile(r"(?=[XVI])(X{0,3})(IX|IV|V?I{0,3})(?:e|er|re|eme)?$")
LARGEST = 120


def _by_word() -> dict[str, int]:
    numbers = dict(_OTHERS)
    for language, words in _WORDS.items():
        for number, word in enumerate(words.split(), start=1):
            numbers[word] = number
            if language == "fr":
                numbers[word + "s"] = number
            if language == "de":
                numbers |= dict.fromkeys((word + ending for ending in "nrsm"), number)
            if language == "es":
                numbers[word[:-1] + "o"] = number
    return numbers


_NUMBERS = _by_word()
#: An ordinal, wherever it stands; for patterns of sentences.
ORDINAL = rf"(?:{alternatives(_NUMBERS)}|ke-\w+|\d{{1,3}}(?:st|nd|rd|th|e|eme))"


def ordinal_at(tokens: Sequence[Token], place: int, plain: str) -> tuple[int, int] | None:
    """The number that an ordinal at this token says, and how many tokens it takes; else None."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.key == "ke" and following and _near(token, following, plain):
        number = int(following.key) if following.key.isdecimal() else _roman(following.written)
        return (number, 2) if number and number <= LARGEST else None
    if token.key in _TENS and following and _near(token, following, plain):
        units = _NUMBERS.get(following.key, 0)
        return (_TENS[token.key] + units, 2) if 0 < units < 10 else None
    if token.key in _NUMBERS:
        return _word(token, following, plain)
    if match := _DIGITS.match(token.key):
        number = int(match[1])
        return (number, 1) if 0 < number <= LARGEST else None
    number = _roman(token.written)
    return (number, 1) if number else None


def _word(token: Token, following: Token | None, plain: str) -> tuple[int, int] | None:
    number = _NUMBERS[token.key]
    if following and token.key.startswith("ke") and plain[token.end] == " ":
        if following.key == "belas" and number < 10:
            return 10 + number, 2
        if following.key == "puluh" and number < 10:
            return 10 * number, 2
        if _BOTH.match(following.key):
            return None
    return number, 1


def _near(one: Token, other: Token, plain: str) -> bool:
    return plain[one.end : other.start] in ("-", " ", "", " -", "- ")


def _roman(written: str) -> int:
    match = _ROMAN.match(written)
    if match is None:
        return 0
    units = {
        "": 0,
        "I": 1,
        "II": 2,
        "III": 3,
        "IV": 4,
        "V": 5,
        "VI": 6,
        "VII": 7,
        "VIII": 8,
        "IX": 9,
    }
    return 10 * len(match[1]) + units[match[2]]


def is_bare(written: str) -> bool:
    """Whether a Roman number is a letter that could as well be a word or an initial."""
    return written in ("I", "V", "X")


_ANOTHER_THING = re.compile(
    r"\s*(?:(?:of|dari|de|du|der|des|del) (?:the )?)?(?:UN |PBB |United Nations )?"
    r"(?:Human Rights Council|Dewan|Majelis|Council|General Assembly|Assembly|Conference|Konferensi"
    r"|Sidang Umum|ASEAN|G20|Committee on|Komite|Conseil|Menschenrechtsrat|Consejo|anniversary"
    r"|century)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"[^.;,]{0,60}?\b(?:in \w+ years|of (?:its|this) (?:kind|type|sort)|in this format|semacam"
    r"|sejenis|dans ce format|in diesem format|de este tipo|since|sejak|semenjak"
    r"|setelah|depuis|seit|desde)\b",
    re.IGNORECASE,
)


def counts_another_thing(plain: str, end: int) -> bool:
    """Whether what stands behind a number is no round: an anniversary, a century, another body."""
    return _ANOTHER_THING.match(plain, end) is not None


def counts_anew(number: int, plain: str, end: int) -> bool:
    """Whether a first one is only the first since something: “the first round since 2019”."""
    return number == 1 and _SINCE.match(plain, end) is not None
