"""Whatever is called so, of all that has a name, for a page that shows some of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import FloatField, Func, Model, QuerySet, Value

from dialogues.models import Issue, Partner, Person, Series, Topic, User
from dialogues.queries.planned import Given, planning_cursor, written

from .asking import Asked, groups_of, wanted
from .names import CALLED, Letters, Listed, alike, spelled

#: What has a name, in the order in which it is shown, and what is shown beside that name.
ABOVE: dict[type[Model], tuple[str, ...]] = {
    Person: (),
    Partner: (),
    Series: ("partner",),
    Topic: ("parent",),
    Issue: (),
}


class Likeness(Func):
    """How much of the first text's letters, three by three, stand in words of the second."""

    function = "strict_word_similarity"
    output_field = FloatField()


@dataclass(frozen=True)
class Named:
    """What has such a name: those most like it, and how many there are in all."""

    rows: list[Any]
    count: int
    more: bool


def found_names(
    user: User | AnonymousUser, text: str, *, shown: int, most: int
) -> dict[type[Model], Named]:
    """Whatever `user` sees that is called so, by its model; at most `shown` of each, and counted
    up to `most`. A model of which there is nothing is left out. It is what each listing's search
    finds, but all models are asked at once, since of most there is mostly nothing.
    """
    asked = " ".join(asked.text for asked in wanted(groups_of(text)))
    found: dict[type[Model], Named] = {}
    if not asked:
        return found
    for model, (so_spelled, like) in _ids(text).items():
        visible: QuerySet[Any] = model.objects.visible_to(user)  # type: ignore[attr-defined]
        near = Likeness(Letters(Listed(Value(asked))), Letters(CALLED[model]))
        rows = visible.order_by(near.desc(), "pk").select_related(*ABOVE[model])
        for ids in [so_spelled | like] if model is Person else [so_spelled, like]:
            some = list(rows.filter(pk__in=ids)[: most + 1]) if ids else []
            if some:
                found[model] = Named(some[:shown], min(len(some), most), len(some) > most)
                break
    return found


def _ids(text: str) -> dict[type[Model], tuple[set[int], set[int]]]:
    """The ids of what is spelled so and of what is like it, by model, whoever may see them."""
    groups = groups_of(text)
    sql, names = _question(tuple(tuple(asked[1:] for asked in group) for group in groups))
    given = dict(enumerate(asked.text for group in groups for asked in group))
    models = list(ABOVE)
    found: dict[type[Model], tuple[set[int], set[int]]] = {}
    with planning_cursor() as cursor:
        cursor.execute(sql, [given[int(name)] for name in names])
        for place, like, pk in cursor.fetchall():
            found.setdefault(models[place], (set(), set()))[like].add(pk)
    return found


@lru_cache(maxsize=100)
def _question(shape: tuple[tuple[tuple[bool, bool], ...], ...]) -> tuple[str, tuple[str, ...]]:
    """The SQL for groups of that shape, each a line of (phrase, excluded), and its values' names.

    It took longest to write of all that a search page asks, and is mostly answered by nothing.
    """
    numbers = count()
    groups = [[Asked(Given(str(next(numbers))), *kind) for kind in group] for group in shape]
    first, *others = (
        ids.annotate(place=Value(place), like=Value(like)).values_list("place", "like", "pk")
        for place, model in enumerate(ABOVE)
        for like, ids in enumerate((spelled(model, groups), alike(model, groups)))
    )
    return written(first.union(*others, all=True))
