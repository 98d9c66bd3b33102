"""The statements and sources with the words.

They have no words kept of their own; an import would take a quarter longer. A round has those of
all its parts, so that the rounds that have what is asked for are looked through, the latest first
and some at a time, until there is enough to show.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Model, Q
from django.db.models.functions import Left

from dialogues.models import Source, Statement, clearance_of

from .asking import groups_of, query_of, unparsed, without_exclusions
from .records import SHOWN, Found, Reader, Rows, found_rounds
from .snippets import LONGEST_TEXT

#: So many rounds at a time; each has a few statements and sources.
AT_A_TIME = 25


class Read(Func):
    """The words of some columns, read now."""

    function = "dialogues_words"
    template = "%(function)s(concat_ws(E'\\n', %(expressions)s))"
    output_field = SearchVectorField()


def rounds_to_look_in(user: Reader, text: str, rounds: Found) -> Found:
    """The rounds whose parts may have what `text` asks; `rounds` is what `found_rounds` found.

    Others than those only where something is excluded, which a round may say elsewhere. None where
    nothing is asked for: not to have said something is no statement.
    """
    groups = groups_of(text)
    asked = without_exclusions(groups)
    if not asked:
        return Found()
    return rounds if asked == groups else found_rounds(user, unparsed(asked), ())


def found_statements(user: Reader, text: str, rounds: Found, columns: Sequence[str]) -> Found:
    """The statements with the words in `rounds`, of the latest first, with these columns.

    To staff also those whose internal note has the words.
    """
    noted = ("internal_note",) if clearance_of(user).staff else ()
    return _found(text, rounds, Statement, ("text", *noted), columns)


def found_sources(text: str, rounds: Found, columns: Sequence[str]) -> Found:
    """The sources with the words, in themselves or in their files, as `found_statements`."""
    return _found(text, rounds, Source, ("publisher", "title", "note"), columns, files=True)


def _found(
    text: str,
    rounds: Found,
    model: type[Model],
    said: Sequence[str],
    columns: Sequence[str],
    *,
    files: bool = False,
) -> Found:
    ids = rounds.candidates
    if not ids:
        return Found()
    query = query_of(groups_of(text))
    has_words = Q(words=query) | Q(file__words=query) if files else Q(words=query)
    beside = {"file_text": Left("file__text", LONGEST_TEXT)} if files else {}
    parts = model._base_manager.alias(words=Read(*said)).filter(has_words)
    rows: Rows = []
    looked = 0
    while looked < len(ids) and len(rows) < SHOWN:
        some = ids[looked : looked + AT_A_TIME]
        looked += AT_A_TIME
        found = (
            parts.filter(round__in=some)
            .order_by("position", "pk")
            .values("round", *columns, **beside)
        )
        rows += sorted(found, key=lambda row: some.index(row["round"]))
    more = looked < len(ids) or len(ids) < rounds.count or rounds.more
    return Found(rows[:SHOWN], len(rows), more)
