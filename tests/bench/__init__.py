"""How fast? The tracker beside a floor of hand-written SQL: ``make bench``.

``docs/performance.md`` tells what is measured, how, and what came out.
"""
