"""What is sent over what stands: JSON Merge Patch (RFC 7396) as this format has it."""

from __future__ import annotations

from typing import Any

import orjson

from .document import RoundDocument
from .shape import default_of

#: Keys that a round has for good; ``null`` in a patch does not empty them, and is an error.
ALWAYS = frozenset({"slug", "series", "status", "visibility", "publication"})


def patched(stored: bytes, patch: dict[str, Any]) -> bytes:
    """Lay a patch over a round's stored document; return the document that is meant.

    Only the keys that the patch names change; a list is replaced as a whole, and ``null`` empties
    a key. Of the series only its slug is taken from what stands: a patch that names another series
    does not give that one the title of this.
    """
    document = orjson.loads(stored)
    document["series"] = {"slug": document["series"]["slug"]}
    for key, given in patch.items():
        document[key] = _meant(key, document.get(key), given)
    return orjson.dumps(document)


def _meant(key: str, stands: Any, given: Any) -> Any:
    if given is None and key in RoundDocument.model_fields and key not in ALWAYS:
        return default_of(RoundDocument, key)
    if key == "series" and isinstance(given, dict):
        return {**stands, **given}
    return given


def with_follow_up(stored: bytes, number: int, follow_up: dict[str, Any]) -> bytes:
    """A round's stored document with one more follow-up of the agreed point of this number."""
    document = orjson.loads(stored)
    for point in document["agreed_points"]:
        if point["number"] == number:
            point["follow_ups"].append(follow_up)
    return orjson.dumps(document)
