"""What single rounds lack, or say in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialogues.dates import PartialDate
from dialogues.dates.finding import dates_in
from dialogues.models import Round, Source
from dialogues.queries.chains import AHEAD
from dialogues.queries.owed import yesterday
from dialogues.vocabulary import LEADING, Publication, RoundStatus

from .finding import Finding, Scope


def disputed_dates(scope: Scope) -> Iterator[Finding]:
    """Rounds whose sources were out before they met, or name another day."""
    rounds = scope.rounds_to_mend().filter(status=RoundStatus.HELD, date__isnull=False)
    sources: QuerySet[Source] = (
        Source.objects.filter(round__in=rounds.order_by())
        .select_related("round__series")
        .order_by("round__series__title", "round__date", "round", "position", "pk")
    )
    for source in sources:
        when = source.round.date
        if when is None:
            continue
        out = source.published_on
        if out and out.latest < when.earliest:
            said = _("“%(source)s” was out on %(out)s, before the round met on %(date)s.")
            yield _on(
                "disputed-date",
                source.round,
                said % {"source": source, "out": out.display(), "date": when.display()},
                f"{when} {out}",
            )
        for named in dates_in(source.note):
            if named != out and _another(named, when):
                said = _("The note on “%(source)s” names %(named)s; the round says %(date)s.")
                yield _on(
                    "disputed-date",
                    source.round,
                    said % {"source": source, "named": named.display(), "date": when.display()},
                    f"{when} {named}",
                )


def _another(named: PartialDate, when: PartialDate) -> bool:
    """Whether the one cannot be said of the other: no day that either may mean is the other's."""
    return not named.may_fall_within(when.earliest, when.latest)


def without_source(scope: Scope) -> Iterator[Finding]:
    """Published rounds of which nobody can tell where the record comes from."""
    rounds = scope.rounds().filter(publication=Publication.PUBLISHED, sources=None)
    for record in _in_order(rounds):
        yield _on("no-source", record, _("It is published, and names no source."))


def without_date(scope: Scope) -> Iterator[Finding]:
    """Rounds that were held at some time that is not recorded."""
    rounds = scope.rounds_to_mend().filter(status=RoundStatus.HELD, date=None)
    for record in _in_order(rounds):
        yield _on("no-date", record, _("It was held, and has no date."))


def without_heads(scope: Scope) -> Iterator[Finding]:
    """Published rounds that name nobody who led."""
    led = Round.objects.filter(participants__role__in=LEADING).values("pk")
    rounds = scope.rounds().filter(publication=Publication.PUBLISHED, status=RoundStatus.HELD)
    for record in _in_order(rounds.exclude(pk__in=led)):
        yield _on("no-head", record, _("It was held, and names no head of delegation."))


def overtaken(scope: Scope) -> Iterator[Finding]:
    """Rounds that are still to come by their status, and over by their date."""
    passed = {"status__in": AHEAD, "date__must_fall": (None, yesterday())}
    for record in _in_order(scope.rounds_to_mend().filter(**passed)):
        said = _("It is “%(status)s” still, though %(date)s has passed.") % {
            "status": record.get_status_display(),
            "date": record.date.display() if record.date else "",
        }
        yield _on("overtaken", record, said, f"{record.status} {record.date}")


def _in_order(rounds: QuerySet[Round]) -> QuerySet[Round]:
    return rounds.select_related("series").order_by("series__title", "date", "pk")


def _on(check: str, record: Round, said: str, about: str = "") -> Finding:
    return Finding(check, Round, record.pk, record.slug, str(record), said, about, record.series_id)
