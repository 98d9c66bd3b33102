"""What a listing shows of its rows: a few columns by plain queries, however many the rows are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from dialogues.models import AgreedPoint, Round
from dialogues.models.partners import in_readers_language
from dialogues.vocabulary import PointStatus

Row = dict[str, Any]


def rounds_by_id(ids: Sequence[int]) -> list[Row]:
    """The rounds of these ids, in their order. Whether a reader may see them is asked before.

    Each row has its columns, and `places` (words), `points` and `open_points` (numbers).
    Three queries.
    """
    rows = Round.objects.filter(pk__in=ids).values(
        "pk", "slug", "edition", "status", "date", "format", "visibility", "publication",
        "series__title", "series__partner__name", "series__partner__name_id",
    )  # fmt: skip
    places, counts = places_of(ids), counts_of(ids)
    nothing = {"points": 0, "open_points": 0}
    by_id = {
        row["pk"]: {**row, "places": places[row["pk"]], **counts.get(row["pk"], nothing)}
        for row in rows
    }
    return [by_id[pk] for pk in ids if pk in by_id]


def counts_of(ids: Sequence[int]) -> dict[int, Row]:
    """Of each round that has agreed points: how many `points`, and how many `open_points`."""
    return {
        row["round"]: row
        for row in AgreedPoint.objects.filter(round__in=ids)
        .order_by()
        .values("round")
        .annotate(points=Count("pk"), open_points=Count("pk", filter=Q(status=PointStatus.OPEN)))
    }


def places_of(ids: Sequence[int]) -> dict[int, list[str]]:
    """Where each round met: the cities; where no city is known, the venue or the country."""
    places: dict[int, list[str]] = defaultdict(list)
    for round_id, city, name, country, country_id in (
        Round.venues.through._base_manager.filter(round__in=ids)
        .order_by("pk")
        .values_list(
            "round", "venue__city", "venue__name", "venue__country__name", "venue__country__name_id"
        )
    ):
        place = city or name or in_readers_language(country, country_id)
        if place not in places[round_id]:
            places[round_id].append(place)
    return places


def points_by_id(ids: Sequence[int]) -> list[Row]:
    """The agreed points of these ids, in their order, with what is said of their rounds."""
    rows = AgreedPoint.objects.filter(pk__in=ids).values(
        "pk", "number", "text", "status", "due", "responsible",
        "round__slug", "round__edition", "round__date",
        "round__visibility", "round__publication",
        "round__series__title", "round__series__partner__name", "round__series__partner__name_id",
    )  # fmt: skip
    by_id = {row["pk"]: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]
