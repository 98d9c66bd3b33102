"""``make bench``: make data, measure, print. docs/performance.md tells of its variables."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from tracker import environment

from . import data, filling, report
from .databases import Databases
from .intake.__main__ import main as intake
from .measuring import Pair, alternate
from .programs import ProgramFailed, Site, run, serving
from .progress import Step
from .rows import rows
from .sameness import Different, same_words

IMPORT_TARGET = 2  # half the floor's rate
IMPORTED = 10_000  # rounds at most; more take proportionally longer, on both sides


class Bench:
    """One run: its size, its databases, its folder, and what it has found so far."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self.databases, self.folder = databases, folder
        self.rounds = environment.number("ROUNDS", 10_000)
        self.requests = environment.number("REQUESTS", 100)
        self.imports = environment.number("IMPORTS", 1)
        self.imported = min(self.rounds, IMPORTED)
        self.only = environment.text("ONLY")
        self.keeping = environment.flag("KEEP")
        self.lines: list[report.Line] = []
        self.peaks: dict[str, int] = {}

    def run(self) -> None:
        if self.imports:
            self._compared(*self._imported())
        self._served(self._filled())

    @cached_property
    def _template(self) -> str:
        """A database with all tables and nothing in them."""
        step = Step("making the tables")
        template = self.databases.make("template")
        self._migrate(template)
        step.done()
        return template

    def _migrate(self, name: str) -> None:
        run("manage.py", "migrate", "--verbosity=0", database_url=self.databases.url_of(name))

    def _imported(self) -> tuple[str, str]:
        """Import into databases of either side, in turn; return the names of the last two."""
        file = self.folder / "rounds.ndjson"
        step = Step(f"writing {self.imported:,} rounds", self.imported)
        data.write(file, self.imported, step.at)
        step.done(report.megabytes(file.stat().st_size))
        pair = Pair()
        sides = {
            "floor": (("-m", "tests.bench.floor.importer"), pair.floor),
            "tracker": (("manage.py", "import_rounds"), pair.ours),
        }
        left: dict[str, str] = {}
        for number in range(1, self.imports + 1):
            for side, (command, times) in sides.items():
                if side in left:
                    self.databases.drop(left[side])
                name = left[side] = self.databases.make(f"{side}_{number}", self._template)
                self.databases.checkpoint()
                step = Step(f"import {number} of {self.imports}, {side}")
                done = run(*command, str(file), database_url=self.databases.url_of(name))
                step.done(f"{self.imported / done.seconds:,.0f} rounds a second")
                times.taken.append(done.seconds)
                key = f"import, {side}"
                self.peaks[key] = max(self.peaks.get(key, 0), done.peak)
        self.lines += report.lines_of(
            f"import, {self.imported:,} rounds", pair, target=IMPORT_TARGET, work=self.imported
        )
        return left["tracker"], left["floor"]

    def _compared(self, ours: str, floor: str) -> None:
        """Check that both imports left the same behind."""
        step = Step("comparing what both imports wrote")
        exports = []
        for name in (ours, floor):
            file = self.folder / f"{name}.ndjson"
            run("manage.py", "export_rounds", str(file), database_url=self.databases.url_of(name))
            exports.append(file.read_bytes())
            file.unlink()
        if exports[0] != exports[1]:
            raise Different("the exports of the two imports differ")
        same_words(self.databases.url_of(ours), self.databases.url_of(floor))
        self.databases.drop(ours)
        self.databases.drop(floor)
        step.done("the same")

    def _filled(self) -> str:
        """A database of all rounds for the pages; with KEEP an earlier run's, if there is one."""
        kept = f"{self.rounds}_{data.fingerprint()}"
        if self.keeping and (name := self.databases.kept(kept)):
            self._migrate(name)
            return name
        step = Step(f"filling a database with {self.rounds:,} rounds", self.rounds)
        name = self.databases.make("filled", self._template)
        filling.fill(self.databases.url_of(name), self.rounds, step.at)
        self.databases.settle(name)
        step.done(f"{step.seconds:.0f} s")
        return self.databases.keep(name, kept) if self.keeping else name

    def _served(self, database: str) -> None:
        url = self.databases.url_of(database)
        run("manage.py", "collectstatic", "--noinput", "--verbosity=0", database_url=url)
        world, _lines = data.records(0)
        with (
            serving("tracker.wsgi", url, self.folder / "tracker.log") as ours,
            serving("tests.bench.floor.site", url, self.folder / "floor.log") as floor,
        ):
            for row in rows(world, self.databases, database, ours):
                if self.only not in row.name:
                    continue
                step = Step(f"{row.name}: comparing")
                said = [row.same(ours, floor, addresses) for addresses in row.first]
                step.done(f"the same: {min(said)}")
                count = min(self.requests, row.most)
                step = Step(f"{row.name}: measuring", count)
                pair = alternate(ours, floor, row, count, step.at)
                step.done(f"{pair.ratio:.2f}")
                self.lines += report.lines_of(
                    row.name, pair, target=row.target, seconds=row.seconds, work=row.work,
                    weighed=row.weighed,
                )  # fmt: skip
            self._weigh("two workers, tracker", ours)
            self._weigh("two workers, floor", floor)

    def _weigh(self, name: str, site: Site) -> None:
        self.peaks[name] = site.peak

    def print(self) -> None:
        """Print what was found."""
        print(f"\n{datetime.now(UTC):%Y-%m-%d}; {report.machine(self.databases.version)}")
        print(
            f"{self.rounds:,} rounds with {self.rounds * data.POINTS:,} agreed points; "
            f"up to {self.requests} requests a row, one at a time; {self.imports} imports\n"
        )
        print(report.table(self.lines))
        print("\nmost memory held:")
        for name, peak in self.peaks.items():
            print(f"  {name}: {report.megabytes(peak)}")


def main() -> int:
    """Run; 0 if all could be measured and the answers were the same, else 1."""
    if sys.argv[1:] == ["intake"]:
        return intake()
    with Databases() as databases, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(databases, Path(folder))
        try:
            bench.run()
        except (Different, ProgramFailed) as failure:
            print(f"\nNot measured: {failure}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
        bench.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
