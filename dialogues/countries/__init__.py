"""Which country? ISO 3166-1 codes, their names from CLDR, and codes for organisations.

A leaf: it imports nothing of the project. The ministry's own wording is laid over it by whoever
keeps it: hand `find_country` its names, and ask `country_name` where it has none.
"""

from dialogues.countries.cities import cities
from dialogues.countries.names import (
    all_names,
    country_name,
    find_country,
    nearest_names,
    wordings,
)
from dialogues.countries.organisations import (
    ORGANISATION_CODE_LENGTH,
    known_organisation,
    organisation_code,
    organisation_wordings,
)
from dialogues.countries.peoples import adjectives
from dialogues.countries.words import ISO_CODES, LANGUAGES

__all__ = [
    "ISO_CODES",
    "LANGUAGES",
    "ORGANISATION_CODE_LENGTH",
    "adjectives",
    "all_names",
    "cities",
    "country_name",
    "find_country",
    "known_organisation",
    "nearest_names",
    "organisation_code",
    "organisation_wordings",
    "wordings",
]
