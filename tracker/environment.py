"""Reading settings from the environment, each mistake answered with a sentence."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable, or `default` when it is not set or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the variable says yes; `default` when it is not set or empty.

    Raises ImproperlyConfigured for what is neither.
    """
    value = text(name, "1" if default else "0").lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}; it can be 1 (yes) or 0 (no).")
    return value in YES


def words(name: str, default: list[str]) -> list[str]:
    """Return the variable's parts between commas or spaces, or `default` when there are none."""
    return os.environ.get(name, "").replace(",", " ").split() or default


def number(name: str, default: int) -> int:
    """Return the variable as a number from 0 up, or `default` when it is not set or empty.

    Raises ImproperlyConfigured for what is none.
    """
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; it has to be a whole number from 0 up.")
    return int(value)


def origins(name: str) -> list[str]:
    """Return the variable's origins (`https://site.example`); none when it is not set.

    Raises ImproperlyConfigured for what has a path, a wildcard or another scheme.
    """
    found = words(name, [])
    for origin in found:
        parts = urlsplit(origin)
        plain = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme not in ("https", "http") or origin != plain or "*" in origin:
            raise ImproperlyConfigured(
                f"{name} has {origin!r}; each is the beginning of a site's addresses and no more: "
                "https://site.example"
            )
    return found
