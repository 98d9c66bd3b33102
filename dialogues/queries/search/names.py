"""Which series, partners, topics, issues and people are called so, or nearly so.

What they are called is few words, so that no table keeps them: migration 0005 has indexes over the
expressions below, one for the words (as in all full text, in both languages and without accents)
and one for the letters, three by three, by which "Alyaudinov" is like "Alyautdinov".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchVectorField
from django.db.models import (
    BooleanField,
    Exists,
    Expression,
    Func,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)

from dialogues.models import Country, Issue, Partner, Person, Series, Topic

from .asking import Asked, groups_of, query_of

Rows = TypeVar("Rows", bound=Model)
Groups = Sequence[Sequence[Asked]]


class Listed(Func):
    """Several columns of text as one array."""

    function = "ARRAY"
    template = "%(function)s[%(expressions)s]"
    output_field = TextField()


class AlsoWritten(Func):
    """A name together with its other spellings."""

    function = "array_append"
    output_field = TextField()


class Words(Func):
    """The words in an array of texts."""

    function = "dialogues_words_of"
    output_field = SearchVectorField()


class Letters(Func):
    """An array of names in small letters, without accents and signs."""

    function = "dialogues_letters_of"
    output_field = TextField()


class SaysNothing(Func):
    """Whether a text has no word to look for: stop words in English, or signs."""

    function = "dialogues_term"
    template = "numnode(%(function)s(%(expressions)s)) = 0"
    output_field = BooleanField()


#: What is searched as text, and what names are compared with. The indexes are on these very
#: expressions.
SAID: dict[type[Model], Func] = {
    Series: Listed("title", "note"),
    Partner: Listed("name", "name_id", "code"),
    Country: AlsoWritten("also_written", "name"),
    Topic: Listed("name", "name_id"),
    Issue: Listed("name", "name_id", "note"),
    Person: AlsoWritten("also_written", "name"),
}
CALLED: dict[type[Model], Func] = {
    Series: Listed("title"),
    Partner: Listed("name", "name_id"),
    Topic: Listed("name", "name_id"),
    Issue: Listed("name", "name_id"),
    Person: AlsoWritten("also_written", "name"),
}


def matching_series(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The series of ``queryset`` whose title, note or partner has the words.

    Where none has, those whose title is most like them. Names hold nothing that is for ``staff``
    alone; it is taken so that every listing's search is asked alike.
    """
    return _spelled_or_alike(queryset, Series, text)


def matching_partners(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The partners of ``queryset`` of that name or code, or of their country's other spellings;
    where there is none, those whose names are most like it. ``staff`` as in ``matching_series``."""
    return _spelled_or_alike(queryset, Partner, text)


def matching_topics(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The topics of ``queryset`` whose name, in either language, has the words; where none has,
    those most like it. ``staff`` as in ``matching_series``."""
    return _spelled_or_alike(queryset, Topic, text)


def matching_issues(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The issues of ``queryset`` whose name or note has the words; where none has, those most like
    it. ``staff`` as in ``matching_series``."""
    return _spelled_or_alike(queryset, Issue, text)


def matching_people(queryset: QuerySet[Rows], text: str, *, staff: bool) -> QuerySet[Rows]:
    """The people of ``queryset`` so named, however the records spell it, and those named alike.

    The latter always: one person may stand under two spellings. ``staff`` as in
    ``matching_series``.
    """
    groups = groups_of(text)
    return queryset.filter(Q(pk__in=spelled(Person, groups)) | Q(pk__in=alike(Person, groups)))


def _spelled_or_alike(queryset: QuerySet[Rows], model: type[Model], text: str) -> QuerySet[Rows]:
    # By names that are like what is asked Niger would always come with Nigeria.
    groups = groups_of(text)
    so_spelled = Q(pk__in=spelled(model, groups))
    any_spelled = Exists(queryset.filter(so_spelled).order_by())
    return queryset.filter(so_spelled | (Q(pk__in=alike(model, groups)) & ~any_spelled))


def spelled(model: type[Model], groups: Groups) -> QuerySet[Any, Any]:
    """The ids of all rows of ``model`` whose texts have the words, whoever may see them."""
    query = query_of(groups)
    rows = model._base_manager.all()
    if query is None:
        return rows.none().values("pk")
    own: QuerySet[Any, Any] = rows.alias(words=Words(SAID[model])).filter(words=query).values("pk")
    further = {Series: ("partner__in", Partner), Partner: ("code__in", Country)}
    if model not in further:
        return own
    path, other = further[model]
    theirs = Q(**{path: spelled(other, groups)})
    both: QuerySet[Any, Any] = rows.filter(Q(pk__in=own) | theirs).values("pk")
    return both


def alike(model: type[Model], groups: Groups) -> QuerySet[Any, Any]:
    """The ids of all rows of ``model`` whose name has a word like each of those asked for.

    What stands in quotation marks is meant to the letter, and so is what is excluded.
    """
    rows: QuerySet[Any] = model._base_manager.alias(
        letters=Letters(CALLED[model]), words=Words(SAID[model])
    )
    plain = [group for group in groups if any(map(is_plain, group))]
    found: QuerySet[Any, Any] = (
        rows.none() if not plain else rows.filter(reduce(or_, map(_like_all, plain)))
    )
    return found.values("pk")


def is_plain(asked: Asked) -> bool:
    """Whether it is a word that may be spelled differently."""
    return not asked.phrase and not asked.excluded


def _like_all(group: Sequence[Asked]) -> Q:
    nothing = (Q(SaysNothing(_value(asked))) for asked in group if is_plain(asked))
    return reduce(and_, map(_like, group), ~reduce(and_, nothing))


def _like(asked: Asked) -> Q:
    if not is_plain(asked):
        return Q(words=query_of([[asked]]))
    near = Q(letters__trigram_strict_word_similar=Letters(Listed(_value(asked))))
    return near | Q(SaysNothing(_value(asked)))


def _value(asked: Asked) -> Expression:
    text: Expression | str = asked.text
    return text if isinstance(text, Expression) else Value(text)
