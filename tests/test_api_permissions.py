"""Who may write what through the API: everything that the admin lets them, and nothing else."""

from __future__ import annotations

import itertools

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import RequestFactory

from dialogues.models import Round, Series, User
from dialogues.vocabulary import Publication, Visibility
from tests.programs import Program
from tests.scene import Scene, scene

__all__ = ["scene"]

ROLES = ("ayu", "budi", "citra", "dewi", "eka", "root")
SERIES = ("russia", "fiji", "norway")
KINDS = tuple(itertools.product(SERIES, Visibility.values, Publication.values))


def admin_lets_change(user: User, round_: Round) -> int:
    """What the API should answer to a change, by what the admin would let the user do."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=user.pk)
    page = admin.site.get_model_admin(Round)
    if not page.has_change_permission(request):
        return 403
    if not page.get_queryset(request).filter(pk=round_.pk).exists():
        return 404
    return 200 if page.has_change_permission(request, round_) else 403


@pytest.mark.parametrize("role", ROLES)
def test_a_round_of_every_kind_is_changed_by_whom_the_admin_lets(scene: Scene, role: str):
    cache.clear()
    user = getattr(scene, role)
    program = Program(user)
    answers, expected = {}, {}
    for series, visibility, publication in KINDS:
        round_ = scene.round(getattr(scene, series), visibility=visibility, publication=publication)
        kind = (series, visibility, publication)
        expected[kind] = admin_lets_change(user, round_)
        answers[kind] = program.patch(
            f"rounds/{round_.slug}/", {"summary": "Changed."}, if_match="*"
        ).status_code
        assert (Round.objects.get(pk=round_.pk).summary != "") == (answers[kind] == 200)
    assert answers == expected
    assert (
        set(answers.values())
        == {
            "ayu": {200, 403, 404},
            "budi": {200, 403, 404},
            "citra": {200, 404},
            "dewi": {200, 404},
            "eka": {403},
            "root": {200},
        }[role]
    )


#: Who enters rounds in which series: the desk's own people, and everybody where there is no desk.
ENTERED = {
    "ayu": {"russia", "norway"},
    "budi": {"fiji", "norway"},
    "citra": {"norway"},
    "dewi": {"norway"},
    "eka": set[str](),
    "root": {"russia", "fiji", "norway"},
}


@pytest.mark.parametrize("role", ROLES)
def test_a_round_is_entered_by_whom_the_admin_lets(scene: Scene, role: str):
    cache.clear()
    program = Program(getattr(scene, role))
    entered = set()
    for name in SERIES:
        series: Series = getattr(scene, name)
        document = {"series": series.slug, "status": "held", "visibility": "internal"}
        answer = program.post("rounds/", {**document, "edition": 1})
        assert answer.status_code in (201, 403)
        if answer.status_code == 201:
            entered.add(name)
    assert entered == ENTERED[role]
    assert Round.objects.count() == len(entered)
