"""Slugs out of names and names out of slugs."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Container

from django.utils.text import slugify

#: Dashes that slugify would drop, joining the words on either side.
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−/·", "-"))


def slug_of(text: str, limit: int = 100) -> str:
    """Make a slug of a name: ``Indonesia–Russia dialogue`` gives ``indonesia-russia-dialogue``.

    A name without a single Latin letter or digit gets a slug of its checksum, so that it has a
    lasting address all the same.
    """
    plain = unicodedata.normalize("NFKC", text).translate(DASHES)
    for special, latin in (("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("đ", "d"), ("ß", "ss")):
        plain = plain.replace(special, latin)
    slug = slugify(plain)[:limit].strip("-_")
    return slug or "n-" + hashlib.sha256(text.encode()).hexdigest()[:10]


def free_slug(wanted: str, taken: Container[str], limit: int = 100) -> str:
    """Return ``wanted``, or with the first number behind it that makes it free."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = wanted[: limit - len(ending)] + ending
    return slug


def name_of_slug(slug: str) -> str:
    """Make a name of a slug: ``right-to-health`` gives ``Right to health``."""
    words = slug.replace("-", " ").replace("_", " ").strip() or slug
    return words[:1].upper() + words[1:]


def round_slug(series: str, edition: int | None, date: str | None) -> str:
    """The slug of a round that was given none: its series and edition, or its date."""
    ending = date.replace("/", "-") if date else "undated"
    if edition is not None:
        ending = str(edition)
    return f"{series}-{ending}"[:140]
