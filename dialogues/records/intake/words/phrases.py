"""The words that names of dialogues are made of, in five languages without accents."""

from __future__ import annotations

import re

from dialogues.records.intake.text.terms import words
from dialogues.vocabulary import SeriesKind

#: Nouns that a dialogue's name hangs on, with the kind that they have of themselves.
HEADS: dict[str, SeriesKind | None] = {
    **dict.fromkeys(words("dialogue dialog dialogues dialogo dialogs dialoges talks")),
    **dict.fromkeys(
        words(
            "consultation consultations konsultasi consultas konsultationen konsultation fkb foc"
        ),
        SeriesKind.POLITICAL_CONSULTATION,
    ),
    **dict.fromkeys(
        words(
            "menschenrechtsdialog menschenrechtsdialogs menschenrechtsdialoges"
            " menschenrechtskonsultationen"
        ),
        SeriesKind.HUMAN_RIGHTS,
    ),
    **dict.fromkeys(["jcbc", "skb", "jcm"], SeriesKind.JOINT_COMMISSION),
    **dict.fromkeys(
        words("commission committee komisi komite comision comite kommission"),
        SeriesKind.JOINT_COMMISSION,
    ),
}
#: German says in one word what a dialogue is about; what nobody listed is of another kind.
_COMPOUND = re.compile(r"(?P<about>[a-z]{3,})(?:dialog(?:e?s|e)?|konsultation(?:en)?)$")
_ABOUT = {
    "menschenrechts": SeriesKind.HUMAN_RIGHTS,
    "strategie": SeriesKind.STRATEGIC,
    "rechts": SeriesKind.LEGAL,
    "konsular": SeriesKind.CONSULAR,
    "religions": SeriesKind.INTERFAITH,
    "planungs": SeriesKind.POLICY_PLANNING,
}
#: These are a dialogue's only with a word that says that both sides sit in it.
OFFICES = words("commission committee komisi komite comision comite kommission")
JOINT = words(
    "joint bersama mixte mixta conjunta gemischte gemischten gemischter gemeinsame"
    " gemeinsamen gemeinsamer binacional bilateral"
)
#: Words that say the kind; the first kind that has one of a phrase's words is its.
KIND_WORDS: tuple[tuple[SeriesKind, frozenset[str]], ...] = tuple(
    (kind, words(said))
    for kind, said in (
        (
            SeriesKind.HUMAN_RIGHTS,
            (
                "rights ham asasi droits derechos menschenrechte menschenrechten hrd"
                " menschenrechtsfragen menschenrechtsdialog"
            ),
        ),
        (
            SeriesKind.CONSULAR,
            (
                "consular konsuler kekonsuleran consulaires consulaire consulares konsularische"
                " konsularischen"
            ),
        ),
        (
            SeriesKind.INTERFAITH,
            (
                "interfaith faith interreligious antaragama antariman agama iman interreligieux"
                " interreligioser interreligiose interreligioso antarkepercayaan"
            ),
        ),
        (
            SeriesKind.POLICY_PLANNING,
            "planning perencanaan planification planificacion planungsstabe",
        ),
        (SeriesKind.LEGAL, "legal law hukum juridiques juridique juridicas rechtskonsultationen"),
        (
            SeriesKind.STRATEGIC,
            "strategic strategis strategique strategischer strategische strategischen estrategico",
        ),
    )
)
#: What other dialogues are about. "Defence" is not among them: ministers of both departments
#: speak of everything.
OF_ANOTHER_KIND = words(
    "terrorism counter-terrorism counterterrorism terorisme terrorisme terrorismus terrorismo"
    " terrorismusbekampfung energy energi energie energia maritime maritim kelautan maritimer"
    " maritimo security keamanan securite sicherheit sicherheitspolitischer seguridad cyber siber"
    " climate iklim climat klima clima trade perdagangan commerce economic ekonomi economique"
    " economico wirtschaft digital environment lingkungan migration migrasi migratoire disarmament"
    " pelucutan perlucutan development pembangunan health kesehatan education pendidikan"
    " tourism pariwisata fisheries perikanan"
)
POLITICAL = words(
    "political politik politiques politique politische politischen politicas"
    " politico politica politischer"
)
#: Consultations that are of leaders or of everything, and so of no kind that the format has.
OF_NO_KIND = words("annual tahunan leaders leader tourism defense defence")
#: Words that make a name of "dialogue" where nothing says its kind.
NAMING = words(
    "bilateral annual tahunan forum mechanism mekanisme mecanismo high level tingkat tinggi"
)
#: What else may stand within the name, and never begins or ends it if it is a small word.
QUALIFIERS = words(
    "human rights hak asasi manusia ham bilateral political politik security keamanan"
    " policy kebijakan inter faith intercultural cultural antarbudaya lintas agama antar"
    " media affairs urusan international internasional joint bersama forum mechanism"
    " mekanisme annual tahunan high level tingkat tinggi senior officials ministerial"
    " menteri meeting pertemuan sidang session sesi round putaran rounds edition edisi"
    " cooperation kerja sama kerjasama economic ekonomi trade maritime maritim kelautan"
    " energy energi defence defense pertahanan cyber siber digital climate iklim"
    " development pembangunan foreign office matters issues isu field bidang luar negeri"
    " jcbc skb fkb hrd jcm foc reunion mecanismo ronda sesion edicion session runde"
    " regular reguler regional global information informasi public publik strategic"
    " leaders umat beragama kepercayaan homme humains humain personne politiques"
    " politique humanos humanas politicas menschenrechte menschenrechten fragen sitzung"
    " bilaterale bilateralen bilateraler bilaterales regelmassigen jahrlichen hochrangigen"
    " treffen budaya kebudayaan peradaban pemimpin leader ministers minister para jmc 2"
).union(*(said for _kind, said in KIND_WORDS), POLITICAL, JOINT)
SMALL_WORDS = words(
    "on for of in en between with and the in their its ke dan antara dengan di pada untuk"
    " mengenai tentang sur les l d de des du entre et la le en matiere zwischen und der"
    " die den zu sobre y e el los las del al materia a s"
)
#: These stand in a name only before a word for what it is about.
OF_A_FIELD = words("di in pada en")
FIELDS = words("bidang field the sektor materia ambito area isu")
PLURAL = frozenset({"dialogues"})
#: What a round is called beside its dialogue's name; an ordinal beside it is the edition.
ROUNDS = words(
    "round rounds putaran edition edisi meeting pertemuan sidang session sesi ronda"
    " reunion sesion edicion runde sitzung treffen encuentro consultation consultations"
    " dialogue dialog konsultasi fkb skb jcbc commission committee kalinya kali time mal vez fois"
)


def is_head(key: str) -> bool:
    """Whether a dialogue's name may hang on this word."""
    return key in HEADS or _COMPOUND.match(key) is not None


def kind_of_head(key: str) -> SeriesKind | None:
    """The kind that the noun says of itself."""
    compound = _COMPOUND.match(key)
    if key in HEADS or compound is None:
        return HEADS.get(key)
    return _ABOUT.get(compound["about"], SeriesKind.OTHER)
