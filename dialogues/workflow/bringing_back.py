"""What was deleted, there again: topics, people and whatever else rounds only refer to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from .rounds import Asker, changed_by


def may_bring_back_rows(user: Asker, model: type[Model]) -> bool:
    """Whether the user brings back deleted rows of the model: whoever may delete them."""
    return user.has_perm(f"dialogues.delete_{model._meta.model_name}")


def bring_back_row(user: Asker, gone: Any, *, reason: str = "") -> Model:
    """Let a deleted row be there again with its id and all it held. `gone` is its last event.

    Raises PermissionDenied, and ValidationError where its name, slug or what it refers to is not
    free or not there any more; nothing is changed then.
    """
    model = gone.pgh_tracked_model
    if not may_bring_back_rows(user, model):
        raise PermissionDenied(_("Bringing back is for those who may delete it."))
    with transaction.atomic(), changed_by(user, reason or _("Brought back after it was deleted.")):
        row: Model = model(
            **{
                field.attname: getattr(gone, field.attname)
                for field in model._meta.concrete_fields
                if hasattr(gone, field.attname)
            }
        )
        row.full_clean()
        row.save(force_insert=True)
    return row
