"""Every write is kept: by triggers in the database, so that nothing goes past them.

``@recorded`` gives a model its event table. Inserts, updates and deletes each leave a row there,
whether they come from the admin, the API, an import's COPY, ``update()`` or psql; another trigger
refuses to change or delete those rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

NEVER_EMPTIED = "RAISE EXCEPTION 'history is kept: % cannot be emptied', TG_TABLE_NAME;"

Model = TypeVar("Model", bound=type[models.Model])


def never_emptied() -> pgtrigger.Trigger:
    """A trigger that refuses to empty a table at once, past the triggers of its rows."""
    return pgtrigger.Trigger(
        name="no_truncate",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func=NEVER_EMPTIED,
    )


def recorded(*, exclude: tuple[str, ...] = (), identified: bool = True) -> Callable[[Model], Model]:
    """Keep every insert, update and delete of the decorated model's rows.

    ``exclude`` names fields that are derived or secret; ``identified=False`` is for the rows of a
    many-to-many relation, which have no identity that outlives them.
    """

    def wrap(model: Model) -> Model:
        # Events are read by record and by round; other relations inside an event need no index.
        local = {field.name for field in model._meta.concrete_model._meta.local_fields}  # type: ignore[union-attr]
        by = next(
            (
                name
                for name in ("round", "point", "agreedpoint", "statement", "source")
                if name in local
            ),
            None,
        )
        indexes = (
            [models.Index(fields=[by], name=f"{model._meta.model_name[:18]}_ev_{by[:7]}")]  # type: ignore[index]
            if by
            else []
        )
        options: dict[str, Any] = {} if identified else {"obj_field": None}
        tracked: Model = pghistory.track(
            pghistory.InsertEvent(level=pghistory.Statement),
            pghistory.UpdateEvent(level=pghistory.Statement),
            pghistory.DeleteEvent(level=pghistory.Statement),
            exclude=list(exclude),
            append_only=True,
            meta={
                "indexes": indexes,
                "triggers": [never_emptied()],
            },
            **options,
        )(model)
        return tracked

    return wrap
