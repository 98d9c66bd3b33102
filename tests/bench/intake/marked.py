"""Texts with what is to be read in them, and the vocabulary that they are read with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson

from dialogues.records.intake import Vocabulary, general_vocabulary
from dialogues.records.intake.words.vocabulary import KnownSeries, add_topic

TEXTS = Path(__file__).parent / "texts"
SAMPLE = Path(__file__).parents[3] / "dialogues" / "sample" / "indonesia.ndjson"


@dataclass(frozen=True)
class Marked:
    """A text, the day it came out, and what it says by column."""

    name: str
    text: str
    published: date
    says: dict[str, list[str]]


def marked(folder: str) -> Iterator[Marked]:
    """The texts of ``train`` or ``held``."""
    for file in sorted((TEXTS / folder).glob("*.txt")):
        head, text = file.read_text(encoding="utf-8").split("---\n", 1)
        says: dict[str, list[str]] = defaultdict(list)
        for line in head.strip().splitlines():
            column, value = line.split(": ", 1)
            says[column].append(value)
        published = date.fromisoformat(says.pop("published")[0])
        yield Marked(f"{folder}/{file.stem}", text, published, dict(says))


def sample_vocabulary() -> Vocabulary:
    """What a tracker with the sample records knows, without a database."""
    known = general_vocabulary("ID")
    series: dict[str, KnownSeries] = {}
    for line in SAMPLE.read_bytes().splitlines():
        record = orjson.loads(line)
        if record.get("type") == "topic":
            add_topic(known, record["slug"], record["name"], record["name_id"])
        said = record if record.get("type") == "series" else record.get("series")
        if said and said.get("title"):
            series[said["slug"]] = KnownSeries(
                said["title"], said["slug"], said["kind"], said["partner"]["code"]
            )
    known.series = list(series.values())
    return known
