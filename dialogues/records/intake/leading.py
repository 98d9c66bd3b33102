"""The words by which releases say who led a delegation."""

from __future__ import annotations

import re

_BY = r"(?:oleh |by |par |por |von |durch )"
#: “was led by …”: who leads stands behind.
LED_BY = re.compile(
    r"\b(?P<joint>co-?chaired|co-?led|co-?presidee?|copresidee?|copresidida|(?:jointly"
    r"|bersama-sama) (?:chaired|led|dipimpin)|(?:di)?pimpin (?:secara )?bersama(?:-sama)?"
    r"|(?:chaired|led|headed) jointly|diketuai bersama|gemeinsam geleitet)"
    rf"(?: langsung)? {_BY}"
    rf"|\b(?:dipimpin|diketuai|dikepalai|diwakili)(?: langsung| secara langsung)? (?:{_BY})?"
    r"|\b(?:led|headed|chaired|represented|conduite?|dirigee?|presidee?|menee?|encabezada|presidida"
    rf"|liderada|wurde|stand unter der leitung) {_BY}",
    re.IGNORECASE,
)
#: “sementara Rusia oleh …”, “and the Malaysian side by …”: the verb is that of the other side.
ALSO_BY = re.compile(rf"(?<=[a-z]) {_BY}", re.IGNORECASE)
SIDE_SWITCH = re.compile(
    r",? ?\b(?:sementara|sedangkan|adapun|while|whereas|tandis que|wahrend|mientras)\b|;"
    r"|,? (?:and|dan|et|y|und) (?:(?:the|that of|dari|pihak|la|die|delegasi) )*(?:[\w-]+ )?(?:side"
    r"|delegation|delegasi|delegacion|seite)\b"
    r"|,? (?:and|dan) (?:pihak|delegasi|dari)\b",
    re.IGNORECASE,
)
#: “led the Indonesian delegation”: who leads stands in front.
LEADS = re.compile(
    r"\b(?P<joint>co-?chaired|co-?led|jointly (?:chaired|led)"
    r"|memimpin (?:secara )?bersama(?:-sama)?|bersama-sama memimpin|ko-memimpin"
    r"|(?:led|headed) (?:the|their|their respective|both) delegations"
    r"|memimpin (?:kedua )?delegasi masing-masing"
    r"|memimpin (?:jalannya |pertemuan |sidang |dialog |konsultasi |forum |kedua delegasi))"
    r"|\b(?:memimpin|mengetuai|mengepalai|will (?:lead|head)|led|headed|leads|heads|is heading"
    r"|dirigeait|conduisait"
    r"|encabezo|leitete|presidio)\b",
    re.IGNORECASE,
)
HEAD_OF = re.compile(
    r"\b(?:ketua|kepala|pimpinan|pemimpin) delegasi\b|\bheads? of (?:the )?(?:[\w-]+ )?delegation\b"
    r"|\bheading the delegations? (?:were|was)\b|\bchefs? de (?:la )?delegation\b"
    r"|\bjefe de (?:la )?delegacion\b"
    r"|\b(?:leiter|leiterin) der (?:[\w-]+ )?delegation\b",
    re.IGNORECASE,
)
#: “His Iranian counterpart was …”
COUNTERPART = re.compile(
    r"\b(?:his|her) [\w-]+ counterpart(?: was| is|,)? (?=[A-Z])", re.IGNORECASE
)
DELEGATION = re.compile(
    r"\b(?:delegasi|delegation|delegations|delegacion|delegaciones|side|pihak|seite|sisi|team"
    r"|tim)\b",
    re.IGNORECASE,
)
MEETING = re.compile(
    r"\b(?:dialog\w*|pertemuan|konsultasi|meeting|consultations?|round|putaran|sidang|forum|talks"
    r"|session|reunion|commission|elle|il|sitzung|it)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r";|[,.?!]\" |,? \b(?:sementara|sedangkan|adapun|while|whereas)\b(?: itu,)?", re.IGNORECASE
)
#: Those who lead have been named in the clause before.
BOTH_OF_THEM = re.compile(
    r"\s*(?:keduanya|mereka|both|they|kedua \w+|the two|who|yang)?\s*", re.IGNORECASE
)
