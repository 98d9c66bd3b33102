"""Examples for the description: records of the sample as visitors are served them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson

from dialogues.records.shape import Document, Linked, Many, One, keys_of

from .documents import ServedAgreedPoint, ServedRound

SAMPLE = Path(__file__).parent.parent / "sample" / "indonesia.ndjson"
ROOT = "https://dialogues.example.org/api/v1/"
ROUND = "indonesia-norway-human-rights-dialogue-15"
WHEN = "2026-02-10T09:30:00+07:00"
#: Served below these names, told apart by `type`.
LINES = {"series": "series", "partners": "partner", "topics": "topic", "issues": "issue",
         "people": "person"}  # fmt: skip


def example(document: type[Document], name: str) -> dict[str, Any]:
    """One document as the list ``name`` serves it."""
    if document is ServedRound:
        made = {**_round(), "created": WHEN, "updated": WHEN, "url": f"{ROOT}rounds/{ROUND}/"}
    elif document is ServedAgreedPoint:
        round_ = _round()
        point = round_["agreed_points"][0]
        reference = f"{ROUND}.{point['number']}"
        told = {key: round_[key] for key in ("slug", "edition", "date", "status", "series")}
        made = {
            **point,
            "reference": reference,
            "round": {**told, "url": f"{ROOT}rounds/{ROUND}/"},
            "url": f"{ROOT}agreed-points/{reference}/",
        }
    else:
        line = next(one for one in _lines() if one.get("type") == LINES[name])
        made = {**line, "url": f"{ROOT}{name}/{line.get('slug') or line['code']}/"}
    ordered: dict[str, Any] = _in_order(document, made)
    return ordered


def page_example(document: type[Document], name: str) -> dict[str, Any]:
    """A list with one document."""
    return {"count": 1, "next": None, "previous": None, "results": [example(document, name)]}


def changes_example() -> dict[str, Any]:
    """A round that was written, and one that is gone."""
    gone = f"{ROUND}-withdrawn"
    written = {"slug": ROUND, "url": f"{ROOT}rounds/{ROUND}/", "changed": WHEN, "gone": False}
    return {
        "count": None,
        "next": None,
        "previous": None,
        "results": [
            {**written, "round": example(ServedRound, "rounds")},
            {
                "slug": gone, "url": f"{ROOT}rounds/{gone}/", "changed": WHEN, "gone": True,
                "round": None,
            },
        ],
        "resume": f"{ROOT}changes/?cursor=WyJ2MSIsMTIzXQ.signed",
    }  # fmt: skip


def facets_example(names: tuple[str, ...]) -> dict[str, Any]:
    """The facets of one round."""
    one = _round()
    partner = one["series"]["partner"]
    return {
        **{name: [] for name in names},
        "partner": [{"value": partner["code"], "label": partner["name"], "count": 1}],
        "year": [{"value": one["date"][:4], "label": one["date"][:4], "count": 1}],
    }


@cache
def _lines() -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in SAMPLE.read_bytes().splitlines()]


@cache
def _round() -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in _lines() if one.get("slug") == ROUND)
    return found


def _in_order(document: type[Document], told: Any) -> Any:
    """With the keys in the order in which they are served, and none that are staff's alone."""
    if isinstance(told, list):
        return [_in_order(document, one) for one in told]
    ordered: dict[str, Any] = {}
    for key, mark in keys_of(document, staff=False):
        if key in told:
            inner = mark.document if isinstance(mark, One | Many | Linked) else None
            value = told[key]
            ordered[key] = _in_order(inner, value) if inner and value is not None else value
    return ordered
