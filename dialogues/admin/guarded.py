"""Admins whose records are locked while they are saved, so that no editor overwrites another."""

from __future__ import annotations

from typing import Any, cast

from django.db import connection
from django.http import HttpRequest

from dialogues.admin.base import SeenAdmin
from dialogues.admin.forms import GuardedForm
from dialogues.models import Round


class GuardedAdmin(SeenAdmin):
    """For rounds and their points; the form is a `GuardedForm`."""

    #: The relation from the record to its round; "" for the round itself.
    round_path = ""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST" or not connection.in_atomic_block:
            return record
        # Django saves and deletes within one transaction. The round is locked, then looked at.
        round_id = record.round_id if self.round_path else record.pk
        Round.objects.select_for_update().filter(pk=round_id).order_by().first()
        return super().get_object(request, object_id, from_field)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = cast("type[GuardedForm]", super().get_form(request, obj, change, **kwargs))
        form.user = request.user
        return form
