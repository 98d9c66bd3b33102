"""Times of two sides that take turns, so that whatever else the machine does hits both alike."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import fmean, quantiles

from .programs import ProgramFailed, Site


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

    @property
    def ratio(self) -> float:
        return self.ours.p50 / self.floor.p50


def alternate(
    ours: Site, floor: Site, paths: Sequence[str], count: int, progress: Callable[[int], object]
) -> Pair:
    """Ask both sites for each path in turn, one request at a time, ``count`` times each.

    Each keeps one connection for the whole row. Before it counts, every path is asked for a few
    times: plans are made, templates read, pages of the database in memory.
    """
    pair = Pair()
    sides = [(ours.connect(), pair.ours), (floor.connect(), pair.floor)]
    for path in [path for path in paths for _ in range(3)]:
        for connection, _times in sides:
            timed(connection, path)
    for number, path in enumerate(islice(cycle(paths), count), start=1):
        # Who goes first changes too: the second may find the processor's caches warmer.
        for connection, times in sides if number % 2 else reversed(sides):
            times.taken.append(timed(connection, path))
        progress(number)
    for connection, _times in sides:
        connection.close()
    return pair


def timed(connection: http.client.HTTPConnection, path: str) -> float:
    """Ask for a path and read the whole answer; return the seconds."""
    began = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    taken = time.perf_counter() - began
    if response.status != 200:
        raise ProgramFailed(f"{response.status} {path}")
    return taken
