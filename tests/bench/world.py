"""What the rounds of the bench refer to: partners, series, topics, issues, people, venues."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any

from dialogues.countries import ISO_CODES, country_name

from .words import Writer

SERIES, ISSUES, CITIES = 150, 120, 80
ROOT_TOPICS, BRANCHES, LEAVES = 12, 6, 3
ORGANISATIONS = {
    "EU": "European Union",
    "ASEAN": "Association of Southeast Asian Nations",
    "OIC": "Organisation of Islamic Cooperation",
    "GCC": "Gulf Cooperation Council",
    "AFRICAN-UNION": "African Union",
}
COUNTRIES = 55
KINDS = (
    "human_rights", "political_consultation", "joint_commission", "consular", "interfaith",
    "policy_planning", "legal", "strategic", "other",
)  # fmt: skip


@dataclass
class Drawn:
    """Things of which the first come up more often than the last."""

    things: list[Any]
    flat: float = 2.0
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = list(accumulate(1 / (n + self.flat) for n in range(len(self.things))))

    def some(self, random: Random, count: int) -> list[Any]:
        """Draw ``count``, perhaps the same one more than once."""
        return random.choices(self.things, cum_weights=self.weights, k=count)

    def distinct(self, random: Random, count: int) -> list[Any]:
        """Draw at most ``count`` different ones."""
        return list(dict.fromkeys(self.some(random, count)))


class World:
    """Made once from the seed; the same seed makes the same world."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.english, self.indonesian = Writer("en", random), Writer("id", random)
        self.partners = self._partners()
        self.series = self._series()
        self.topics = self._topics()
        self.issues = [self._named("issue", n) for n in range(ISSUES)]
        self.people = {series["slug"]: self._people() for series in self.series}
        self.venues = self._venues()
        # The tree is listed root by root; shuffled, headings and leaves come up alike.
        slugs = [topic["slug"] for topic in self.topics]
        random.shuffle(slugs)
        self.any_topic = Drawn(slugs, flat=10)
        self.any_issue = Drawn([issue["slug"] for issue in self.issues])
        self.any_series = Drawn(self.series, flat=20)

    def lines(self) -> list[dict[str, Any]]:
        """The reference lines of the file: what rounds refer to and do not say in full."""
        return [*self.partners, *self.topics, *self.issues]

    def _partners(self) -> list[dict[str, Any]]:
        codes = self.random.sample(sorted(ISO_CODES - {"ID"}), COUNTRIES)
        countries = [(code, country_name(code, "en"), "country") for code in codes]
        others = [(code, name, "organisation") for code, name in ORGANISATIONS.items()]
        # Organisations among the first few: some of the busiest partners are.
        listed = [*countries[:2], *others[:2], *countries[2:], *others[2:]]
        return [
            {
                "type": "partner",
                "code": code,
                "name": name,
                "kind": kind,
                "name_id": country_name(code, "id") if kind == "country" else f"{name} (id)",
            }
            for code, name, kind in listed
        ]

    def _series(self) -> list[dict[str, Any]]:
        """Each partner has a series at least; what is over falls to the busy ones."""
        busy = Drawn(self.partners, flat=3)
        owners = [*self.partners, *busy.some(self.random, SERIES - len(self.partners))]
        found = []
        for number, partner in enumerate(owners):
            kind = KINDS[number % len(KINDS)]
            code = partner["code"].lower()
            found.append(
                {
                    "slug": f"indonesia-{code}-{kind.replace('_', '-')}-{number}",
                    "title": f"Indonesia–{partner['name']} {self.english.name(2)} Dialogue",
                    "kind": kind,
                    "partner": {key: partner[key] for key in ("code", "name", "kind")},
                }
            )
        return found

    def _topics(self) -> list[dict[str, Any]]:
        topics: list[dict[str, Any]] = []
        for _root in range(ROOT_TOPICS):
            root = self._topic(topics, None)
            for _branch in range(BRANCHES):
                branch = self._topic(topics, root)
                for _leaf in range(LEAVES):
                    self._topic(topics, branch)
        return topics

    def _topic(self, topics: list[dict[str, Any]], parent: str | None) -> str:
        topic = {**self._named("topic", len(topics)), "parent": parent}
        topics.append(topic)
        return str(topic["slug"])

    def _named(self, kind: str, number: int) -> dict[str, Any]:
        name = self.english.name(3)
        return {
            "type": kind,
            "slug": f"{name.lower().replace(' ', '-')}-{number}",
            "name": name,
            "name_id": self.indonesian.name(3),
        }

    def _people(self) -> list[list[str]]:
        """Who speaks in a series: the ministry's people and the partner's."""
        own, partner = self.indonesian, self.english
        return [
            [f"{own.name(1)} {own.name(1)} {own.name(1)}" for _ in range(8)],
            [f"{partner.name(1)} {partner.name(1)} {partner.name(1)}" for _ in range(12)],
        ]

    def _venues(self) -> list[dict[str, str]]:
        codes = ["ID", *(p["code"] for p in self.partners if p["kind"] == "country")]
        return [
            {
                "name": self.english.name(2) if n % 3 == 0 else "",
                "city": self.english.name(1),
                "country": codes[n % len(codes)],
            }
            for n in range(CITIES)
        ]
