"""Which agreed points: their own dimensions, and those of the round that agreed them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dialogues.models import PointSubjects
from dialogues.queries.search import matching_points
from dialogues.vocabulary import Party, PointStatus

from .conditions import From, Overdue, Text, To
from .dimensions import Column, Subject
from .listing import ListingFilter
from .rounds import ISSUES, SHARED, STAFF_ONLY, TOPICS, dates, orders
from .values import Words

ROUND = "round__"


class AgreedPointFilter(ListingFilter):
    """Agreed points; status, topic and issue are the point's own, the rest of the round's is too.

    `overdue` is a point that is still owed though every day that its due date may mean has passed.
    """

    dimensions = (
        *(dimension.on(ROUND) for dimension in SHARED),
        Column("status", _("Status"), Words(PointStatus), path="status"),
        Subject("topic", _("Topic"), TOPICS, kept=PointSubjects),
        Column("issue", _("Issue"), ISSUES, path="issue__slug"),
        Column("responsible", _("Responsible"), Words(Party), path="responsible"),
    )  # fmt: skip
    staff_dimensions = tuple(dimension.on(ROUND) for dimension in STAFF_ONLY)
    further = {
        "q": Text(matching_points),
        **dates(ROUND),
        "due_from": From("due", _("Due from")),
        "due_to": To("due", _("Due until")),
        "overdue": Overdue(label=_("Overdue")),
    }
    orders = orders(ROUND, ("number",))
