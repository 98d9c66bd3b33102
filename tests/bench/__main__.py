"""``make bench``: make data, measure, print. ROUNDS, REQUESTS and IMPORTS say how much."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tracker import environment

from . import data, report
from .databases import Databases
from .measuring import Pair, alternate
from .programs import ProgramFailed, Site, run, serving
from .progress import Step
from .rows import rows
from .sameness import Different, same_words
from .world import World

IMPORT_TARGET = 2  # half the floor's rate


class Bench:
    """One run: its size, its databases, its folder, and what it has found so far."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self.databases, self.folder = databases, folder
        self.rounds = environment.number("ROUNDS", 10_000)
        self.requests = environment.number("REQUESTS", 100)
        self.imports = environment.number("IMPORTS", 2)
        self.file = folder / "rounds.ndjson"
        self.lines: list[report.Line] = []
        self.peaks: dict[str, int] = {}

    def run(self) -> None:
        step = Step(f"writing {self.rounds:,} rounds", self.rounds)
        world = data.write(self.file, self.rounds, step.at)
        step.done(f"{self.file.stat().st_size / report.MEGABYTE:.0f} MB")
        template = self._migrated()
        ours, floor = self._imported(template)
        self._compared(ours, floor)
        self.databases.drop(floor)
        self._served(world, ours)

    def _migrated(self) -> str:
        step = Step("making the tables")
        template = self.databases.make("template")
        run("manage.py", "migrate", "--verbosity=0", database_url=self.databases.url_of(template))
        step.done()
        return template

    def _imported(self, template: str) -> tuple[str, str]:
        """Import into databases of either side, in turn; return the names of the last two."""
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
                name = left[side] = self.databases.make(f"{side}_{number}", template)
                self.databases.checkpoint()
                step = Step(f"import {number} of {self.imports}, {side}")
                done = run(*command, str(self.file), database_url=self.databases.url_of(name))
                step.done(f"{self.rounds / done.seconds:,.0f} rounds a second")
                times.taken.append(done.seconds)
                key = f"import, {side}"
                self.peaks[key] = max(self.peaks.get(key, 0), done.peak)
        self.lines += report.lines_of("import, rounds", pair, IMPORT_TARGET, work=self.rounds)
        return left["tracker"], left["floor"]

    def _compared(self, ours: str, floor: str) -> None:
        """Check that both imports left the same behind."""
        step = Step("comparing what both imports wrote")
        exports = []
        for name in (ours, floor):
            file = self.folder / f"{name}.ndjson"
            run("manage.py", "export_rounds", str(file), database_url=self.databases.url_of(name))
            exports.append(file.read_bytes())
        if exports[0] != exports[1]:
            raise Different("the exports of the two imports differ")
        same_words(self.databases.url_of(ours), self.databases.url_of(floor))
        step.done("the same")

    def _served(self, world: World, database: str) -> None:
        self.databases.settle(database)
        url = self.databases.url_of(database)
        run("manage.py", "collectstatic", "--noinput", "--verbosity=0", database_url=url)
        with (
            serving("tracker.wsgi", url, self.folder / "tracker.log") as ours,
            serving("tests.bench.floor.site", url, self.folder / "floor.log") as floor,
        ):
            for row in rows(world, self.databases, database):
                step = Step(f"{row.name}: comparing")
                size = min(row.same(ours, floor, path) for path in row.paths)
                step.done(f"the same, {size} at least")
                step = Step(f"{row.name}: measuring", self.requests)
                pair = alternate(ours, floor, row.paths, self.requests, step.at)
                step.done(f"{pair.ratio:.2f}")
                self.lines += report.lines_of(row.name, pair, row.target)
            self._weigh("two workers, tracker", ours)
            self._weigh("two workers, floor", floor)

    def _weigh(self, name: str, site: Site) -> None:
        self.peaks[name] = site.peak

    def print(self) -> None:
        """Print what was found."""
        print(f"\n{datetime.now(UTC):%Y-%m-%d}; {report.machine(self.databases.version)}")
        print(
            f"{self.rounds:,} rounds with {self.rounds * data.POINTS:,} agreed points; "
            f"{self.requests} requests a row, one at a time; {self.imports} imports\n"
        )
        print(report.table(self.lines))
        print("\nmost memory held:")
        for name, peak in self.peaks.items():
            print(f"  {name}: {report.megabytes(peak)}")


def main() -> int:
    """Run; 0 if all could be measured and the answers were the same, else 1."""
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
