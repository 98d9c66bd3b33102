"""Texts in two languages, of vocabularies as large as real ones, drawn as unevenly as real ones.

A full-text index over a few hundred words would be small and fast beyond belief. Here each
language has its real common words first and made ones after them, 20,000 in all, and the word of
rank n comes up about 1/n as often as the first: a few are everywhere, most are rare.
"""

from __future__ import annotations

from itertools import accumulate, islice
from random import Random

SIZE = 20_000

ENGLISH = """
the of and to in a for on both with sides that agreed as by is be will rights cooperation
human their at from dialogue between which it its continue this ministry also role was are
exchange support meeting international development countries protection round delegation
exchanged views issues other has next progress national regional law including united nations
council education health women children migrant workers freedom religion belief persons
disabilities implementation convention treaty technical assistance training programme experts
working group establish joint statement welcome importance strengthen promote commitment
capacity building legal reform judiciary police prison torture trafficking asylum refugees
minorities climate environment trade investment economic social cultural universal periodic
review ratification report recommendations mechanism institutions civil society media press
elections democracy governance transparency corruption terrorism security border visa consular
detained citizens access fair trial death penalty moratorium pandemic vaccines equitable
distribution food energy maritime fisheries digital data privacy cyber youth interfaith
tolerance pluralism hate speech
"""

INDONESIAN = """
dan yang di untuk dengan dalam pada kedua pihak sepakat kerja sama hak asasi manusia dari
akan ini itu sebagai oleh tidak juga antara dialog pertukaran dukungan pertemuan
internasional pembangunan negara perlindungan putaran delegasi pandangan isu lain telah
kemajuan nasional kawasan hukum termasuk perserikatan bangsa dewan pendidikan kesehatan
perempuan anak pekerja migran kebebasan beragama berkeyakinan penyandang disabilitas
pelaksanaan konvensi perjanjian bantuan teknis pelatihan program pakar kelompok membentuk
pernyataan bersama menyambut baik pentingnya memperkuat memajukan komitmen kapasitas
reformasi peradilan polisi penjara penyiksaan perdagangan orang suaka pengungsi minoritas
iklim lingkungan hidup investasi ekonomi sosial budaya tinjauan berkala ratifikasi laporan
rekomendasi mekanisme lembaga masyarakat sipil pers pemilihan demokrasi tata kelola
keterbukaan korupsi terorisme keamanan perbatasan visa kekonsuleran warga tahanan akses
pengadilan adil pidana mati pandemi vaksin distribusi pangan energi maritim perikanan digital
data privasi siber pemuda lintas agama toleransi kemajemukan ujaran kebencian
"""


def parts(text: str, without: int = 0) -> list[str]:
    """The parts to draw from, and so many times the choice of none."""
    return [*text.split(), *[""] * without]


# What made words consist of: beginnings; syllables' starts, middles and ends; endings.
MADE_OF = {
    "en": (
        parts("re un pre", without=6),
        parts("b c d f g h l m n p r s t v w br cl cr dr fl fr gr pl pr sh sp st str th tr"),
        parts("a e i o u ea ee ai ou"),
        parts("n r l t s nd st m", without=3),
        parts("s ed ing tion ment ly al er ity", without=3),
    ),
    "id": (
        parts("ber me di pe ke ter", without=3),
        parts("b c d g h j k l m n p r s t w ng ny"),
        parts("a a i u e o"),
        parts("n ng r k s t m", without=3),
        parts("kan an i nya", without=3),
    ),
}


def vocabulary(language: str, random: Random) -> list[str]:
    """Return ``SIZE`` different words of a language (en, id), the most frequent first."""
    real = dict.fromkeys((ENGLISH if language == "en" else INDONESIAN).split())
    made: dict[str, None] = {}
    while len(made) < SIZE:
        made[made_word(language, random)] = None
    # In every language the frequent words are the short ones.
    return list(islice({**real, **dict.fromkeys(sorted(made, key=len))}, SIZE))


def made_word(language: str, random: Random) -> str:
    """Return a word that could be one of the language's, of one to three syllables."""
    before, starts, middles, ends, endings = MADE_OF[language]
    syllables = (
        random.choice(starts) + random.choice(middles) + random.choice(ends)
        for _ in range(random.choice((1, 2, 2, 3)))
    )
    return random.choice(before) + "".join(syllables) + random.choice(endings)


class Writer:
    """Writes texts of one language."""

    def __init__(self, language: str, random: Random) -> None:
        self.random = random
        self.words = vocabulary(language, random)
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        """Return sentences of about ``length`` words in all."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=length)
        place = 0
        while place < length:
            words[place] = words[place].capitalize()
            place += self.random.randint(8, 18)
            end = min(place, length) - 1
            words[end] += "."
        return " ".join(words)

    def name(self, length: int) -> str:
        """Return a heading: words that all come up equally often."""
        return " ".join(self.random.choices(self.words, k=length)).capitalize()
