"""How many rounds each value of a facet would leave: the numbers beside the listing's filters."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from pydantic import BaseModel, Field, create_model

from dialogues.filters import Counted, RoundFilter, counts
from dialogues.filters.listing import ListingFilter
from dialogues.listings import LISTINGS
from dialogues.models import Round

from .examples import facets_example
from .reading import QuestionView

FACETS = tuple(LISTINGS["rounds"].facets)


class FacetValue(BaseModel):
    """One value of a facet."""

    value: str = Field(description="As the filter of the facet's name takes it.")
    label: str = Field(description="In the language of the answer.")
    count: int = Field(description="How many rounds fit that have it.")


RoundFacets = create_model(
    "RoundFacets",
    __doc__="Each facet counted under all filters but its own, the most frequent value first.",
    **dict.fromkeys(FACETS, (list[FacetValue], ...)),  # type: ignore[call-overload]
)


class RoundFacetsView(QuestionView):
    """The values that rounds have, and how many rounds have each, under the filters given."""

    name = "rounds"
    operation = "list_round_facets"
    model = Round
    filterset = RoundFilter

    def answered(self, filters: ListingFilter, **given: str) -> HttpResponse:
        counted = counts(filters, FACETS)
        return self.json(
            orjson.dumps({name: list(map(_told, _known(counted[name]))) for name in FACETS})
        )

    @classmethod
    def answers(cls) -> Any:
        """What the schema says of the answer."""
        return RoundFacets

    @classmethod
    def example(cls) -> Any:
        return facets_example(FACETS)


def _known(values: list[Counted]) -> list[Counted]:
    """Without the count of what is not recorded: that is no value, but ``NAME__empty=true``."""
    return [one for one in values if one.value is not None]


def _told(one: Counted) -> dict[str, Any]:
    return {"value": one.value, "label": one.label, "count": one.count}
