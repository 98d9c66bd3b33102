"""What is going on, where one waits."""

from __future__ import annotations

import sys
import time

WIDTH = 70


class Step:
    """One line: what is done, how far, and at the end how long it took."""

    def __init__(self, name: str, total: int = 0) -> None:
        self.name, self.total = name, total
        self.began = time.monotonic()
        self.shown = 0.0
        self._show("…")

    def at(self, done: int) -> None:
        if time.monotonic() - self.shown > 0.2:
            self._show(f"{100 * done // max(self.total, 1)} %")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def done(self, result: str = "") -> None:
        self._show(result or f"{self.seconds:.1f} s")
        print(file=sys.stderr)

    def _show(self, state: str) -> None:
        self.shown = time.monotonic()
        line = f"{self.name}: {state}"
        # Where nobody watches, a line that is written over says nothing.
        if sys.stderr.isatty():
            print(f"\r{line:<{WIDTH}}", end="", file=sys.stderr, flush=True)
        elif state[-1] not in "%…":
            print(line, end="", file=sys.stderr, flush=True)
