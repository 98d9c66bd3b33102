"""Small pieces of markup: dates, statuses, links, paragraphs.

Templates use them as tags. Where one page has dozens of them, its view joins them here: a tag a
piece costs a template more than the whole rest of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dialogues.dates import PartialDate


def safe(markup: str) -> SafeString:
    """Markup whose texts are escaped already, as every function here gives it."""
    return SafeString(markup)


def as_time(date: PartialDate | None) -> str | SafeString:
    """A date in words, in the reader's language, within `<time>` where HTML can express it."""
    if date is None:
        return ""
    if date.html_datetime is None:
        return date.display()
    return safe(f'<time datetime="{date.html_datetime}">{escape(date.display())}</time>')


def status(value: str, label: str) -> SafeString:
    """A status as its word, with the colour that `value` names."""
    return safe(f'<span class="status status--{escape(value)}">{escape(str(label))}</span>')


def prose(text: str) -> SafeString:
    """A text in paragraphs, as Django's `linebreaks` has it."""
    if "\n" in text or "\r" in text:
        return safe(linebreaks(text, autoescape=True))
    return safe(f"<p>{escape(text)}</p>" if text else "")


def link(url: str, words: str, *, outside: bool = False) -> SafeString:
    """A link; `outside` of this site, where search engines are not to follow."""
    rel = ' rel="external nofollow"' if outside else ""
    return safe(f'<a href="{escape(url)}"{rel}>{escape(words)}</a>')


def items(pieces: Iterable[str | SafeString]) -> SafeString:
    """List items of what is not empty; what is not markup yet is escaped."""
    return safe("".join(f"<li>{written(piece)}</li>" for piece in pieces if piece))


def written(piece: str | SafeString) -> str:
    """A piece as it stands in markup."""
    return piece if isinstance(piece, SafeString) else escape(str(piece))


def web_address(url: str) -> str:
    """The address if a reader may be sent there, else nothing: the database takes any text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def spoken_language(tag: str) -> str:
    """What the reader calls a language: `id` is "Indonesian"; an unknown tag stays as it is.

    Not called `language_name`, as Django's own filter of that name says it in English always.
    """
    return _language_in(get_language() or settings.LANGUAGE_CODE, tag)


@lru_cache(maxsize=512)
def _language_in(language: str, tag: str) -> str:
    try:
        named = Locale.parse(tag, sep="-").get_display_name(language)
    except (ValueError, UnknownLocaleError):
        return tag
    return named or tag
