"""Which language a text is in, by its most frequent small words."""

from __future__ import annotations

import re
from collections import Counter

_SMALL_WORDS = {
    "en": "the of and to in on for with was were by that their has will both from at between",
    "id": "yang dan di dengan pada untuk dari oleh ini dalam telah akan juga kedua antara serta"
    " sebagai tersebut dipimpin",
    "fr": "le la les des et du une est ont sur par pour dans avec aux au sont entre leur qui",
    "de": "der die das und den mit von haben wurde fur sich im zur zum auf ist eine dem beide",
    "es": "el los las del y en por con una se su para que entre sobre fue como ambas ambos",
}
LANGUAGES = tuple(_SMALL_WORDS)
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[a-z]+")


def language_of(plain: str) -> str:
    """The code of the likeliest of en, id, fr, de, es; "" where too little is said to tell."""
    counts: Counter[str] = Counter()
    for word in _WORD.findall(plain[:20_000].lower()):
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    best = counts.most_common(2)
    if not best or best[0][1] < 3:
        return ""
    return best[0][0] if len(best) == 1 or best[0][1] > best[1][1] else ""
