"""The words by which releases say who led a delegation."""

from __future__ import annotations

import re

_BY = r"(?:oleh |by |par |por |von |durch )"
#: “dipimpin di pihak Indonesia oleh”, “led on the Norwegian side by”.
_SIDE_OF_BY = (
    r"(?: (?:di|dari|pada|untuk|on|from|for|du|de|auf|por) (?:(?:the|pihak|sisi|delegasi|cote|la"
    r"|parte) ){0,3}[\w-]+(?: (?:side|delegation|part|seite))? )"
)
#: “was led by …”: who leads stands behind.
LED_BY = re.compile(
    r"\b(?P<joint>co-?chaired|co-?led|co-?presidee?s?|copresidid[ao]s?|(?:jointly"
    r"|bersama-sama) (?:chaired|led|dipimpin)|(?:di)?pimpin (?:secara )?bersama(?:-sama)?"
    r"|(?:chaired|led|headed) jointly|diketuai bersama|gemeinsam geleitet)"
    rf"(?: langsung)? {_BY}"
    r"|\b(?P<each>(?:led|headed|chaired|represented|dipimpin|diketuai|conduites|dirigees|geleitet"
    r"|encabezadas|presididas),? (?:respectively|masing-masing|respectivement|jeweils"
    rf"|respectivamente),? (?:{_BY})?|masing-masing (?:dipimpin|diketuai) (?:{_BY})?)"
    r"|\bgeleitet wurden? (?:die|der) (?:[\w-]+ )?delegation(?:en)? von "
    r"|\b(?P<under>(?:under|di bawah|sous|unter|bajo) (?:the |la |le |dem |der )?(?:joint |co-?"
    r"|gemeinsamen? )?(?:leadership|chair(?:man|person)?ship|presidency|pimpinan|kepemimpinan"
    r"|conduite|direction|presidence|houlette|leitung|fuhrung|vorsitz|presidencia|direccion"
    r"|conduccion)(?: bersama)?) (?:of |dari |de |du |von |del )?"
    r"|\b(?:dipimpin|diketuai|dikepalai|diwakili|dikomandoi|dinakhodai)"
    rf"(?: langsung| secara langsung)?(?:{_SIDE_OF_BY}oleh | (?:{_BY})?)"
    r"|\b(?:led|headed|chaired|represented|conduite?|dirigee?|presidee?|menee?|emmenee?|representee?"
    r"|encabezada|presidida|liderada|dirigida|representada|wurde|angefuhrt|vertreten)"
    rf"(?:{_SIDE_OF_BY}| ){_BY}",
    re.IGNORECASE,
)
#: “sementara Rusia oleh …”, “and the Malaysian side by …”: the verb is that of the other side.
ALSO_BY = re.compile(rf"(?<=[a-z]),? {_BY}", re.IGNORECASE)
SIDE_SWITCH = re.compile(
    r",? ?\b(?:sementara|sedangkan|adapun|while|whereas|tandis que|wahrend|mientras(?: que)?)\b|;"
    r"|(?:,|,? (?:and|dan|et|y|und)) (?:(?:the|that of|dari|pihak|la|die|delegasi) )*(?:[\w-]+ )?"
    r"(?:side|delegation|delegasi|delegacion|seite)\b"
    r"|,? (?:and|dan) (?:pihak|delegasi|dari)\b"
    r"|(?:,|,? (?:and|dan|et|y|und)) (?:(?:the|la|celle de|die|der) )*[\w-]+"
    r" (?:by|oleh|par|por|von) ",
    re.IGNORECASE,
)
#: “led the Indonesian delegation”: who leads stands in front.
LEADS = re.compile(
    r"\b(?P<joint>co-?chaired|co-?led|jointly (?:chaired|led)"
    r"|memimpin (?:secara )?bersama(?:-sama)?|bersama-sama memimpin|ko-memimpin"
    r"|(?:led|headed) (?:the|their|their respective|both) delegations"
    r"|(?:led|headed|chaired|steered|guided|presided over|co-?presided over) the (?:\w+ ){0,2}?"
    r"(?:talks|consultations?|meeting|dialogue|round|session|discussions|deliberations)"
    r"|copresiderent|ont (?:co-?preside|dirige|conduit)|copresidieron|presidieron|encabezaron"
    r"|leiteten"
    r"|memimpin (?:kedua )?delegasi masing-masing"
    r"|memimpin (?:langsung |secara langsung )?(?:(?:jalannya|pertemuan|sidang|konsultasi|forum"
    r"|kedua delegasi) |dialog\b))"
    r"|\b(?:memimpin|mengetuai|mengepalai|will (?:lead|head)|led|headed|leads|heads|is heading"
    r"|leading|heading|dirigeait|conduisait|presidait|menait|a (?:conduit|dirige|preside|mene)"
    r"|encabezo|leitete|fuhrte|presidio|lidero|dirigio)\b",
    re.IGNORECASE,
)
HEAD_OF = re.compile(
    r"\b(?:ketua|kepala|pimpinan|pemimpin) delegasi\b|\bheads? of (?:the )?(?:[\w-]+ )?delegation\b"
    r"|\bchefs? de (?:la )?delegation\b"
    r"|\b(?:jefe|jefa) de (?:la )?delegacion\b"
    r"|\b(?:leiter|leiterin) der (?:[\w-]+ )?delegation\b|\bdelegationsleiter(?:in)?\b"
    r"|\b(?:a la tete|al frente|a la cabeza|an der spitze|at the head) (?:of|de|der)"
    r" (?:the |la |las |les )?(?:[\w-]+ )?(?:delegation(?:en|s)?|delegacion(?:es)?)"
    r"(?: [\w-]+)?(?: (?:was|were|etait|etaient|se trouvai(?:en)?t|estuvo|estuvieron|estaba|stand"
    r"|standen))?\b"
    r"|\b(?P<inverted>presiding over|co-?chairing|chairing|leading|heading|memimpin)"
    r" (?:(?:the|both|their|respective) )*(?:[\w-]+ )?(?:talks|meeting|dialogue|consultations?"
    r"|delegations?|session|round|sides?|commission|delegasi|pertemuan|dialog)(?: [\w-]+){0,2}?"
    r" (?:were|was|adalah|ialah)\b"
    r"|\b(?P<vorsitz>(?:den vorsitz (?:fuhrten|hatten)(?: gemeinsam)?|(?:co)?presidieron"
    r"|encabezaron|ont (?:co-?)?preside) (?:(?:el|las?|les?) (?:encuentro|reunion|consultas|dialogo"
    r"|sesion|consultations|dialogue|session))?)(?= )",
    re.IGNORECASE,
)
#: Of these languages' verbs, who leads may stand behind: “die Delegation leitete A”.
TURNED = re.compile(r"leitete|fuhrte|encabezo|presidio|lidero|dirigio", re.IGNORECASE)
#: Before a cue for a head whose name has gone before: “X selaku ketua delegasi”.
NAMED_BEFORE = re.compile(
    r"(?<!^Bertindak )(?<!^Acting )\b(?:selaku|sebagai|menjadi|as|acted as|served as|en tant que"
    r"|comme|als|como) (?:the |para )?$",
    re.IGNORECASE,
)
#: “His Iranian counterpart was …”
COUNTERPART = re.compile(
    r"\b(?:(?:his|her|their) (?:[\w-]+ )?(?:counterpart|opposite number)|son homologue(?: [\w-]+)?"
    r"|sein[e]? (?:[\w-]+ )?amtskolleg(?:e|in)|su homologa?o?(?: [\w-]+)?"
    r"|(?:mitra|rekan)(?:nya| sejawatnya)(?: dari [\w-]+)?)"
    r"(?: was| is| etait| war| fue| adalah| ialah|,)?(?: the)? (?=[A-Z](?!\w*'))",
    re.IGNORECASE,
)
THE_DELEGATION = re.compile(r" (?:la|die) (?:delegacion|delegation)(?: la| el)?\b", re.IGNORECASE)
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
AND = re.compile(r"\b(?:and|dan|et|und|y)\b", re.IGNORECASE)
CLAUSE = re.compile(
    r";|[,.?!]\" |,? \b(?:sementara|sedangkan|adapun|while|whereas|mientras(?: que)?|tandis que"
    r"|wahrend)\b(?: itu,)?",
    re.IGNORECASE,
)
#: Those who lead have been named in the clause before.
BOTH_OF_THEM = re.compile(
    r"\s*(?:keduanya|mereka|both|they|kedua \w+|the two|who|yang)?\s*", re.IGNORECASE
)
#: Who else was there, behind the head's name.
MEMBERS = re.compile(
    r",? (?:and |dan |et |und |y |yang |which |with |serta )?\b(?:compris(?:ed|ing)"
    r"|includ(?:ed|ing)|consist(?:ed|ing)|composed|members|accompanied|beranggotakan|beranggota|terdiri|didampingi"
    r"|disertai|melibatkan|diperkuat|composee|comprenait|accompagnee?|bestand|begleitet|integrada"
    r"|compuesta|acompanad[oa])\b",
    re.IGNORECASE,
)
#: What is led and is no delegation.
OTHER_LED = re.compile(
    r"\b(?:group|panel|event|workshop|study|project|programme|seminar|kelompok|sesi|lokakarya"
    r"|kajian|acara|diskusi|groupe|arbeitsgruppe|gruppe|grupo|taller)\b[^.;,]{0,24}$",
    re.IGNORECASE,
)
#: What may stand behind somebody named in a clause without a verb, which tells of a head.
NO_VERB = re.compile(
    r"[\s,]*(?:$|[.;)]|(?:spoke |led |headed |representing |mewakili |memimpin |mengetuai )"
    r"|(?:for|of|from|on behalf|dari|untuk|pour|fur|por|de) )"
)
