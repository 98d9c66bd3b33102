"""``make bench ARGS=intake``: precision and recall of the intake, field by field."""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    """Measure the sets and print; what was wrong or missing follows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    # They need settings.
    from .marked import marked, sample_vocabulary  # noqa: PLC0415
    from .scoring import score  # noqa: PLC0415

    known = sample_vocabulary()
    for folder, title in (
        ("train", "made with these texts"),
        ("held", "held out"),
        ("unseen", "by others, and read by nobody who makes rules"),
        ("usual", "by others, of the usual kind; no rule was changed since"),
    ):
        texts = list(marked(folder))
        scores = score(texts, known)
        print(f"\n{folder}: {len(texts)} texts, {title}\n")
        print(f"{'':20} {'right':>5} {'wrong':>5} {'missing':>7} {'precision':>9} {'recall':>6}")
        rows = [(column, scores.by_column[column]) for column in scores.columns()]
        for column, one in (*rows, ("all", scores.whole)):
            print(
                f"{column:20} {one.right:5} {one.wrong:5} {one.missing:7}"
                f" {one.precision:9.2f} {one.recall:6.2f}"
            )
        if folder not in {"unseen", "usual"}:
            print("\n".join(["", *scores.complaints]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
