"""Who may do what with which round, tried out: the tables of docs/permissions.md.

Nothing here is copied from a rule: reading asks the QuerySet that every page starts from, steps
are taken and taken back, the rest asks what admin and API ask.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.db import transaction

from dialogues import workflow
from dialogues.models import (
    ADMINISTRATORS,
    ANALYSTS,
    DESK_OFFICERS,
    PUBLISHERS,
    Desk,
    Partner,
    Person,
    ReviewStep,
    Round,
    Series,
    Topic,
    User,
    clearance_of,
)
from dialogues.vocabulary import Publication, Visibility

Asker = User | AnonymousUser
#: Each role's account: its group, whether it enters the admin, its desk.
ROLES: dict[str, tuple[str | None, bool, str | None]] = {
    "visitor": (None, False, None),
    "analyst": (ANALYSTS, False, None),
    "analyst of the desk": (ANALYSTS, False, "own"),
    "officer of the desk": (DESK_OFFICERS, True, "own"),
    "officer of another desk": (DESK_OFFICERS, True, "other"),
    "publisher": (PUBLISHERS, True, None),
    "publisher of the desk": (PUBLISHERS, True, "own"),
    "administrator": (ADMINISTRATORS, True, None),
    "superuser": (None, True, None),
}
KINDS = tuple(itertools.product(Visibility.values, Publication.values))


class World:
    """A round of every visibility and state, in a series of the desk; somebody in every role."""

    def __init__(self) -> None:
        self.desks = {name: Desk.objects.create(name=name) for name in ("own", "other")}
        self.series = {
            name: self.make_series(number, name)
            for number, name in enumerate(("own", "other", "none"))
        }
        self.rounds = {
            kind: Round.objects.create(
                series=self.series["own"],
                slug=f"round-{number}",
                edition=number + 1,
                status="held",
                date="2021",
                visibility=kind[0],
                publication=kind[1],
            )
            for number, kind in enumerate(KINDS)
        }
        self.users = {role: self.account(role) for role in ROLES}
        submitter = User.objects.create_user("somebody")
        for kind, round_ in self.rounds.items():
            if kind[1] == Publication.IN_REVIEW:
                ReviewStep.objects.create(
                    round=round_, came_from="draft", went_to="in_review", by=submitter
                )

    def make_series(self, number: int, desk: str) -> Series:
        partner = Partner.objects.create(code=f"ORG-{number}", name=desk, kind="organisation")
        return Series.objects.create(
            title=desk, slug=desk, partner=partner, desk=self.desks.get(desk)
        )

    def account(self, role: str) -> Asker:
        group, staff, desk = ROLES[role]
        if role == "visitor":
            return AnonymousUser()
        user = User.objects.create_user(
            role.replace(" ", "-"), is_staff=staff, is_superuser=role == "superuser"
        )
        if group:
            user.groups.add(Group.objects.get(name=group))
        if desk:
            self.desks[desk].members.add(user)
        return user


def step(to: Publication) -> Callable[[Asker, Round], bool]:
    """Whether the step succeeds with a round that others wrote, all asked for being given."""

    def tried(user: Asker, round_: Round) -> bool:
        [outcome] = workflow.move_many(
            user, [round_], to, note="Because", confirmed=True, dry_run=True
        )
        return outcome.done

    return tried


def confirms(user: Asker, round_: Round) -> bool:
    try:
        with transaction.atomic():
            workflow.confirm(user, round_)
            transaction.set_rollback(True)
    except PermissionDenied:
        return False
    return True


def reads(user: Asker, round_: Round) -> bool:
    return Round.objects.visible_to(user).filter(pk=round_.pk).exists()


#: Each action's letter, what it is at the site's doors, and how it is tried.
ACTIONS: dict[str, tuple[str, Callable[[Asker, Round], bool]]] = {
    "R": ("read it: pages, lists, search, files, feeds, API, `as_of`", reads),
    "N": (
        "read staff's notes, its history, its steps of review; find it in the admin",
        lambda user, round_: clearance_of(user).staff and reads(user, round_),
    ),
    "C": (
        "change it and its parts, restore a version or a removed part: admin; API `PUT`, `PATCH`",
        workflow.may_change,
    ),
    "E": ("give it another edition or series", workflow.may_renumber),
    "S": ("submit it for review", step(Publication.IN_REVIEW)),
    "B": (
        "send it back to draft, with a note; or make a draft of what was withdrawn",
        step(Publication.DRAFT),
    ),
    "P": ("publish what others wrote", step(Publication.PUBLISHED)),
    "F": ("confirm what others changed in it since it was published", confirms),
    "W": (
        "withdraw it: admin; API `DELETE` of what is published",
        step(Publication.WITHDRAWN),
    ),
    "D": (
        "delete it, as a draft that was never published: admin; API `DELETE`",
        workflow.may_delete,
    ),
}  # fmt: skip

#: What is not about one round: what it is, and who may.
BESIDES: dict[str, Callable[[World, Asker], bool]] = {
    "enter a round, or bring a deleted one back, in the desk's series": (
        lambda world, user: workflow.may_create_in(user, world.series["own"])
    ),
    "… in another desk's series": (
        lambda world, user: workflow.may_create_in(user, world.series["other"])
    ),
    "… in a series without a desk": (
        lambda world, user: workflow.may_create_in(user, world.series["none"])
    ),
    "restrict a round of the desk's series to the desk": (
        lambda world, user: (
            workflow.may_change(user, world.rounds["internal", "draft"])
            and workflow.may_restrict(user, world.series["own"])
        )
    ),
    "change what is said of the desk's series": (
        lambda world, user: workflow.may_change_series(user, world.series["own"])
    ),
    "add a series": lambda world, user: user.has_perm("dialogues.add_series"),
    "… as the desk's": lambda world, user: (
        user.has_perm("dialogues.add_series")
        and workflow.desks_for_new(user).filter(name="own").exists()
    ),
    "say which desk a series that stands belongs to": lambda world, user: workflow.may_assign_desks(
        user
    ),
    "add and change topics, people, venues, partners": (
        lambda world, user: user.has_perms(["dialogues.add_topic", "dialogues.change_person"])
    ),
    "merge two topics or people": (
        lambda world, user: workflow.may_merge(user, Topic) and workflow.may_merge(user, Person)
    ),
    "delete what no round names, and bring it back": (
        lambda world, user: workflow.may_bring_back_rows(user, Person)
    ),
    "manage accounts and desks": lambda world, user: user.has_perm("dialogues.change_user"),
}

HEAD = """# Who may do what

Made by `tests/test_permissions.py`, which tries everything out and fails when this page says
anything else; `REWRITE=1 .venv/bin/python -m pytest tests/test_permissions.py` writes it anew.
Admin and API ask the same functions (`dialogues/workflow`), and every door that reads starts at
`visible_to`. The same test opens the admin's form and writes by the API as several of the roles.

## With a round of a desk's series

"""
NOTES = """
The round was written by somebody else. **Four eyes**: nobody publishes or confirms what they have
written themselves since it was last published, whatever their role, unless `FOUR_EYES=0`.
Publishing needs a date that makes sense, and a confirmation of what is not recorded. A draft that
was published once is withdrawn, not deleted. Only superusers, who hold the database anyway, delete
anything. Whoever is switched off is a visitor. Rounds of a series without a desk are every desk
officer's as if it were theirs; what is restricted there only superusers see.

What a desk changes in a published round is seen at once, and stands in the publishers' queue until
one of them who did not change it confirms it (`F`).

"""


def document(world: World) -> str:
    """The whole page."""
    legend = "".join(f"- **{letter}** {what}\n" for letter, (what, _) in ACTIONS.items())
    rows: list[list[Any]] = [
        [
            Visibility(visibility).label,
            Publication(publication).label,
            *(cell(user, world.rounds[visibility, publication]) for user in world.users.values()),
        ]
        for visibility, publication in KINDS
    ]
    besides: list[list[Any]] = [
        [what, *("yes" if may(world, user) else "–" for user in world.users.values())]
        for what, may in BESIDES.items()
    ]
    return (
        HEAD
        + legend
        + "\n"
        + table(["access", "state", *ROLES], rows)
        + NOTES
        + "## Besides\n\n"
        + table(["to …", *ROLES], besides)
    )


def cell(user: Asker, round_: Round) -> str:
    """The letters of all that the user may do with the round."""
    return "".join(letter for letter, (_, may) in ACTIONS.items() if may(user, round_)) or "–"


def table(head: list[str], rows: list[list[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
