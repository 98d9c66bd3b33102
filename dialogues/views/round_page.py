"""A round with everything it holds, and what went into it and out of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from dialogues.markup import as_time, prose, status
from dialogues.models import Partner, Round, Series, clearance_of
from dialogues.queries.editions import place_of
from dialogues.queries.history import last_change
from dialogues.queries.missing import not_recorded
from dialogues.vocabulary import Format, RoundStatus, SeriesKind, Visibility
from dialogues.workflow import may_change

from .as_of import as_of
from .carried_words import carried, edition_name, rail
from .round_document import round_document
from .round_words import Telling
from .rows import title_of
from .wording import Row, date_in, words_of


def read(request: HttpRequest, slug: str) -> Telling:
    """The round of that slug, ready to be told; 404 where the reader may not see it. One query."""
    document = round_document(slug, request.user)
    if document is None:
        raise Http404
    return Telling(document)


def head(telling: Telling) -> Row:
    """What the pages of a round and of its points say of the round itself."""
    document = telling.document
    series, date = document["series"], date_in(document["date"])
    title = title_of(series["title"], document["edition"])
    return {
        "url": telling.url,
        "slug": document["slug"],
        "heading": title,
        "title": title if document["edition"] or not date else f"{title}, {date.display()}",
        "date": as_time(date),
        "visibility": words_of(Visibility)[document["visibility"]],
    }


def citation(request: HttpRequest, *title: str, query: str = "") -> str:
    """How to cite a page: what it is, whose record, its address, and the day it was read."""
    return _("%(title)s. Dialogue tracker, %(own)s. %(address)s (accessed %(day)s).") % {
        "title": ", ".join(part for part in title if part),
        "own": settings.OWN_NAME,
        "address": request.build_absolute_uri(request.path + query),
        "day": date_format(timezone.localdate(), "j F Y"),
    }


def for_staff(request: HttpRequest, document: Row) -> Row:
    """Where the record stands; nothing for those who may not know."""
    if not clearance_of(request.user).staff:
        return {}
    round_ = Round.objects.select_related("series").get(pk=document["id"])
    return {
        "record": round_,
        "may_change": may_change(request.user, round_),
        "last_change": last_change(round_),
    }


class RoundDetail(TemplateView):
    """A round's page."""

    template_name = "dialogues/round_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        telling = read(self.request, kwargs["slug"])
        document = telling.document
        then = as_of(self.request, document)
        if then.document:
            telling = Telling(then.document)
        place = place_of(
            document["id"],
            document["series_id"],
            document["edition"],
            date_in(document["date"]),
            self.request.user,
        )
        round_ = {**head(telling), **self._round(telling)}
        date = date_in(telling.document["date"])
        return super().get_context_data(
            **kwargs,
            section="rounds",
            round=round_,
            delegations=telling.delegations(),
            raised=telling.raised(),
            points=telling.points(),
            events=telling.events(),
            sources=telling.sources,
            missing=", ".join(not_recorded(telling.document, telling.names)),
            as_of=then,
            place=place,
            previous=place.previous and telling.round_url(place.previous),
            next=place.next
            and {"url": telling.round_url(place.next), "name": edition_name(place.next)},
            rail=list(rail(telling, place)),
            carried=None if then.day else carried(telling, place, self.request.user),
            citation=citation(
                self.request,
                round_["heading"],
                date.display() if date else "",
                _("as it stood on %(day)s") % {"day": then.in_words} if then.day else "",
                query=f"?as_of={then.day.isoformat()}" if then.day else "",
            ),
            **for_staff(self.request, document),
        )

    @staticmethod
    def _round(telling: Telling) -> Row:
        document = telling.document
        series = document["series"]
        updated = timezone.localtime(datetime.fromisoformat(document["updated"]))
        format_ = document["format"]
        return {
            "kind": words_of(SeriesKind)[series["kind"]],
            "partner": telling.partner,
            "partner_url": Partner(code=series["partner"]["code"]).get_absolute_url(),
            "series": series["title"],
            "series_url": Series(slug=series["slug"]).get_absolute_url(),
            "series_note": prose(series["note"]),
            "unrecorded_through": series["unrecorded_through"],
            "format": words_of(Format)[format_] if format_ != Format.UNKNOWN else "",
            "format_note": document["format_note"],
            "status": status(document["status"], words_of(RoundStatus)[document["status"]]),
            "places": telling.places(),
            "host": telling.host(),
            "topics": telling.topics(document),
            "summary": prose(document["summary"]),
            "next_round_note": prose(document["next_round_note"]),
            "note": document.get("internal_note", ""),
            "updated": date_format(updated, "j F Y"),
            "updated_at": updated.isoformat(),
        }
