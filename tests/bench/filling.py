"""A database for the pages, filled faster than by importing: the same rows, history and words.

The rows go in by COPY with every trigger at work but those for words; the words are then read by
the same function as ever, on every processor at once, and their indexes made at the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg

from . import data
from .floor.importer import Importer, batches, copy, set_sequences

# Those of words, topics and names: to make one anew is many times cheaper than to keep it true.
INVERTED = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename LIKE 'dialogues\\_%' AND indexdef LIKE '% USING gin %'
"""


def fill(url: str, rounds: int, progress: Callable[[int], Any]) -> None:
    """Fill a database's empty tables with ``rounds`` rounds; ``progress`` hears how many stand."""
    with (
        psycopg.connect(url, autocommit=True) as connection,
        without_inverted_indexes(connection),
        ThreadPoolExecutor(os.cpu_count() or 1) as readers,
    ):
        connection.execute("SET dialogues.words_later = 'on'")
        importer, read = Importer(), list[Future[None]]()
        for batch in batches(data.records(rounds)[1]):
            new = importer.take(batch)
            with connection.transaction(), connection.cursor() as cursor:
                copy(cursor, importer.rows)
            read.append(readers.submit(read_words, url, new))
            progress(new[-1] if new else 0)
        set_sequences(connection.cursor(), importer)
        for done in read:
            done.result()


def read_words(url: str, rounds: list[int]) -> None:
    """Fill the words, and the topics, of the rounds of these ids."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT dialogues_refresh_words(%s)", [rounds])


@contextmanager
def without_inverted_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Take GIN indexes away, and make them anew at the end."""
    indexes = connection.execute(INVERTED).fetchall()
    for name, _definition in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    connection.execute("SET maintenance_work_mem = '256MB'")
    for _name, definition in indexes:
        connection.execute(definition)
