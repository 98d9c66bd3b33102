"""Lengths of time in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: From so many months on, years are told.
YEARS_FROM = 24


def months_in_words(months: float) -> str:
    """ "2 weeks", "14 months", "2 years", "3 years and 4 months"; to the next month, less than one
    in weeks or as "less than a week"."""
    whole = round(months)
    if whole < 1:
        return _weeks(round(months * 365.2425 / 12 / 7))
    if whole < YEARS_FROM:
        return ngettext("%(count)s month", "%(count)s months", whole) % {"count": whole}
    years, rest = divmod(whole, 12)
    words = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    if not rest:
        return words
    return _("%(years)s and %(months)s") % {
        "years": words,
        "months": ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest},
    }


def _weeks(weeks: int) -> str:
    if weeks < 1:
        return _("less than a week")
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
