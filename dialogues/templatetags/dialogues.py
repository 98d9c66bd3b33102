"""Dates, languages, addresses and statuses as pages write them."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dialogues import markup
from dialogues.models import User

register = template.Library()

register.filter(markup.as_time)
register.filter(markup.web_address)
register.filter(markup.spoken_language)
register.simple_tag(markup.status)


@register.simple_tag
def own_name() -> str:
    """The country whose ministry runs the tracker."""
    return str(settings.OWN_NAME)


@register.simple_tag
def navigation(section: str, user: User | AnonymousUser | str) -> SafeString:
    """Where all listings are, with the present `section` marked; an error's page has no user."""
    signed_in = bool(getattr(user, "is_authenticated", False))
    return _navigation(get_language(), section, signed_in, bool(getattr(user, "is_staff", False)))


# A dozen addresses and words on every page, of which there are few kinds: written once a process.
@lru_cache(maxsize=256)
def _navigation(_language: str | None, section: str, signed_in: bool, staff: bool) -> SafeString:
    given = {"section": section, "signed_in": signed_in, "staff": staff}
    return render_to_string("components/navigation.html", given)
