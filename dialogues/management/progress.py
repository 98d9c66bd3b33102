"""A bar for where one waits."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import Self, TextIO

WIDTH = 40


class Progress:
    """Shows how much of ``total`` is done, ten times a second, where somebody is watching."""

    def __init__(self, total: int, out: TextIO) -> None:
        self.total, self.out = max(total, 1), out
        self.watched = out.isatty()
        self.shown = 0.0

    def __enter__(self) -> Self:
        return self

    def at(self, done: int) -> None:
        if self.watched and monotonic() - self.shown > 0.1:
            self.shown = monotonic()
            filled = min(WIDTH, done * WIDTH // self.total)
            bar = "█" * filled + "░" * (WIDTH - filled)
            self.out.write(f"\r{bar} {min(100, done * 100 // self.total):3d} %")
            self.out.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.watched and self.shown:
            self.out.write("\r" + " " * (WIDTH + 7) + "\r")
            self.out.flush()
