"""What waits for somebody: the publishers' queue, what was sent back, what was changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import Round, User
from dialogues.queries.review import changed_since_published, sent_back, waiting

#: Of each list; what stands behind is counted.
SHOWN = 50


def queue(site: admin.ModelAdmin) -> Callable[[HttpRequest], HttpResponse]:
    """The view of rounds that wait: in review, sent back, changed since they were published."""

    def view(request: HttpRequest) -> HttpResponse:
        if not site.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(waiting(request.user), SHOWN).get_page(request.GET.get("p"))
        back, changed = sent_back(request.user), changed_since_published(request.user)
        publishes = workflow.may_publish(request.user)
        lists: dict[str, list[Any]] = {
            "waiting": list(page),
            "back": list(back[:SHOWN]),
            "changed": list(changed[:SHOWN]) if publishes else [],
        }
        names = names_of({row.step_by for rows in lists.values() for row in rows})
        found = workflow.readiness_of([row.pk for row in lists["waiting"]])
        context = {
            **site.admin_site.each_context(request),
            "title": _("What waits"),
            "opts": site.opts,
            "page": page,
            "publishes": publishes,
            **{key: [line(row, names) for row in rows] for key, rows in lists.items()},
            "more_back": rest(back, lists["back"]),
            "more_changed": rest(changed, lists["changed"]),
        }
        for one in context["waiting"]:
            one["readiness"] = found[one["round"].pk]
        return TemplateResponse(request, "admin/dialogues/round/queue.html", context)

    return view


def rest(rows: QuerySet[Round], shown: list[Round]) -> int:
    """How many there are beyond those that are shown; asked only where there may be some."""
    return rows.count() - SHOWN if len(shown) == SHOWN else 0


def line(row: Any, names: dict[int, str]) -> dict[str, Any]:
    """A round of a list, and who brought it there when."""
    return {
        "round": row,
        "desk": row.series.desk,
        "by": names.get(row.step_by, ""),
        "at": row.step_at,
        "note": getattr(row, "step_note", ""),
    }


def names_of(accounts: set[int | None]) -> dict[int, str]:
    """What the accounts are called; those that are gone are left out."""
    found = User.objects.filter(pk__in=accounts - {None})
    return {user.pk: user.get_full_name() or user.get_username() for user in found}
