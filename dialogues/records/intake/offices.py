"""Words of titles and institutions: what they are not, a person's name may be."""

from __future__ import annotations

#: A title begins with one of these.
TITLES = frozenset(
    "director directors deputy vice minister ministers prime president secretary state undersecretary"
    " under-secretary assistant ambassador ambassadors special envoy head chief chair chairman chairwoman"
    " chairperson managing acting senior adviser advisor commissioner counsellor charge representative"
    " coordinator attorney general spokesperson rector professor permanent governor speaker president"
    " executive counterpart principal high commissioner chancellor cabinet"
    " direktur dirjen menteri menlu wamenlu wamen wakil kepala sekretaris plt plh pelaksana deputi duta dubes"
    " staf ketua utusan asisten koordinator penasihat presiden perdana kabag kasubdit sesditjen"
    " directeur directrice ministre secretaire ambassadeur ambassadrice chef cheffe sous-directeur"
    " vice-ministre sous-secretaire envoye"
    " direktor direktorin ministerin staatssekretar staatssekretarin botschafter botschafterin leiter"
    " leiterin abteilungsleiter abteilungsleiterin beauftragte beauftragter unterabteilungsleiter"
    " directora ministro ministra subsecretario subsecretaria secretario secretaria embajador embajadora"
    " viceministro viceministra jefe jefa canciller".split()
)
#: Further words of offices and institutions, and of sentences, that begin with capitals.
INSTITUTIONS = frozenset(
    "ministry ministries foreign affairs human rights humanitarian international cooperation department"
    " division bureau directorate office legal consular protocol political multilateral bilateral economic"
    " security europe european asia asian asia-pacific pacific africa african america american americas"
    " middle east united nations external action service union republic law justice interior women policy"
    " strategy agency planning treaties information public diplomacy embassy delegation delegations side"
    " sides for of the and at in on to from with by as its his her their who both kingdom religious"
    " religion faith interfaith authority organisations organizations organization institute council"
    " commission committee board board's centre center desk section unit region regional global east-asia"
    " south north west southeast central northern southern western eastern countries dialogue consultation"
    " consultations development trade culture cultural education science defence defense overseas citizens"
    " un eu asean oic eeas mfa us uk fm timur"
    " hak asasi manusia ham kemanusiaan kementerian luar negeri kemlu kemenlu ri republik kerja sama"
    " kerjasama direktorat jenderal ditjen urusan departemen pbb politik hukum perjanjian internasional"
    " konsuler protokol amerika eropa asia pasifik afrika tengah informasi diplomasi publik badan strategi"
    " kebijakan perempuan divisi tenggara otoritas bidang umum pemerintah delegasi sekretariat keamanan"
    " perencanaan pelindungan perlindungan warga besar khusus ahli pertama muda madya utama dewan komisi"
    " lembaga agama anak luar dalam dan serta untuk dari pada oleh di yang bapak ibu kedua pihak kantor"
    " selatan utara barat tengah wilayah pengembangan dialog konsultasi forum bilateral indonesia"
    " ministere affaires etrangeres droits homme direction generale relations europa"
    " auswartiges amt auswartigen asien pazifik menschenrechte fur"
    " services relations nations migration peace democracy refugees children child gender equality social"
    " welfare coordination coordinating home immigration communications civil society civic language"
    " training research academy university school parliament senate house assembly court crown royal"
    " federal presidential national treaty maritime border borders climate environment energy health"
    " labour labor employment tourism aid assistance emergency crisis mission missions branch wing group"
    " team task force programme program project projects partnerships partnership arms control"
    " disarmament nuclear terrorism counter-terrorism counterterrorism organisation multilateralism"
    " global issues studies strategic strategy media communication archives nordic baltic balkans"
    " mediterranean maghreb levant gulf caribbean oceania subregion neighbourhood enlargement"
    " pemberdayaan kesetaraan jender pendidikan kebudayaan riset sosial budaya organisasi negara berkembang"
    " perdagangan perekonomian pembangunan kesehatan ketenagakerjaan lingkungan hidup kehutanan kelautan"
    " perikanan energi keimigrasian imigrasi kewarganegaraan kelembagaan antarlembaga sekretaris pusat"
    " analisis koordinasi pertahanan hankam sosbud bina damai senjata pelucutan kejahatan lintas"
    " fungsi pelaksana internasional dunia islam masyarakat sipil kelompok kawasan intrakawasan antarkawasan"
    " ministerio relaciones exteriores derechos humanos direccion mr mrs ms dr prof h.e".split()
)
#: Small words between the parts of a name.
PARTICLES = frozenset("van von der den ter de da dos do du la le bin binti ibn al el af av zu ud".split())

HONORIFICS = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Drs|Prof|Professor|Hon|Amb|Ambassador|Ambassadors|Dubes|Duta Besar|H\.? ?E|S\.? ?E|Sir|Dame|Dato'?|Datuk"
    r"|Tan Sri|Yang Mulia|Bapak|Ibu|Bpk|Sdr|Sdri|Saudara|Mme|Mlle|Madame|Monsieur|M|Sr|Sra|Senor|Senora|Herr|Herrn|Frau"
    r"|Botschafter|Botschafterin|Embajador|Embajadora|Ambassadeur|Ir|KH|K\.H|Haji|Hj|Lord|Lady|Tn|Ny|Brigjen|Irjen|Gen)"
    r"(?!\w)\.? ?(?:\([^)]{1,12}\) )?)"
)
