"""Naming what is there already, and hidden from the one who names it.

Names are one of a kind. To refuse one because a hidden row has it would tell that there is such a
row, and leave its editor without any; so the row becomes theirs to use, as if they had made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from dialogues.models import NamedAnew, Partner, Person, User, Venue

from .rounds import Asker


def unseen(user: Asker, model: type[Model], keys: Iterable[int]) -> set[int]:
    """Which of these rows are there, but not for the user. One query."""
    seen = model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    hidden = model._base_manager.filter(pk__in=list(keys)).exclude(pk__in=seen.values("pk"))
    return set(hidden.values_list("pk", flat=True))


def hidden_twin(user: Asker, model: type[Model], said: Mapping[str, Any]) -> Model | None:
    """What has the name that the user gives to something new, and is hidden from them.

    `said` are the fields of the new one, the slug that its name makes among them.
    """
    if model is Partner:
        same = Q(code=said.get("code"))
    elif model is Venue:
        same = Q(**{name: said.get(name) or "" for name in ("name", "city")})
        same &= Q(country=said.get("country"))
    elif hasattr(model, "former_slugs"):
        same = Q(slug=said.get("slug")) | Q(former_slugs__contains=[said.get("slug")])
        if model is Person:
            same |= Q(name=said.get("name"))
    else:
        return None
    rows = list(model._base_manager.filter(same).order_by("pk"))
    if not rows:
        return None
    hidden = unseen(user, model, [row.pk for row in rows])
    # Whose name it is comes first. What somebody sees is told of as ever.
    rows.sort(key=lambda row: getattr(row, "name", "") != said.get("name"))
    return rows[0] if rows[0].pk in hidden else None


def adopt(user: User, row: Model, said: Mapping[str, Any]) -> None:
    """Let staff find a row that is hidden from the user, who names it.

    What it has stays; what is said is filled in where it has nothing, and added to its lists.
    """
    stored = {name: getattr(value, "pk", value) for name, value in said.items()}
    if isinstance(row, Person) and said.get("name") not in {None, row.name}:
        said = {**said, "also_written": [*said.get("also_written", ()), said["name"]]}
    with transaction.atomic():
        named, made = NamedAnew.objects.get_or_create(
            model=row._meta.model_name, row=row.pk, defaults={"said": stored, "by": user}
        )
        if not made:
            named.said |= stored
            named.save(update_fields=["said"])
        present = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        filled = []
        for name, value in said.items():
            stands = getattr(present, name)
            if isinstance(stands, list):
                wanted: Any = [*stands, *(one for one in value or () if one not in stands)]
            else:
                wanted = stands or value
            if wanted != stands:
                setattr(present, name, wanted)
                filled.append(name)
        if filled:
            present.save(update_fields=filled)
