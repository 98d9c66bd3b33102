"""Whatever is sent, the API keeps to its own description: schemathesis, as everybody who may ask.

`FUZZ=100 pytest tests/test_api_fuzz.py` sends that many examples of each kind to each operation.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, assume, given
from hypothesis import settings as bounds
from hypothesis.errors import Unsatisfiable
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.programs import Program
from tests.rounds import whole_round
from tests.scene import Scene, scene

__all__ = ["scene"]

EXAMPLES = int(os.environ.get("FUZZ", "2"))

#: What JSON Schema cannot know, and is told all the same: that there is no such partner, that a day
#: is in no calendar, that two points have one number, that an ETag is stale.
TOLD = [400, 406, 412, 413, 415, 428]
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "3xx", 401, 403, 404, 409, *TOLD]
            },
            "negative_data_rejection": {"expected-statuses": ["4xx"]},
        }
    }
)
BOUNDS = bounds(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

#: What there is, to ask for beside what is made up.
THERE = {"slug": "russia-dialogue-11", "reference": "russia-dialogue-11.1", "code": "RU"}


@pytest.fixture
def described(scene: Scene, settings: Any) -> Iterator[Any]:
    """The API as it describes itself, over a round with something of everything."""
    for rate in ("API_ANONYMOUS_RATE", "API_TOKEN_RATE", "API_FAILED_RATE"):
        setattr(settings, rate, 0)
    whole_round(scene.russia)
    # As Django's own test client has it: the test's connection outlives a request.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler(), config=CONFIG)
    for signal in signals:
        signal.connect(close_old_connections)


def cases_of(operation: Any) -> Iterator[Any]:
    """What is valid, of things made up and of things that are there; and what is not valid."""
    valid, wrong = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
    there = {key.name: THERE.get(key.name, "vaccines") for key in operation.path_parameters}
    if there:
        yield operation.as_strategy(generation_mode=valid, path_parameters=there)
    yield operation.as_strategy(generation_mode=valid)
    yield operation.as_strategy(generation_mode=wrong)


def unfit(case: Any) -> list[Any]:
    """Checks that do not fit: of chosen keys, less than the whole document is served."""
    return [response_schema_conformance] if {"fields", "omit"} & set(case.query or {}) else []


def is_blank(given: Any) -> bool:
    """Whether a parameter is sent without a word in it, or one of several is."""
    values = given if isinstance(given, list) else [given]
    return any(isinstance(value, str) and not value.strip() for value in values)


@pytest.mark.parametrize("role", ["anonymous", "analyst", "officer"])
def test_the_api_keeps_to_its_description_whatever_it_is_sent(
    scene: Scene, described: Any, role: str
):
    # Compressed answers are read elsewhere; schemathesis takes them as they come.
    headers = {"Accept-Encoding": "identity"}
    if role != "anonymous":
        program = Program(scene.eka if role == "analyst" else scene.ayu)
        headers["Authorization"] = f"Bearer {program.token.secret}"
    asked: set[str] = set()

    def send(case: Any) -> None:
        # A filter left empty, as a page's form sends it, asks nothing, whatever the filter.
        assume(not any(is_blank(given) for given in (case.query or {}).values()))
        with transaction.atomic():
            response = case.call(headers=headers)
            case.validate_response(response, headers=headers, excluded_checks=unfit(case))
            transaction.set_rollback(True)
        asked.add(case.operation.label)

    operations = [found.ok() for found in described.get_all_operations()]
    for operation in operations:
        for cases in cases_of(operation):
            with suppress(Unsatisfiable):  # where nothing is asked, nothing can be wrong
                BOUNDS(given(cases)(send))()
    assert asked == {operation.label for operation in operations}
