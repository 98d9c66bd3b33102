"""The table at the end."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from .measuring import Pair, Times

MEGABYTE = 1024 * 1024
Line = tuple[str, ...]
HEAD: Line = ("", "side", "p50", "p95", "a second", "ratio", "target", "memory")


def machine(postgresql: str) -> str:
    """What this ran on, in a line."""
    processors = {
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    }
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / MEGABYTE / 1024
    return (
        f"{os.cpu_count()} × {', '.join(sorted(processors)) or platform.machine()}, "
        f"{memory:.0f} GB; Python {platform.python_version()}, PostgreSQL {postgresql}"
    )


def lines_of(
    name: str, pair: Pair, *, target: float | None = None, seconds: float | None = None,
    work: int = 1, weighed: bool = False,
) -> Iterable[Line]:  # fmt: skip
    """A row of the table: the tracker's line and, under it, its floor's.

    ``target`` is a ratio and ``seconds`` a time that it wants to stay below; ``work`` is how much
    is done in one run: an import's rounds. With ``weighed`` it tells by how much the workers grew.
    """
    verdict = "–"
    if target is not None:
        verdict = f"≤ {target:g} {_met(pair.ratio <= target)}"
    elif seconds is not None:
        verdict = f"≤ {_duration(seconds)} {_met(pair.ours.p50 <= seconds)}"
    grown = f"+{megabytes(max(pair.grown, 0))}" if weighed else ""
    yield (name, "tracker", *_times(pair.ours, work), f"{pair.ratio:.2f}", verdict, grown)
    yield ("", "floor", *_times(pair.floor, work), "", "", "")


def _met(met: bool) -> str:
    return "✓" if met else "MISSED"


def _times(times: Times, work: int) -> tuple[str, str, str]:
    return (_duration(times.p50), _duration(times.p95), f"{times.a_second * work:,.0f}")


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def table(lines: Iterable[Line]) -> str:
    """Align columns under their heads: the first two to the left, numbers to the right."""
    written = [HEAD, *lines]
    widths = [max(len(line[column]) for line in written) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in written
    )


def megabytes(number: int) -> str:
    return f"{number / MEGABYTE:.0f} MB"
