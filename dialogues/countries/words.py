"""ISO 3166-1 codes, and the wordings of names that CLDR does not list."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ISO_CODES = _set(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW"
)
LANGUAGES = ("en", "id")

# Wordings in use that CLDR lacks and `names._plain_forms` does not lead back to one that it has.
VARIANTS = {
    "AE": "UAE|Emirates|Emirat Arab|Persatuan Emirat Arab|PEA|UEA",
    "BN": "Brunei Darussalam",
    "CD": "Democratic Republic of Congo|DR Congo|DRC"
    "|Congo, Democratic Republic|Republik Demokratik Kongo|RD Kongo|RDK",
    "CG": "Republic of the Congo|Congo Republic|Republik Kongo",
    "CI": "Ivory Coast|Pantai Gading",
    "CN": "PRC|RRT|RRC|Cina|Mainland China|Tiongkok Daratan",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic|Ceska",
    "DO": "Dominican Rep.",
    "FM": "FSM",
    "FR": "French Republic|Perancis",
    "GB": "UK|Great Britain|Britain|Britania Raya|Inggris|Kerajaan Bersatu"
    "|United Kingdom of Great Britain and Northern Ireland",
    "GR": "Hellenic Republic",
    "HK": "Hong Kong|Hong Kong SAR",
    "ID": "RI|NKRI",
    "KG": "Kyrgyz Republic|Kirgistan|Kirgizia",
    "KP": "DPRK|Korut|Democratic People's Republic of Korea|RDRK|DPR Korea"
    "|Republik Rakyat Demokratik Korea|Republik Demokratik Rakyat Korea",
    "KR": "ROK|Korsel|Republic of Korea|Republik Korea|Korea Republic",
    "LA": "Lao|Lao PDR|Lao People's Democratic Republic|RDR Laos",
    "LY": "Libia",
    "MK": "Macedonia|Makedonia",
    "MM": "Myanmar|Burma|Birma|Republic of the Union of Myanmar",
    "MO": "Macau|Macao|Makau",
    "MV": "Maldive Islands",
    "MX": "United Mexican States",
    "NL": "Holland|Nederland",
    "PG": "PNG|Papua Niugini",
    "PS": "Palestine|Palestina|Palestinian Authority|Otoritas Palestina",
    "RU": "Russian Federation",
    "SA": "KSA|Saudi",
    "SK": "Slovak Republic|Slowakia",
    "SL": "Siera Leone",
    "SI": "Slowenia",
    "SR": "Surinam",
    "SY": "Syrian Arab Republic|Syiria|Siria",
    "SZ": "Swaziland",
    "TL": "East Timor|Timor Timur|Timor Lorosae|RDTL",
    "TR": "Turkey",
    "TW": "Chinese Taipei|Taipei",
    "US": "USA|U.S.|A.S.|America|Amerika",
    "VA": "Holy See|Vatican|Vatican City State|Tahta Suci|Takhta Suci|Kota Vatikan",
    "VN": "SRV",
    "ZA": "RSA|Afsel",
}
# What could be read as either of two is left to the writer.
AMBIGUOUS = ("Republic of China", "Republik Tiongkok", "Republik Cina")

STATES = _set(
    "republic kingdom state states commonwealth sultanate principality duchy union emirate"
    " federation confederation"
)
ATTRIBUTES = _set(
    "islamic federal federative federated democratic people s peoples socialist arab united grand"
    " bolivarian plurinational hashemite independent co operative cooperative oriental"
)
STATES_ID = _set("republik kerajaan negara federasi kesultanan persemakmuran kepangeranan uni")
ATTRIBUTES_ID = _set("islam federal rakyat demokratik sosialis arab persatuan serikat bolivar")
