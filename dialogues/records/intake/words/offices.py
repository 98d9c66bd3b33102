"""Words of titles and institutions: what they are not, a person's name may be."""

from __future__ import annotations

import re

from dialogues.records.intake.text.terms import words

#: A title begins with one of these.
TITLES = words(
    "setiausaha timbalan pengarah manager officer counsel inspector director directors deputy vice"
    " minister ministers prime"
    " president secretary state"
    " undersecretary under-secretary assistant ambassador ambassadors special envoy head"
    " chief chair chairman chairwoman chairperson managing acting senior adviser advisor"
    " commissioner counsellor charge representative coordinator attorney general"
    " spokesperson rector professor permanent governor speaker president executive"
    " counterpart principal high commissioner chancellor cabinet direktur dirjen menteri"
    " menlu wamenlu wamen wakil kepala sekretaris plt plh pelaksana deputi duta dubes"
    " staf ketua utusan asisten koordinator penasihat presiden perdana kabag kasubdit"
    " sesditjen directeur directrice ministre secretaire ambassadeur ambassadrice chef"
    " cheffe sous-directeur vice-ministre sous-secretaire envoye direktor direktorin"
    " ministerin staatssekretar staatssekretarin botschafter botschafterin leiter"
    " leiterin abteilungsleiter abteilungsleiterin beauftragte beauftragter"
    " ministerialdirektor direktoren referatsleiter regierungsdirektor conseiller conseillere"
    " consejero consejera coordinateur coordinatrice coordonnateur coordonnatrice coordinador"
    " coordinadora directeurs representant representante presidente presidenta administrateur"
    " inspecteur gouverneur consul generalkonsul konsul inspektur kuasa asdep karo irjen sesmen"
    " sekjen wamendagri menko kapuslitbang kapus kasubdit kaban pengawas juru undersecretaries"
    " staff official negotiator expert first second third parliamentary spokeswoman spokesman staf"
    " juru kabareskrim kapolri wakapolri panglima jaksa hakim ketum sekum kadiv kabid kasub wadir"
    " envoyee encargado encargada chefin delegue deleguee haut stellvertretender stellvertretende"
    " ministerialdirigent unterstaatssekretar generalsekretar kammer consejeros asesor asesora"
    " menlu wakil wamenkumham wamenag wamenhan menkumham menag menhan mendag menkeu mendagri"
    " irjen kasatgas gubernur bupati walikota rektor dekan guru deputies trade-commissioner"
    " dg ddg comptroller superintendent registrar convenor convener"
    " unterabteilungsleiter directora ministro ministra subsecretario subsecretaria"
    " secretario secretaria embajador embajadora viceministro viceministra jefe jefa"
    " canciller"
)
#: Further words of offices and institutions, and of sentences, that begin with capitals.
INSTITUTIONS = words(
    "ministry ministries foreign affairs human rights humanitarian international"
    " cooperation department division bureau directorate office legal consular protocol"
    " political multilateral bilateral economic security europe european asia asian"
    " asia-pacific pacific africa african america american americas middle east united"
    " nations external action service union republic law justice interior women policy"
    " strategy agency planning treaties information public diplomacy embassy delegation"
    " delegations side sides for of the and at in on to from with by as its his her"
    " their who both kingdom religious religion faith interfaith authority organisations"
    " organizations organization institute council commission committee board board's"
    " centre center desk section unit region regional global east-asia south north west"
    " southeast central northern southern western eastern countries dialogue"
    " consultation consultations development trade culture cultural education science"
    " defence defense overseas citizens un eu asean oic eeas mfa us uk fm timur hak"
    " asasi manusia ham kemanusiaan kementerian luar negeri kemlu kemenlu ri republik"
    " kerja sama kerjasama direktorat jenderal ditjen urusan departemen pbb politik"
    " hukum perjanjian internasional konsuler protokol amerika eropa asia pasifik afrika"
    " tengah informasi diplomasi publik badan strategi kebijakan perempuan divisi"
    " tenggara otoritas bidang umum pemerintah delegasi sekretariat keamanan perencanaan"
    " pelindungan perlindungan warga besar khusus ahli pertama muda madya utama dewan"
    " komisi lembaga agama anak luar dalam dan serta untuk dari pada oleh di yang bapak"
    " ibu kedua pihak kantor selatan utara barat tengah wilayah pengembangan dialog"
    " konsultasi forum bilateral indonesia ministere affaires etrangeres droits homme"
    " direction generale relations europa auswartiges amt auswartigen asien pazifik"
    " menschenrechte fur services relations nations migration peace democracy refugees"
    " children child gender equality social welfare coordination coordinating home"
    " immigration communications civil society civic language training research academy"
    " university school parliament senate house assembly court crown royal federal"
    " presidential national treaty maritime border borders climate environment energy"
    " health labour labor employment tourism aid assistance emergency crisis mission"
    " missions branch wing group team task force programme program project projects"
    " partnerships partnership arms control disarmament nuclear terrorism counter-"
    " terrorism counterterrorism organisation multilateralism global issues studies"
    " strategic strategy media communication archives nordic baltic balkans"
    " mediterranean maghreb levant gulf caribbean oceania subregion neighbourhood"
    " enlargement pemberdayaan kesetaraan jender pendidikan kebudayaan riset sosial"
    " budaya organisasi negara berkembang perdagangan perekonomian pembangunan kesehatan"
    " ketenagakerjaan lingkungan hidup kehutanan kelautan perikanan energi keimigrasian"
    " imigrasi kewarganegaraan kelembagaan antarlembaga sekretaris pusat analisis"
    " koordinasi pertahanan hankam sosbud bina damai senjata pelucutan kejahatan lintas"
    " fungsi pelaksana internasional dunia islam migrasi perdamaian oseania oceania karibia"
    " skandinavia balkan"
    " mediterania kaukasus arktik amerop pacifique asie amerique afrique moyen orient division"
    " this that these those he she we they it there after before following when while our"
    " masyarakat sipil kelompok kawasan"
    " intrakawasan antarkawasan ministerio relaciones exteriores derechos humanos"
    " energien umwelt klima zusammenarbeit volkerrecht inneres justiz kultur beziehungen"
    " indo outreach mineral resources siber cyber iklim climate ekonomi economy economics"
    " umat beragama kerukunan keberagaman wni bhi polri tni bnpt universitas university laut ruang"
    " baru terbarukan renewable renewables konservasi pertanian agriculture kominfo komdigi"
    " digital bappenas kemenko marves polhukam polkam kemenkumham kemenkum kemenham kemenag"
    " kemhan kemendag bpom bkpm brin counter resources hubungan industri industry tata kelola iptek"
    " sains teknologi technology technologies infrastructure transport water forestry oceans ocean"
    " marine fisheries nationals diaspora passport passports visas sanctions space polar heritage"
    " antiquities rule rules business women's youth sport sports tourism pariwisata interim ad"
    " usaha perwakilan tetap strategis kawasan satuan tugas satgas pemberantasan penindakan"
    " sumber daya manusia alam cuaca udara darat militer sipil kepolisian nasional daerah"
    " terorisme narkotika pangan gizi kehakiman mahkamah kejaksaan konstitusi"
    " kedaulatan energy minerals coal gas oil petroleum finance fiscal monetary investment"
    " investments export exports import customs revenue tax central bank statistics"
    " hak-hak disabilitas lansia pengungsi kewilayahan bilateral outreach coordination"
    " negocios encargo exterior exteriores asuntos politica consulares culturales norte sur"
    " caribe oceania democracia migraciones seguridad defensa cooperacion"
    " pacifique monde asiatique etrangere consulaire politique paix securite"
    " abteilung abteilungen ministerium bundesministerium referat amtes frieden sicherheit"
    " energiepolitik klimapolitik vereinte nationen"
    " direccion mr mrs ms dr prof h.e"
)
#: How words end, or begin and end, that are of what an office is for and never of a name.
_ABSTRACT = re.compile(
    r"(?:pe[a-z]{4,}an|ke[a-z]{5,}an|[a-z]{3,}(?:is|kr|t|k|r)asi|[a-z]{3,}(?:isme|ism|ismus)"
    r"|[a-z]{5,}(?:tion|tions|heit|keit|schaft|politik|ndung|klung|stung|lung|rung|gung|fragen"
    r"|rechte|heiten|keiten|ities|ship|ments|ology))$"
)
#: Offices of one word, as German makes them.
_OFFICE = re.compile(
    r"[a-z]{3,}(?:direktor(?:in)?|leiter(?:in)?|minister(?:in)?|sekretar(?:in)?|botschafter(?:in)?"
    r"|beauftragte[rn]?|dirigent(?:in)?|kanzler(?:in)?)$"
)
#: Words of institutions that are names as well, behind a name's first word.
ALSO_NAMES = words("utama muda pertama madya damai dunia budaya islam bina anak alam guru")
#: Small words between the parts of a name.
PARTICLES = words("van von der den ter de da dos do du la le bin binti ibn al el af av zu ud")

HONORIFICS = (
    r"(?:(?<![\w'])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Drs|Dra|Prof|Professor|Hon|Amb"
    # An ambassador of somewhere, or for something, has it for a title.
    r"|(?:Ambassadors?|Dubes|Duta Besar)(?! (?:for|to|at|in|of|on|untuk|RI\b|LBBP|Republik|pour|fur"
    r"|para|Extraordinary|Designate)|-at)"
    r"|H\.? ?E|S\.? ?E|Sir|Dame|Dato'?|Datuk"
    r"|Tan Sri|Yang Mulia|Bapak|Ibu|Bpk|Sdr|Sdri|Saudara|Mme|Mlle|Madame|Monsieur|M|Sr|Sra|Senor"
    r"|Senora|Herr|Herrn|Frau"
    r"|[Ll]'[Aa]mbassadeur|[Ll]'[Aa]mbassadrice|[Ee]l [Ee]mbajador|Botschafter"
    r"|Botschafterin|Embajador|Embajadora|Ambassadeur|Ir|KH|K\.H|Haji|Hj|Lord|Lady|Puan|Encik"
    r"|Datin|Tn"
    r"|Ny|(?:Brigjen|Irjen|Komjen|Kombes|AKBP|AKP|Mayjen|Letjen|Letkol|Kolonel|Laksda"
    r"|Laksdya|Laksma|Laksamana|Marsda|Marsma|Marsekal)(?: Pol\.?| TNI)?(?: \(Purn\.?\))?"
    r"|(?:Brig|Maj|Lt)\.? ?Gen|Gen|Col|Adm|Rear Admiral|Vice Admiral|Brigadier|Colonel|Rev"
    r"|Rt\.? ?Hon"
    r"|His Excellency|Her Excellency|Son Excellence|S\. ?E\. ?M|Y\.? ?M|H|Tgk|Dona|Ing"
    r"|Lic|Excmo|Excma|Dipl\.-Ing)"
    r"(?!\w)\.? ?(?:\([^)]{1,12}\) )?)"
)


def is_office(word: str) -> bool:
    """Whether a word is of an office: Director, Director-General, sous-ministre."""
    key = word.lower()
    return (
        key in TITLES
        or any(part in TITLES for part in key.split("-"))
        or _OFFICE.match(key) is not None
    )


def is_of_institution(word: str) -> bool:
    """Whether a word is of what an office is for, so that it is no name."""
    key = word.lower()
    return (
        key in INSTITUTIONS
        or _ABSTRACT.match(key) is not None
        or ("-" in key and all(part in INSTITUTIONS for part in key.split("-")))
    )
