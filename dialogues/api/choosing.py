"""``fields`` and ``omit``: which keys of the documents are answered."""

from __future__ import annotations

from collections.abc import Collection

from django.http import QueryDict
from django.utils.translation import gettext as _

from dialogues.records.choosing import Choice, paths
from dialogues.records.shape import Document

from .problems import QueryError

PARAMETERS = frozenset({"fields", "omit"})


def choice_of(parameters: QueryDict, document: type[Document], *, staff: bool) -> Choice:
    """Read both parameters: keys with commas between them, ``agreed_points.text`` for an inner one.

    Raises QueryError, naming each key that the document does not have for this reader.
    """
    known = frozenset(paths(document, staff=staff))
    return chosen(parameters, known, _("There is no key “%(key)s” here."))


def chosen(parameters: QueryDict, known: Collection[str], unknown: str) -> Choice:
    """Read both parameters where these keys are ``known``; ``unknown`` says of a key that it is
    not. Raises QueryError."""
    asked = {name: _keys(parameters.getlist(name)) for name in ("fields", "omit")}
    errors = [
        (name, unknown % {"key": key[:60]})
        for name, keys in asked.items()
        for key in keys
        if key not in known
    ]
    if "fields" in parameters and not asked["fields"]:
        errors.append(("fields", _("Name at least one key.")))
    if errors:
        raise QueryError(errors)
    return Choice(frozenset(asked["fields"]), frozenset(asked["omit"]))


def _keys(given: list[str]) -> list[str]:
    return list(dict.fromkeys(key for text in given for key in text.split(",") if key))
