"""What records refer to: series and their partners, and the lines that say more of such things."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dialogues import models, workflow
from dialogues.countries import ISO_CODES
from dialogues.models.former import merged_into
from dialogues.vocabulary import PartnerKind, SeriesKind

from .document import PartnerDocument, SeriesDocument
from .errors import FORBIDDEN, TAKEN, RecordError, pointer
from .lines import IssueLine, PartnerLine, PersonLine, SeriesLine, TopicLine
from .overwriting import Refused, overwrite, said_of
from .resolving import Mentions, missing_of
from .shape import Document


class References(Mentions):
    """All that the records so far have named, kept over the batches of one import."""

    def __init__(self) -> None:
        super().__init__()
        self.partners: dict[str, models.Partner] = {}
        self.series: dict[str, models.Series] = {}
        #: Series that stand, but not for the writer.
        self.hidden: set[str] = set()
        self._said: dict[tuple[str, str], tuple[Any, int | None]] = {}

    def series_of(
        self, documents: list[tuple[int, SeriesDocument]]
    ) -> tuple[set[int], list[RecordError]]:
        """Find or make the series that these lines name.

        What a document says of a series or a partner that stands already is taken over. Returns
        the lines that changed one, and what is wrong: a series that is not known and not
        described either, or one of which two lines of the file say different things.
        """
        slugs = missing_of(self.series, (series.slug for _line, series in documents))
        for found in models.Series.objects.filter(slug__in=slugs).select_related("partner"):
            self.series[found.slug] = found
            self.partners[found.partner.code] = found.partner
            if self.writer is not None and not self.writer.sees(found):
                self.hidden.add(found.slug)
        codes = missing_of(
            self.partners,
            (series.partner.code for _line, series in documents if series.partner),
        )
        for partner in models.Partner.objects.filter(code__in=codes):
            self.partners[partner.code] = partner
        changed: set[int] = set()
        errors: list[RecordError] = []
        for line, series in documents:
            try:
                if self._take_series(line, series):
                    changed.add(line)
            except Refused as refusal:
                errors.append(refusal.error)
        return changed, errors

    def knows(self, slug: str) -> bool:
        """Whether there is such a series, for the writer."""
        return slug in self.series and slug not in self.hidden

    def _take_series(self, line: int, said: SeriesDocument) -> bool:
        stands = self.series.get(said.slug) if self.knows(said.slug) else None
        changed = False
        if said.partner is not None:
            self._agree("partner", said.partner.code, said.partner, line, "/series/partner")
            changed = self._take_partner(said.partner, line)
        if stands is None:
            if said.title is None or said.partner is None:
                lacking = "title" if said.title is None else "partner"
                message = _(
                    "There is no series “%(slug)s” yet; a new one needs a title and a partner."
                ) % {"slug": said.slug}
                raise Refused(RecordError(message, pointer("series", lacking), line))
            if said.slug in self.hidden:
                message = _("This slug cannot be given to a series.")
                raise Refused(RecordError(message, "/series/slug", line, TAKEN))
            self._may_add(models.Series, said.slug, "/series/slug", line)
            stands = self.series[said.slug] = models.Series.objects.create(
                slug=said.slug,
                title=said.title,
                kind=said.kind or SeriesKind.OTHER,
                partner=self.partners[said.partner.code],
                desk=workflow.desk_for_new(self.writer.user) if self.writer else None,
            )
            changed = True
        self._agree("series", said.slug, said, line, "/series")
        wanted = {
            key: value
            for key, value in (
                ("title", said.title),
                ("kind", said.kind),
                ("partner", said.partner and self.partners[said.partner.code]),
            )
            if value is not None
        }
        return self._overwrite(stands, wanted, "/series", line) or changed

    def _take_partner(self, said: PartnerDocument, line: int | None = None) -> bool:
        stands = self.partners.get(said.code)
        if stands is not None:
            wanted = {"name": said.name, "kind": said.kind}
            wanted = {key: value for key, value in wanted.items() if value}
            return self._overwrite(stands, wanted, "/series/partner", line)
        self._may_add(models.Partner, said.code, "/series/partner/code", line)
        country = models.Country.objects.filter(code=said.code).first()
        self.partners[said.code] = models.Partner.objects.create(
            code=said.code,
            kind=PartnerKind.COUNTRY if said.code in ISO_CODES else PartnerKind.ORGANISATION,
            name=said.name or (country.name if country else said.code),
            name_id=country.name_id if country else "",
        )
        return True

    def _agree(self, kind: str, name: str, said: Document, line: int | None, at: str) -> None:
        """Refuse a file in which two lines describe one thing differently: either could win."""
        for key in said.model_fields_set - {"slug", "code", "type"}:
            value = getattr(said, key)
            if value is None or isinstance(value, Document):
                continue
            before, where = self._said.setdefault((f"{kind}/{key}", name), (value, line))
            if before != value:
                told = {"now": value, "before": before, "line": where}
                told["pointer"] = f"{pointer((where or 1) - 1)}{at}/{key}"
                message = _("“%(now)s” here, but “%(before)s” in line %(line)s.") % told
                in_list = _("“%(now)s” here, but “%(before)s” at %(pointer)s.") % told
                raise Refused(RecordError(message, f"{at}/{key}", line, in_list=in_list))

    def _overwrite(self, row: Any, wanted: dict[str, Any], at: str, line: int | None) -> bool:
        """Take over what is said of a row, as far as the writer may; tell whether any differed.

        What is hidden from the writer stands, and becomes theirs to use (`workflow.naming`).
        """
        if self._hidden(type(row), [row.pk]):
            named = {key: getattr(row, key) for key in ("slug", "code") if hasattr(row, key)}
            for key, name in named.items():
                self._may_add(type(row), name, f"{at}/{key}", line)
            assert self.writer is not None  # noqa: S101 (nothing is hidden without one)
            return self.writer.adopt(row, {**named, **wanted})
        differing = [key for key, value in wanted.items() if getattr(row, key) != value]
        if differing and self.writer is not None and not self.writer.may_overwrite(row):
            message = _("“%(row)s” stands otherwise, and changing it is not yours to do.")
            raise Refused(
                RecordError(message % {"row": row}, f"{at}/{differing[0]}", line, FORBIDDEN)
            )
        return overwrite(row, wanted)

    # --- Reference lines ----------------------------------------------------------------------

    def take_lines(self, lines: list[tuple[int, Document]]) -> list[RecordError]:
        """Take over the reference lines of a file, whichever order they stand in."""
        errors: list[RecordError] = []
        # What others refer to comes first: partners before series, topics before their parents.
        for line, said in lines:
            try:
                self._take_line(line, said)
            except Refused as refusal:
                errors.append(refusal.error)
        for line, said in lines:
            try:
                if isinstance(said, SeriesLine):
                    errors += self._take_series_line(line, said)
                elif isinstance(said, TopicLine) and said.says("parent"):
                    errors += self._take_parent(line, said)
            except Refused as refusal:
                errors.append(refusal.error)
        return errors

    def _take_line(self, line: int, said: Document) -> None:
        match said:
            case TopicLine():
                self._agree("topic", said.slug, said, line, "")
                self._take_named(models.Topic, self.topics, line, said)
            case IssueLine():
                self._agree("issue", said.slug, said, line, "")
                self._take_named(models.Issue, self.issues, line, said)
            case PersonLine():
                self._agree("person", said.slug, said, line, "")
                self._take_person(line, said)
            case PartnerLine():
                self._load_partner(said.code)
                self._agree("partner", said.code, said, line, "")
                self._take_partner(said, line)
                self._overwrite(self.partners[said.code], said_of(said, "name_id"), "", line)

    def _load_partner(self, code: str) -> None:
        found = models.Partner.objects.filter(code=code).first()
        if found and code not in self.partners:
            self.partners[code] = found

    def _take_named(
        self, model: Any, kept: dict[str, int], line: int, said: TopicLine | IssueLine
    ) -> None:
        self._named(model, kept, [said.slug])
        wanted = said_of(said, "name", "name_id", "note")
        row = model.objects.get(pk=kept[said.slug])
        if row.slug == said.slug:  # what was merged into it is no longer described by its old name
            wanted = {key: value for key, value in wanted.items() if value is not None}
            self._overwrite(row, wanted, "", line)

    def _take_parent(self, line: int, said: TopicLine) -> list[RecordError]:
        parent = None
        if said.parent is not None:
            self.topics_of([said.parent])
            parent = models.Topic.objects.get(pk=self.topics[said.parent])
            if models.Topic.objects.under([said.slug]).filter(pk=parent.pk).exists():
                return [RecordError(_("A topic cannot lie under itself."), "/parent", line)]
        row = models.Topic.objects.get(pk=self.topics[said.slug])
        if row.slug == said.slug:
            self._overwrite(row, {"parent": parent}, "", line)
        return []

    def _take_person(self, line: int, said: PersonLine) -> None:
        person = models.Person.objects.filter(slug=said.slug).first()
        if person is None and merged_into(models.Person.objects.all(), [said.slug]):
            return
        other = models.Person.objects.filter(name=said.name).exclude(slug=said.slug).first()
        if other is not None and self._hidden(models.Person, [other.pk]):
            if person is not None and not self._hidden(models.Person, [person.pk]):
                message = _("“%(name)s” is somebody else’s name.") % {"name": said.name}
                raise Refused(RecordError(message, "/name", line))
            person, other = other, None
        if other is not None:
            message = _("“%(name)s” is the person “%(slug)s” already.") % {
                "name": said.name,
                "slug": other.slug,
            }
            raise Refused(RecordError(message, "/name", line))
        if person is None or self._hidden(models.Person, [person.pk]):
            self._may_add(models.Person, said.name, "/name", line)
        if person is None:
            models.Person.objects.create(**said_of(said, "slug", "name", "also_written"))
        else:
            self._overwrite(person, said_of(said, "slug", "name", "also_written"), "", line)

    def _take_series_line(self, line: int, said: SeriesLine) -> list[RecordError]:
        _changed, errors = self.series_of([(line, said)])
        if not errors:
            told = said_of(said, "note", "unrecorded_through")
            self._overwrite(self.series[said.slug], told, "", line)
        return [
            RecordError(error.message, error.pointer.removeprefix("/series"), line)
            for error in errors
        ]
