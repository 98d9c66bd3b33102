"""The table of who may do what is what happens, and the doors do what the table says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from dialogues.models import User
from tests.permissions import ACTIONS, KINDS, World, cell, document
from tests.programs import Program

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[1] / "docs" / "permissions.md"
#: One round for each fence is enough at the doors; the functions behind are tried with all.
AT_THE_DOORS = [kind for kind in KINDS if kind[0] != "public"]


@pytest.fixture
def world() -> World:
    return World()


def test_the_manuals_table_is_what_happens(world: World) -> None:
    with translation.override("en"):
        found = document(world)
    if os.environ.get("REWRITE"):
        PAGE.write_text(found)
    assert PAGE.read_text() == found


@pytest.mark.parametrize(
    "role", ["analyst of the desk", "officer of the desk", "officer of another desk", "publisher",
             "administrator"]
)  # fmt: skip
def test_the_doors_do_what_the_table_says(world: World, role: str) -> None:
    user = world.users[role]
    assert isinstance(user, User)
    client = Client()
    client.force_login(user)
    program = Program(user)
    for kind in AT_THE_DOORS:
        round_, may = world.rounds[kind], cell(user, world.rounds[kind])
        page = client.get(round_.get_absolute_url())
        assert (page.status_code == 200) is ("R" in may), kind
        form = client.get(f"/admin/dialogues/round/{round_.pk}/change/")
        assert (form.status_code == 200) is ("N" in may), kind
        assert ('name="_save"' in form.content.decode()) is ("C" in may), kind
        if "N" in may:
            deletes = f"/admin/dialogues/round/{round_.pk}/delete/" in form.content.decode()
            assert deletes is ("D" in may), kind
        address = f"rounds/{round_.slug}/"
        read = program.get(address)
        assert (read.status_code == 200) is ("R" in may), kind
        match = {"If_Match": read["ETag"]} if read.status_code == 200 else {}
        written = program.patch(address, {"summary": f"By {role}"}, **match)
        assert (written.status_code == 200) is ("C" in may), (kind, written.content)


def test_every_action_is_somebodys_and_nobody_may_do_all(world: World) -> None:
    for letter in ACTIONS:
        assert any(
            letter in cell(user, round_)
            for user in world.users.values()
            for round_ in world.rounds.values()
        )
    officer = world.users["officer of the desk"]
    assert not any({"P", "W", "F"} & set(cell(officer, one)) for one in world.rounds.values())
