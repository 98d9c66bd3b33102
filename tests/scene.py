"""People and records that the stories about editing are told with."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from dialogues.models import (
    ADMINISTRATORS,
    ANALYSTS,
    DESK_OFFICERS,
    PUBLISHERS,
    Desk,
    Partner,
    Round,
    Series,
    User,
)

PASSWORD = "not a secret, only a test's"


def person(name: str, *roles: str, desk: Desk | None = None, **fields: Any) -> User:
    """An account that may enter the admin, with its roles and, perhaps, its desk."""
    user = User.objects.create_user(
        username=name, password=PASSWORD, first_name=name.title(), is_staff=True, **fields
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    if desk:
        desk.members.add(user)
    return user


class Scene:
    """Two desks with a series each, one series without, and somebody in every role."""

    def __init__(self) -> None:
        self.europe = Desk.objects.create(name="Europe")
        self.pacific = Desk.objects.create(name="Pacific")
        self.russia = series("Russia", "RU", self.europe)
        self.fiji = series("Fiji", "FJ", self.pacific)
        self.norway = series("Norway", "NO", None)
        self.ayu = person("ayu", DESK_OFFICERS, desk=self.europe)
        self.budi = person("budi", DESK_OFFICERS, desk=self.pacific)
        self.citra = person("citra", PUBLISHERS)
        self.dewi = person("dewi", ADMINISTRATORS)
        self.eka = person("eka", ANALYSTS)
        self.root = person("root", is_superuser=True)

    def round(self, series: Series | None = None, **fields: Any) -> Round:
        """A round of the Russian series, or another; the next edition where none is named."""
        fields.setdefault("edition", Round.objects.count() + 1)
        fields.setdefault("status", "held")
        series = series or self.russia
        slug = f"{series.slug}-{fields['edition']}"
        return Round.objects.create(**{"series": series, "slug": slug, **fields})


def series(name: str, code: str, desk: Desk | None) -> Series:
    """The human rights dialogue with a country."""
    partner = Partner.objects.create(name=name, code=code, kind="country")
    title = f"{name} Human Rights Dialogue"
    slug = f"{name.lower()}-dialogue"
    return Series.objects.create(
        title=title, slug=slug, partner=partner, kind="human_rights", desk=desk
    )


def signed_in(user: User) -> Client:
    """A browser in which the user has signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()
