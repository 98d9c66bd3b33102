"""Who led the delegations: the ways in which releases of five languages introduce a head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dialogues.records.intake import general_vocabulary, read_release

KNOWN = general_vocabulary("ID")
LEADS = {
    "en": "The 5th Indonesia-Norway Human Rights Dialogue was held in Oslo on 3 May 2023. ",
    "id": "Dialog HAM Indonesia-Norwegia ke-5 digelar di Oslo pada 3 Mei 2023. ",
    "fr": "Le cinquième dialogue politique Indonésie-Suisse s'est tenu à Berne le 3 mai 2023. ",
    "de": (
        "Die fünften politischen Konsultationen zwischen Indonesien und der Schweiz "
        "fanden am 3. Mai 2023 in Bern statt. "
    ),
    "es": (
        "La quinta reunión de consultas políticas entre Indonesia y Chile se celebró en "
        "Santiago el 3 de mayo de 2023. "
    ),
}
HEADS = Path(__file__).parent / "bench" / "intake" / "heads.txt"


def heads(text: str) -> tuple[str, str, str, str]:
    """Own head and title, partner's head and title; "" for what is not proposed."""
    read = read_release(text, KNOWN, date(2023, 5, 4)).single
    columns = ("head_own", "head_own_title", "head_partner", "head_partner_title")
    own, title, partner, other = (
        str(read[column].value) if column in read else "" for column in columns
    )
    return own, title, partner, other


def entries() -> Iterator[tuple[str, str, str]]:
    """The sentences of the file, with the own head and the partner's; "" for none."""
    _about, *found = HEADS.read_text(encoding="utf-8").strip().split("\n\n")
    for entry in found:
        sentence, names = entry.split("\n")
        language, sentence = sentence.split(": ", 1)
        own, partner = names.split("|")
        yield LEADS[language] + sentence, own.strip(), partner.strip()


@pytest.mark.parametrize(("text", "own", "partner"), [*entries()])
def test_heads_are_known_however_they_are_introduced(text: str, own: str, partner: str) -> None:
    assert heads(text)[::2] == (own, partner)


ENGLISH_TITLES = """
Director General for Asia Pacific and African Affairs
Deputy Minister for Foreign Affairs
Director for South and Central Asia
Permanent Secretary of the Ministry of Foreign Affairs
Secretary General of the Foreign Service
Assistant Secretary for Southeast Asia
First Assistant Secretary, Multilateral Policy Division
Political Director
Under-Secretary of State
Vice Minister
Deputy Secretary of the Americas and Asia Group
Divisional Manager for Pacific Security
Chief Negotiator for Climate
Special Representative for Human Rights
Managing Director for Asia and the Pacific
Head of the Policy Planning Staff
Head of the Agency for Foreign Policy Strategy
Acting Director of the Office of Treaty Affairs
Chargé d'Affaires
Human Rights Ambassador
Ambassador for Cyber Affairs
Ambassador for Counter-Terrorism
Director of Religious Affairs and Civil Society Outreach
Deputy Commissioner of the National Counterterrorism Agency
Director General of Legal Affairs
Minister for Energy and Mineral Resources
Minister of Religious Affairs
Deputy Permanent Representative
Consul General
Chief of Protocol
Assistant Deputy Minister for the Indo-Pacific
Parliamentary Secretary
National Security Adviser
Coordinator for Counterterrorism
Executive Director for Consular Services
Director of Bilateral Relations
Inspector General
Chairman of the Islamic Culture and Relations Organization
President of the Institute for Political and International Studies
Senior Official
Regional Director
Expert Staff to the Minister for Political, Legal and Security Affairs
Head of Department for Asia
Head of Unit for Southeast Asia
Director for Strategy and Outreach
"""
INDONESIAN_TITLES = """
Direktur Jenderal Asia Pasifik dan Afrika
Direktur Jenderal Hukum dan Perjanjian Internasional
Direktur Jenderal Kerja Sama ASEAN
Dirjen Protokol dan Konsuler
Direktur HAM dan Kemanusiaan
Direktur Eropa I
Direktur Timur Tengah
Direktur Asia Timur dan Pasifik
Direktur Asia Selatan dan Tengah
Direktur Pelindungan WNI
Direktur Diplomasi Publik
Kepala Badan Strategi Kebijakan Luar Negeri
Kepala BSKLN
Kepala Pusat Kerukunan Umat Beragama
Staf Ahli Menteri Bidang Politik, Hukum, dan Keamanan
Staf Khusus Menteri Luar Negeri
Wakil Menteri Luar Negeri
Wamenlu
Menteri Agama
Deputi Bidang Koordinasi Politik Luar Negeri
Deputi Bidang Koordinasi Kedaulatan Maritim dan Energi Kemenko Marves
Kepala BNPT
Asisten Deputi Kerja Sama Asia
Sekretaris Jenderal
Sekretaris Ditjen Amerop
Duta Besar RI untuk Norwegia
Utusan Khusus untuk Iklim
Wakil Kepala Perwakilan
Kuasa Usaha Ad Interim
Direktur Hukum dan Perjanjian Ekonomi
Direktur Perdagangan, Perindustrian, Investasi dan HAKI
Direktur Energi Baru Terbarukan
Direktur Pengelolaan Ruang Laut
Dirjen Energi Baru, Terbarukan, dan Konservasi Energi
Kepala Divisi Hubungan Internasional Polri
Kabareskrim
Ketua Komnas HAM
Rektor Universitas Islam Internasional Indonesia
Inspektur Jenderal
Direktur Tata Kelola Keamanan Siber
"""


@pytest.mark.parametrize("name", ["Sidharto", "Ni Luh Putu Sari", "Hassan bin Saleh"])
def test_a_title_ends_where_the_name_begins(name: str) -> None:
    """Whatever office it is, before the name or behind it, with a comma or without."""
    for lead, titles, sentences in (
        (
            LEADS["en"],
            ENGLISH_TITLES,
            (
                "The Indonesian delegation was led by {title} {name}.",
                "The Indonesian delegation was led by {name}, {title}, and discussed it.",
                "{title} {name} led the Indonesian delegation.",
                "The Indonesian side was headed by the {title}, Ms. {name}.",
            ),
        ),
        (
            LEADS["id"],
            INDONESIAN_TITLES,
            (
                "Delegasi Indonesia dipimpin oleh {title} {name}.",
                "Delegasi Indonesia dipimpin {name}, {title}.",
                "{title}, {name}, memimpin delegasi Indonesia.",
                "Delegasi RI diketuai {title}, Dr. {name}, S.H., M.A.",
            ),
        ),
    ):
        for title in titles.strip().splitlines():
            for sentence in sentences:
                text = lead + sentence.format(title=title, name=name)
                assert heads(text)[:2] == (name, title), text
