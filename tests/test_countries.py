"""Countries by code and by whatever name they go; codes for organisations, never a country's."""

import pytest

from dialogues.countries import (
    ISO_CODES,
    LANGUAGES,
    all_names,
    country_name,
    find_country,
    nearest_names,
    organisation_code,
)


def test_there_are_249_codes_each_with_a_name_in_both_languages() -> None:
    assert len(ISO_CODES) == 249
    for language in LANGUAGES:
        assert {code for code, _name in all_names(language)} == ISO_CODES


def test_names_come_in_the_readers_language_and_else_in_english() -> None:
    assert country_name("NO", "en") == "Norway"
    assert country_name("NO", "id") == "Norwegia"
    assert country_name("NO", "fr") == "Norway"


@pytest.mark.parametrize("code", ["EU", "UN", "XK", "no", "", "001"])
def test_what_is_no_countrys_code_has_no_name(code: str) -> None:
    with pytest.raises(KeyError):
        country_name(code)


def test_lists_are_sorted_by_name_without_regard_to_accents() -> None:
    assert [name for _code, name in all_names("en")][:3] == [
        "Afghanistan",
        "Åland Islands",
        "Albania",
    ]
    assert [name for _code, name in all_names("id")][:2] == ["Afganistan", "Afrika Selatan"]


def test_every_code_and_every_cldr_name_finds_its_country() -> None:
    for code in ISO_CODES:
        assert find_country(code) == find_country(f" {code.lower()} ") == code
        for language in LANGUAGES:
            assert find_country(country_name(code, language)) == code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("VN", "Viet Nam|Vietnam|VIETNAM|Republik Sosialis Vietnam"),
        ("KR", "South Korea|Korea Selatan|Republic of Korea|Korea, Republic of|Republik Korea"),
        ("KP", "North Korea|Korea Utara|DPRK|Korea (Democratic People's Republic of)"),
        ("RU", "Russia|Russian Federation|Rusia|Federasi Rusia"),
        ("TR", "Turkey|Türkiye|Turkiye|Turki|Republic of Türkiye"),
        ("IR", "Iran|Iran (Islamic Republic of)|Islamic Republic of Iran|Republik Islam Iran"),
        ("CZ", "Czech Republic|Czechia|Ceko|Republik Ceko"),
        ("CI", "Ivory Coast|Côte d’Ivoire|Cote d'Ivoire|Pantai Gading"),
        ("LA", "Laos|Lao PDR|Lao People's Democratic Republic"),
        ("BN", "Brunei|Brunei Darussalam|Negara Brunei Darussalam"),
        ("GB", "UK|U.K.|United Kingdom|Britania Raya|Inggris|Great Britain"),
        ("US", "USA|U.S.|A.S.|Amerika Serikat|the United States of America"),
        ("AE", "UAE|United Arab Emirates|Uni Emirat Arab"),
        ("TL", "Timor-Leste|Timor Leste|Timor Timur|East Timor"),
        ("MM", "Myanmar|Burma|Republic of the Union of Myanmar"),
        ("PS", "Palestine|Palestina|State of Palestine|Negara Palestina"),
        ("VA", "Holy See|Vatikan|Takhta Suci|Vatican City"),
        ("CN", "China|Tiongkok|Republik Rakyat Tiongkok|RRT|People's Republic of China"),
        ("SY", "Syria|Suriah|Syrian Arab Republic|Republik Arab Suriah"),
        ("BA", "Bosnia & Herzegovina|Bosnia and Herzegovina|Bosnia dan Herzegovina"),
        ("LC", "St. Lucia|Saint Lucia"),
        ("SA", "Saudi Arabia|Arab Saudi|Kerajaan Arab Saudi|Kingdom of Saudi Arabia"),
        ("TZ", "Tanzania, United Republic of"),
        ("BO", "Bolivia (Plurinational State of)"),
    ],
)
def test_a_country_goes_by_many_names(code: str, names: str) -> None:
    assert {name: find_country(name) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), code
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Republic of the Congo", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("Congo (the Democratic Republic of the)", "CD"),
        ("Republik Demokratik Kongo", "CD"),
        ("Guinea", "GN"),
        ("Republic of Guinea-Bissau", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("Dominica", "DM"),
        ("Commonwealth of Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("Republik Dominika", "DO"),
        ("Niger", "NE"),
        ("Federal Republic of Nigeria", "NG"),
        ("Republic of South Sudan", "SS"),
        ("Sudan", "SD"),
        ("American Samoa", "AS"),
        ("Samoa", "WS"),
    ],
)
def test_names_that_resemble_each_other_are_kept_apart(name: str, code: str) -> None:
    assert find_country(name) == code


@pytest.mark.parametrize(
    "name",
    ["Korea", "Congo", "Kongo", "Republic of China", "Republik Tiongkok", "European Union", "EU",
     "Norwgia", "the", "Republik", "", "President of the Republic of Indonesia"],
)  # fmt: skip
def test_what_could_be_two_countries_or_none_is_nobodys_name(name: str) -> None:
    assert find_country(name) is None


def test_two_letters_are_always_a_code() -> None:
    assert find_country("AS") == "AS"
    assert find_country("AS", {"AS": "US"}) == "AS"


def test_the_ministrys_own_wording_comes_first() -> None:
    assert find_country("Korea", {"korea": "KR"}) == "KR"
    assert find_country("Georgia", {"Georgia": "GS"}) == "GS"
    assert find_country("Norway", {"Korea": "KR"}) == "NO"


def test_a_misspelt_name_brings_the_nearest_ones() -> None:
    assert nearest_names("Norwgia", "id")[0] == "Norwegia"
    assert nearest_names("Norwgia", "en")[0] == "Norway"
    assert nearest_names("Untied States")[0] == "United States"
    assert len(nearest_names("Guinee", n=2)) == 2
    assert nearest_names("xyzzy") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("European Union", "EU"),
        ("Uni Eropa", "EU"),
        ("United Nations", "UN"),
        ("ASEAN", "ASEAN"),
        ("African Union", "AFRICAN-UNION"),
        ("AU", "AFRICAN-UNION"),
        ("MIKTA", "MIKTA"),
        ("D-8", "D-8"),
        ("Gulf Cooperation Council", "GCC"),
        ("Organisation of Islamic Cooperation", "OIC"),
        ("Pacific Islands Forum", "PIF"),
        ("Council of Europe", "COUNCIL-OF-EUROPE"),
        ("World Bank", "WORLD-BANK"),
        ("Intergovernmental Authority", "INTERGOVERNMENTAL-AU"),
        ("联合国", "ORG"),
    ],
)
def test_an_organisations_code_is_made_of_its_name(name: str, code: str) -> None:
    assert organisation_code(name, set()) == code


def test_an_organisations_code_is_nobody_elses() -> None:
    assert organisation_code("NO", set()) == "NO-2"
    assert organisation_code("Pacific Islands Forum", {"PIF", "PIF-2"}) == "PIF-3"
    long = organisation_code("Intergovernmental Authority", {"INTERGOVERNMENTAL-AU"})
    assert long == "INTERGOVERNMENTAL-2"
