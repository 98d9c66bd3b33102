"""Nothing is forgotten: a field of the model stands at every door, or here with a reason."""

from __future__ import annotations

import pytest

from dialogues.filters import AgreedPointFilter, RoundFilter
from dialogues.filters.listing import ListingFilter
from dialogues.models import AgreedPoint, Round

IN_THE_TEXT = "found by its words, with q"
AN_ADDRESS = "is the row's own address"

#: Fields that are filtered under another name.
FILTERED_AS = {
    Round: {"date": "year", "topics": "topic", "venues": "city", "updated": "ordering"},
    AgreedPoint: {"topics": "topic", "due": "due_from"},
}

#: Fields that no filter is for, and why.
NOT_FILTERED = {
    Round: {
        "id": AN_ADDRESS,
        "slug": AN_ADDRESS,
        "format_note": IN_THE_TEXT,
        "summary": IN_THE_TEXT,
        "next_round_note": IN_THE_TEXT,
        "internal_note": IN_THE_TEXT,
        "created": "says when it was typed in, which nobody looks for",
    },
    AgreedPoint: {
        "id": AN_ADDRESS,
        "number": AN_ADDRESS,
        "round": "is filtered by what the round is",
        "text": IN_THE_TEXT,
        "original_text": IN_THE_TEXT,
        "internal_note": IN_THE_TEXT,
        "original_language": "says how to read the text, not what it is about",
        "kind": "the parameter is the series' kind, on both listings",
    },
}


@pytest.mark.parametrize(
    ("model", "listing"), [(Round, RoundFilter), (AgreedPoint, AgreedPointFilter)]
)
def test_every_field_is_filtered_or_exempt(
    model: type[Round | AgreedPoint], listing: type[ListingFilter]
) -> None:
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    renamed, exempt = FILTERED_AS[model], NOT_FILTERED[model]
    assert (renamed.keys() | exempt.keys()) <= fields, "named here, but no field any more"
    assert {
        name
        for name in fields - exempt.keys()
        if renamed.get(name, name) not in listing.base_filters
    } == set()
