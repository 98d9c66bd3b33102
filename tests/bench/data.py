"""The bench's records, in the record format: seeded, so that every run has the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import orjson

from .world import World

SEED = 2021
POINTS = 10  # agreed points a round
FIRST, YEARS = date(1995, 1, 1), 30
SITE = "https://kemlu.example/"


def records(rounds: int) -> tuple[World, Iterator[dict[str, Any]]]:
    """The lines of a file of ``rounds`` rounds with ten times as many agreed points, those that
    rounds refer to first, and the world that they are made of."""
    random = Random(SEED)  # noqa: S311 - data that is the same each time, nothing secret
    world = World(random)
    return world, chain(world.lines(), Rounds(world, random).documents(rounds))


def fingerprint() -> str:
    """Names the data by what it is made of: other code, other data."""
    folder = Path(__file__).parent
    source = b"".join((folder / name).read_bytes() for name in ("data.py", "world.py", "words.py"))
    return hashlib.sha256(source).hexdigest()[:8]


def write(path: Path, rounds: int, progress: Callable[[int], Any]) -> None:
    """Write them as NDJSON. ``progress`` hears how many rounds are written, more or less."""
    _world, lines = records(rounds)
    with path.open("wb") as file:
        for number, line in enumerate(lines, start=1):
            file.write(orjson.dumps(line) + b"\n")
            progress(number)


class Rounds:
    """Writes the documents."""

    def __init__(self, world: World, random: Random) -> None:
        self.world, self.random = world, random

    def documents(self, count: int) -> Iterator[dict[str, Any]]:
        """Yield ``count`` documents. The rounds of a series spread over all the years."""
        drawn = self.world.any_series.some(self.random, count)
        totals = Counter(series["slug"] for series in drawn)
        held: Counter[str] = Counter()
        for series in drawn:
            slug = series["slug"]
            held[slug] += 1
            step = 365.25 * YEARS / totals[slug]
            begins = FIRST + timedelta(days=int(step * (held[slug] - self.random.random())))
            yield self._round(series, held[slug], begins)

    def _round(self, series: dict[str, Any], number: int, begins: date) -> dict[str, Any]:
        random, english = self.random, self.world.english
        # A round without a number is known by its series and date, which then is of that day only.
        numbered = random.random() < 0.94
        return {
            "slug": f"{series['slug']}-{number}" if numbered else f"{series['slug']}-no-{number}",
            "series": series,
            "edition": number if numbered else None,
            "status": self._one(held=85, postponed=5, cancelled=5, planned=3, confirmed=2),
            "date": self._date(begins) if numbered else begins.isoformat(),
            "format": self._one(in_person=70, virtual=10, hybrid=10, unknown=10),
            "format_note": "",
            "host": self._one(own=40, partner=40, unknown=10, third=5, both=5),
            "venues": random.sample(self.world.venues, self._one(**{"0": 10, "1": 80, "2": 10})),
            "participants": self._participants(series["slug"]),
            "topics": self.world.any_topic.distinct(random, random.randint(1, 5)),
            "summary": english.text(random.randint(30, 120)),
            "statements": [self._statement() for _ in range(random.randint(1, 5))],
            "agreed_points": [self._point(n, begins) for n in range(1, POINTS + 1)],
            "next_round_note": english.text(12) if random.random() < 0.5 else "",
            "related_events": self._events(begins),
            "sources": [self._source(begins) for _ in range(random.randint(1, 3))],
            "internal_note": english.text(15) if random.random() < 0.2 else "",
            "visibility": self._one(public=90, internal=8, restricted=2),
            "publication": self._one(published=92, draft=4, in_review=2, withdrawn=2),
        }

    def _one(self, **shares: int) -> Any:
        """Draw one of the names by its share; a name that is a number comes back as one."""
        (name,) = self.random.choices(list(shares), weights=list(shares.values()))
        return int(name) if name.isdecimal() else name

    def _date(self, day: date) -> str | None:
        match self._one(day=70, days=15, month=8, year=5, none=2):
            case "days":
                return f"{day}/{day + timedelta(days=self.random.randint(1, 3))}"
            case "month":
                return f"{day:%Y-%m}"
            case "year":
                return f"{day:%Y}"
            case "none":
                return None
        return day.isoformat()

    def _later(self, day: date, most: int) -> str:
        return (day + timedelta(days=self.random.randint(1, most))).isoformat()

    def _participants(self, series: str) -> list[dict[str, str]]:
        found = []
        for side, people in zip(("own", "partner"), self.world.people[series], strict=True):
            for place, name in enumerate(self.random.sample(people, self.random.randint(1, 4))):
                found.append(
                    {
                        "side": side,
                        "role": "head" if place == 0 else "member",
                        "name": name,
                        "title": f"Director for {self.world.english.name(2)}",
                        "institution": "Ministry of Foreign Affairs" if place == 0 else "",
                    }
                )
        return found

    def _text(self, language: str, least: int, most: int) -> str:
        writer = self.world.english if language == "en" else self.world.indonesian
        return writer.text(self.random.randint(least, most))

    def _issue(self) -> str | None:
        return self.world.any_issue.some(self.random, 1)[0] if self.random.random() < 0.2 else None

    def _statement(self) -> dict[str, Any]:
        return {
            "side": self._one(own=45, partner=45, both=10),
            "text": self._text(self._one(en=70, id=30), 15, 60),
            "topics": self.world.any_topic.distinct(self.random, self.random.randint(0, 2)),
            "issue": self._issue(),
            "internal_note": "",
        }

    def _point(self, number: int, agreed: date) -> dict[str, Any]:
        random = self.random
        has_original = random.random() < 0.4
        return {
            "number": number,
            "text": self._text(self._one(en=75, id=25), 12, 36),
            "original_text": self._text("id", 12, 36) if has_original else "",
            "original_language": "id" if has_original else "",
            "kind": self._one(
                commitment=40, joint_position=30, exchange=15, next_round=5, other=10
            ),
            "topics": self.world.any_topic.distinct(random, random.randint(1, 2)),
            "responsible": None if random.random() < 0.3 else self._one(own=4, partner=4, both=2),
            "due": None if random.random() < 0.6 else self._later(agreed, 700)[: self._cut()],
            "status": self._one(open=40, in_progress=25, done=25, lapsed=7, superseded=3),
            "issue": self._issue(),
            "internal_note": self._text("en", 6, 14) if random.random() < 0.05 else "",
            "follow_ups": self._follow_ups(agreed),
        }

    def _cut(self) -> int:
        """How many letters of a date are known: those of its year, its month or its day."""
        return int(self._one(**{"4": 30, "7": 40, "10": 30}))

    def _follow_ups(self, agreed: date) -> list[dict[str, Any]]:
        return [
            {
                "date": self._later(agreed, 900),
                "status": self._one(in_progress=60, done=30, open=10),
                "note": self._text("en", 5, 20),
                "source_url": f"{SITE}news/{self.random.randrange(10**6)}",
            }
            for _ in range(self._one(**{"0": 60, "1": 20, "2": 12, "3": 8}))
        ]

    def _events(self, day: date) -> list[dict[str, Any]]:
        if self.random.random() < 0.7:
            return []
        return [
            {
                "kind": self._one(seminar=5, visit=3, workshop=2),
                "title": self.world.english.name(6),
                "date": day.isoformat()[: self._cut()],
                "place": self.random.choice(self.world.venues)["city"],
                "note": "",
            }
        ]

    def _source(self, day: date) -> dict[str, Any]:
        return {
            "kind": self._one(press_release=60, news=25, joint_statement=10, record=5),
            "publisher": "Ministry of Foreign Affairs",
            "title": self.world.english.name(8),
            "url": f"{SITE}releases/{self.random.randrange(10**7)}",
            "published_on": self._later(day, 10),
            "language": self._one(id=60, en=40),
            "side": self._one(own=60, partner=20, third=15, both=5),
            "topics": self.world.any_topic.distinct(self.random, self.random.randint(0, 2)),
            "note": "",
        }
