"""Names of months and weekdays in five languages, without accents."""

from __future__ import annotations

from dialogues.dates.months import MONTH_NUMBERS

_MONTHS = {
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
}
_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "id": "senin selasa rabu kamis jumat sabtu minggu",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
}

MONTHS: dict[str, int] = dict(MONTH_NUMBERS)
for _words in _MONTHS.values():
    for _number, _word in enumerate(_words.split(), start=1):
        MONTHS.setdefault(_word, _number)
MONTHS |= {"setiembre": 9, "jänner": 1, "janner": 1}

#: Monday is 0, as in ``date.weekday``.
WEEKDAYS: dict[str, int] = {
    word: number for words in _WEEKDAYS.values() for number, word in enumerate(words.split())
}
WEEKDAYS |= {"jum'at": 4, "ahad": 6, "sonnabend": 5}
