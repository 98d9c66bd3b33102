"""Times of two sides that take turns, so that whatever else the machine does hits both alike."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, starmap
from statistics import fmean, quantiles
from typing import Self

from .programs import ProgramFailed, Site
from .rows import Row

PIECE = 64 * 1024


@dataclass
class Times:
    """How long each of some runs took, in seconds."""

    taken: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return self._quantile(50)

    @property
    def p95(self) -> float:
        return self._quantile(95)

    @property
    def a_second(self) -> float:
        """How many would be done in a second, one after the other."""
        return 1 / fmean(self.taken)

    def _quantile(self, percent: int) -> float:
        if len(self.taken) == 1:
            return self.taken[0]
        return quantiles(self.taken, n=100, method="inclusive")[percent - 1]


@dataclass
class Pair:
    """The tracker and its floor at the same work."""

    ours: Times = field(default_factory=Times)
    floor: Times = field(default_factory=Times)
    grown: int = 0
    """By how many bytes the tracker's workers grew over it at most."""

    @property
    def ratio(self) -> float:
        return self.ours.p50 / self.floor.p50


@dataclass(frozen=True)
class Question:
    """A request, and the status of its answer."""

    path: str
    headers: Mapping[str, str]
    status: int

    @classmethod
    def of(cls, site: Site, path: str, row: Row) -> Self:
        """Ask for a path; of a conditional row, as one who has that answer already."""
        if not row.conditional:
            return cls(path, {}, 200)
        headers, _body = site.answer(path)
        return cls(path, {"If-None-Match": headers["ETag"]}, 304)

    def timed(self, connection: http.client.HTTPConnection) -> float:
        """Ask and read the whole answer; return the seconds."""
        began = time.perf_counter()
        connection.request("GET", self.path, headers=dict(self.headers))
        response = connection.getresponse()
        while response.read(PIECE):
            pass
        taken = time.perf_counter() - began
        if response.status != self.status:
            raise ProgramFailed(f"{response.status} {self.path}")
        return taken


Asked = tuple[http.client.HTTPConnection, Times, Question]


def alternate(
    ours: Site, floor: Site, row: Row, count: int, progress: Callable[[int], object]
) -> Pair:
    """Ask both sites for a row's addresses in turn, one request at a time, ``count`` times each.

    Each keeps one connection for the whole row. Before it counts, every address is asked for a few
    times: plans are made, templates read, pages of the database in memory.
    """
    pair = Pair()
    with closing(ours.connect()) as one, closing(floor.connect()) as other:

        @cache  # what is had already was asked for before, not just now
        def sides(path: str, floors: str) -> tuple[Asked, Asked]:
            return (
                (one, pair.ours, Question.of(ours, path, row)),
                (other, pair.floor, Question.of(floor, floors, row)),
            )

        for connection, _times, question in chain.from_iterable(starmap(sides, row.first)):
            for _ in range(row.warm):
                question.timed(connection)
        held = ours.forget_peak()
        for number, asked in enumerate(starmap(sides, row.measured(count)), start=1):
            # Who goes first changes too: the second may find the processor's caches warmer.
            for connection, times, question in asked if number % 2 else reversed(asked):
                times.taken.append(question.timed(connection))
            progress(number)
        pair.grown = ours.recent_peak - held
    return pair
