"""Dates, languages, addresses and statuses as pages write them."""

from django import template
from django.conf import settings

from dialogues import markup

register = template.Library()

register.filter(markup.as_time)
register.filter(markup.web_address)
register.filter(markup.spoken_language)
register.simple_tag(markup.status)


@register.simple_tag
def own_name() -> str:
    """The country whose ministry runs the tracker."""
    return str(settings.OWN_NAME)
