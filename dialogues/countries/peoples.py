"""What is somebody's: Norwegian, norvégienne, norwegische. Codes with their adjectives."""

from collections.abc import Iterator

_ENGLISH = (
    "AE Emirati|AF Afghan|AL Albanian|AM Armenian|AO Angolan|AR Argentine,Argentinian"
    "|AT Austrian|AU Australian|AZ Azerbaijani|BA Bosnian|BD Bangladeshi|BE Belgian"
    "|BG Bulgarian|BH Bahraini|BN Bruneian|BO Bolivian|BR Brazilian|BT Bhutanese|BY Belarusian"
    "|CA Canadian|CD Congolese|CH Swiss|CL Chilean|CM Cameroonian|CN Chinese|CO Colombian"
    "|CR Costa Rican|CU Cuban|CY Cypriot|CZ Czech|DE German|DK Danish|DZ Algerian|EC Ecuadorian"
    "|EE Estonian|EG Egyptian|ES Spanish|ET Ethiopian|FI Finnish|FJ Fijian|FR French|GB British"
    "|GE Georgian|GH Ghanaian|GR Greek|GT Guatemalan|HN Honduran|HR Croatian|HU Hungarian"
    "|ID Indonesian|IE Irish|IL Israeli|IN Indian|IQ Iraqi|IR Iranian|IS Icelandic|IT Italian"
    "|JM Jamaican|JO Jordanian|JP Japanese|KE Kenyan|KG Kyrgyz|KH Cambodian|KP North Korean"
    "|KR South Korean,Korean|KW Kuwaiti|KZ Kazakh|LA Lao|LB Lebanese|LK Sri Lankan"
    "|LT Lithuanian|LV Latvian|LY Libyan|MA Moroccan|MD Moldovan|MG Malagasy|MM Burmese"
    "|MN Mongolian|MV Maldivian|MX Mexican|MY Malaysian|MZ Mozambican|NA Namibian|NG Nigerian"
    "|NL Dutch|NO Norwegian|NP Nepalese|NZ New Zealand|OM Omani|PA Panamanian|PE Peruvian"
    "|PG Papua New Guinean|PH Philippine,Filipino|PK Pakistani|PL Polish|PS Palestinian"
    "|PT Portuguese|PY Paraguayan|QA Qatari|RO Romanian|RS Serbian|RU Russian|RW Rwandan"
    "|SA Saudi|SB Solomon Islands|SD Sudanese|SE Swedish|SG Singaporean|SI Slovenian|SK Slovak"
    "|SN Senegalese|SR Surinamese|SY Syrian|TH Thai|TJ Tajik|TL Timorese|TM Turkmen|TN Tunisian"
    "|TR Turkish|TZ Tanzanian|UA Ukrainian|UG Ugandan|US American|UY Uruguayan|UZ Uzbek"
    "|VE Venezuelan|VN Vietnamese|YE Yemeni|ZA South African|ZM Zambian|ZW Zimbabwean"
)
# Written with small letters. German ones take endings; of the others all forms are listed.
_FRENCH_AND_SPANISH = (
    "AR argentin argentine argentino argentina|AT autrichien autrichienne austriaco austriaca"
    "|AU australien australienne australiano australiana|BE belge belga"
    "|BR bresilien bresilienne brasileno brasilena|CA canadien canadienne canadiense"
    "|CH suisse suizo suiza|CL chilien chilienne chileno chilena"
    "|CN chinois chinoise chino china|CO colombien colombienne colombiano colombiana"
    "|CU cubain cubaine cubano cubana|DE allemand allemande aleman alemana"
    "|DK danois danoise danes danesa|DZ algerien algerienne argelino argelina"
    "|EC equatorien equatorienne ecuatoriano ecuatoriana|EG egyptien egyptienne egipcio egipcia"
    "|ES espagnol espagnole espanol espanola|FI finlandais finlandaise finlandes finlandesa"
    "|FR francais francaise frances francesa|GB britannique britanico britanica"
    "|ID indonesien indonesienne indonesio indonesia|IN indien indienne indio"
    "|IR iranien iranienne irani|IT italien italienne italiano italiana"
    "|JP japonais japonaise japones japonesa|KR coreen coreenne coreano coreana"
    "|MA marocain marocaine marroqui|MX mexicain mexicaine mexicano mexicana"
    "|MY malaisien malaisienne malasio malasia"
    "|NL neerlandais neerlandaise neerlandes neerlandesa"
    "|NO norvegien norvegienne noruego noruega|PE peruvien peruvienne peruano peruana"
    "|PK pakistanais pakistanaise pakistani|PL polonais polonaise polaco polaca"
    "|PT portugais portugaise portugues portuguesa|RU russe ruso rusa"
    "|SE suedois suedoise sueco sueca|TH thailandais thailandaise tailandes"
    "|TN tunisien tunisienne tunecino|TR turc turque turco turca"
    "|UA ukrainien ukrainienne ucraniano ucraniana|US americain americaine estadounidense"
    "|UY uruguayo uruguaya|VN vietnamien vietnamienne vietnamita"
)
_GERMAN = (
    "AR argentinisch|AT osterreichisch|AU australisch|BE belgisch|BR brasilianisch|CA kanadisch"
    "|CH schweizerisch|CL chilenisch|CN chinesisch|CO kolumbianisch|DE deutsch|DK danisch"
    "|EG agyptisch|ES spanisch|FI finnisch|FR franzosisch|GB britisch|ID indonesisch|IN indisch"
    "|IR iranisch|IT italienisch|JP japanisch|KR koreanisch sudkoreanisch|MA marokkanisch"
    "|MX mexikanisch|MY malaysisch|NL niederlandisch|NO norwegisch|PL polnisch|PT portugiesisch"
    "|RU russisch|SE schwedisch|TH thailandisch|TN tunesisch|TR turkisch|UA ukrainisch"
    "|US amerikanisch|VN vietnamesisch"
)


def adjectives() -> Iterator[tuple[str, str, bool]]:
    """Each adjective with its code, and whether it is written with a capital. Without accents."""
    for entry in _ENGLISH.split("|"):
        code, words = entry[:2], entry[3:]
        yield from ((word, code, True) for word in words.split(","))
    for entry in _FRENCH_AND_SPANISH.split("|"):
        code, *forms = entry.split()
        for word in forms:
            yield from ((form, code, False) for form in (word, f"{word}s"))
    for entry in _GERMAN.split("|"):
        code, *stems = entry.split()
        for word in stems:
            yield from (
                (word + ending, code, False) for ending in ("", "e", "en", "er", "es", "em")
            )
