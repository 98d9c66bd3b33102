"""Dates, languages, addresses and statuses as pages write them."""

from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dialogues.dates import PartialDate

register = template.Library()


@register.simple_tag
def own_name() -> str:
    """The country whose ministry runs the tracker."""
    return str(settings.OWN_NAME)


@register.filter
def as_time(date: PartialDate | None) -> str | SafeString:
    """A date in words, in the reader's language, within `<time>` where HTML can express it."""
    if date is None:
        return ""
    if date.html_datetime is None:
        return date.display()
    return format_html('<time datetime="{}">{}</time>', date.html_datetime, date.display())


@register.simple_tag
def status(value: str, label: str) -> SafeString:
    """A status as its word, with the colour that `value` names."""
    return format_html('<span class="status status--{}">{}</span>', value, label)


@register.filter
def web_address(url: str) -> str:
    """The address if a reader may be sent there, else nothing: the database takes any text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


@register.filter
def spoken_language(tag: str) -> str:
    """What the reader calls a language: `id` is "Indonesian"; an unknown tag stays as it is.

    Not called `language_name`, as Django's own filter of that name says it in English always.
    """
    try:
        named = Locale.parse(tag, sep="-").get_display_name(
            get_language() or settings.LANGUAGE_CODE
        )
    except (ValueError, UnknownLocaleError):
        return tag
    return named or tag
