"""What somebody may write: the admin's rules, asked of documents on their way in.

Commands write what they are given. What comes in somebody's name is written by a `Writer`, which
`writing.take` asks before it writes, and which takes the steps of publication by their verbs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from dialogues import workflow
from dialogues.models import Round, Series, User, clearance_of
from dialogues.vocabulary import Publication, Visibility

from .document import RoundDocument
from .errors import FORBIDDEN, TAKEN, RecordError, RecordsRefused
from .matching import Target


@dataclass(slots=True)
class Writer:
    """Somebody who writes, with what they say of it all."""

    user: User
    reason: str = ""
    """Why, as history tells it; also the note of a step that needs one."""
    confirmed: bool = False
    """Whether a round is to be published though something is not recorded."""
    _wanted: dict[int, str] = field(default_factory=dict)
    adopted: dict[tuple[type[Model], int], dict[str, Any]] = field(default_factory=dict)
    """What was hidden from them and is theirs now, with what they said of it."""
    _hidden: dict[type[Model], dict[int, bool]] = field(default_factory=dict)

    # --- What is written about ------------------------------------------------------------------

    def sees(self, row: Model) -> bool:
        rows: Any = type(row)._default_manager
        return bool(rows.visible_to(self.user).filter(pk=row.pk).exists())

    def unseen(self, model: type[Model], keys: Iterable[int]) -> set[int]:
        """Which of these rows are there, but were not for the writer when first asked about."""
        known, asked = self._hidden.setdefault(model, {}), set(keys)
        if strange := asked - known.keys():
            hidden = workflow.unseen(self.user, model, strange)
            known.update((key, key in hidden) for key in strange)
        return {key for key in asked if known[key]}

    def adopt(self, row: Model, said: dict[str, Any]) -> bool:
        """Let the writer have a hidden row as if they had made it of what is said; tell whether
        anything of that is new."""
        before = self.adopted.get((type(row), row.pk), {})
        if before and said.items() <= before.items():
            return False
        self.adopted[type(row), row.pk] = before | said
        workflow.adopt(self.user, row, said)
        return True

    def may_add(self, model: type[Model]) -> bool:
        return self.user.has_perm(f"dialogues.add_{model._meta.model_name}")

    def may_overwrite(self, row: Model) -> bool:
        """Whether what a document says of a row that stands already is taken over."""
        if not self.sees(row):
            return False
        if isinstance(row, Series):
            return workflow.may_change_series(self.user, row)
        return self.user.has_perm(f"dialogues.change_{row._meta.model_name}")

    def refusals(self, targets: Iterable[Target], series: dict[int, Series]) -> list[RecordError]:
        """What of a batch is not theirs to write, asked before anything is told of what stands."""
        errors = []
        for target in targets:
            of = series[target.series_id]
            for pointer, sentence in self._refusals(target.document, target.about, of):
                errors.append(RecordError(sentence, pointer, target.line, FORBIDDEN))
        return errors

    def _refusals(
        self, document: RoundDocument, about: Round | None, series: Series
    ) -> Iterable[tuple[str, str]]:
        if not clearance_of(self.user).staff:
            yield "", _("Only staff write rounds.")
            return
        moves = about is None or about.series_id != series.pk
        if moves and not workflow.may_create_in(self.user, series):
            yield "/series", _("This series is another desk's; its rounds are theirs to enter.")
        if about is not None:
            if not workflow.may_change(self.user, about):
                yield "", _("This round is not yours to change.")
            renumbered = document.says("edition") and document.edition != about.edition
            if (moves or renumbered) and not workflow.may_renumber(self.user, about):
                yield (
                    "/series" if moves else "/edition",
                    _("Only members of the desk that owns the series number its rounds."),
                )
        if document.visibility == Visibility.RESTRICTED and not workflow.may_restrict(
            self.user, series
        ):
            yield (
                "/visibility",
                _("Only members of the desk that owns the series restrict its rounds to it."),
            )

    # --- Publication ----------------------------------------------------------------------------

    def hold_back(self, targets: Iterable[Target]) -> None:
        """Let each document leave its round where it stands; a new one begins as a draft."""
        for target in targets:
            stands = str((target.stored or {}).get("publication", Publication.DRAFT))
            document = target.document
            if document.says("publication") and document.publication != stands:
                self._wanted[target.line] = str(document.publication)
            document.publication = stands  # type: ignore[assignment]

    def take_steps(self, targets: Iterable[Target]) -> list[RecordError]:
        """Take the steps that were held back, by their verbs, with the rounds as now written."""
        errors: list[RecordError] = []
        for target in targets:
            if (wanted := self._wanted.pop(target.line, None)) is None:
                continue
            round_ = Round.objects.get(pk=target.pk or 0)
            for sentence, kind in self._step(round_, Publication(wanted)):
                errors.append(RecordError(sentence, "/publication", target.line, kind))
        return errors

    def _step(self, round_: Round, to: Publication) -> Iterable[tuple[str, str]]:
        try:
            workflow.move(self.user, round_, to, note=self.reason, confirmed=self.confirmed)
        except workflow.Unready as unready:
            found = unready.readiness
            return [(sentence, TAKEN) for sentence in found.wrong or found.missing]
        except workflow.NoteMissing as refusal:
            return [(str(refusal), "")]
        except PermissionDenied as refusal:
            return [(str(refusal), FORBIDDEN)]
        return []


def refused_to_add(
    model: type[Model], name: str, pointer: str = "", line: int | None = None
) -> RecordsRefused:
    """What somebody gets who names a thing that is not known and may not make one."""
    message = _("There is no %(kind)s “%(name)s” yet, and making one is not yours to do.") % {
        "kind": model._meta.verbose_name,
        "name": name,
    }
    return RecordsRefused([RecordError(message, pointer, line, FORBIDDEN)])
