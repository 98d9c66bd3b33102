"""NDJSON out: the same data gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.db.models.functions import Collate

from dialogues import models
from dialogues.countries import ISO_CODES, country_name
from dialogues.queries.snapshots import snapshot

from .names import name_of_slug, slug_of
from .reading import stream


def export_lines() -> Iterator[bytes]:
    """Yield every line of a whole export, sorted, keys sorted too, each ending in a newline.

    First the lines of what rounds refer to and that holds more than they say of it, then the
    rounds with staff's notes. Read in one snapshot, so that a writer cannot come between.
    """
    with snapshot():
        for line in reference_lines():
            yield _line(line)
        # Byte order, whatever the database's own collation makes of hyphens.
        for document in stream(models.Round.objects.order_by(Collate("slug", "C")), staff=True):
            yield _line(orjson.loads(document))


def reference_lines() -> Iterator[dict[str, Any]]:
    """What rounds refer to, a line each, if a round could not make it anew from what it says."""
    yield from sorted(
        (*_issues(), *_partners(), *_people(), *_series(), *_topics()),
        key=lambda line: (line["type"], line.get("slug") or line["code"]),
    )


def _topics() -> Iterator[dict[str, Any]]:
    for topic in models.Topic.objects.mentioned().select_related("parent"):
        if topic.name != name_of_slug(topic.slug) or topic.name_id or topic.parent:
            yield {
                "type": "topic",
                "slug": topic.slug,
                "name": topic.name,
                "name_id": topic.name_id,
                "parent": topic.parent and topic.parent.slug,
            }


def _issues() -> Iterator[dict[str, Any]]:
    for issue in models.Issue.objects.mentioned():
        if issue.name != name_of_slug(issue.slug) or issue.name_id or issue.note:
            yield {
                "type": "issue",
                "slug": issue.slug,
                "name": issue.name,
                "name_id": issue.name_id,
                "note": issue.note,
            }


def _people() -> Iterator[dict[str, Any]]:
    for person in models.Person.objects.mentioned():
        if person.also_written or person.slug != slug_of(person.name):
            yield {
                "type": "person",
                "slug": person.slug,
                "name": person.name,
                "also_written": person.also_written,
            }


def _partners() -> Iterator[dict[str, Any]]:
    for partner in models.Partner.objects.mentioned():
        usual = country_name(partner.code, "id") if partner.code in ISO_CODES else ""
        if partner.name_id != usual:
            yield {
                "type": "partner",
                "code": partner.code,
                "name": partner.name,
                "kind": partner.kind,
                "name_id": partner.name_id,
            }


def _series() -> Iterator[dict[str, Any]]:
    for series in models.Series.objects.mentioned().select_related("partner"):
        if series.note or series.unrecorded_through:
            yield {
                "type": "series",
                "slug": series.slug,
                "title": series.title,
                "kind": series.kind,
                "partner": {
                    "code": series.partner.code,
                    "name": series.partner.name,
                    "kind": series.partner.kind,
                },
                "note": series.note,
                "unrecorded_through": series.unrecorded_through,
            }


def _line(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
