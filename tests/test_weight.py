"""How much a page weighs as it is served: compressed, with all that it loads, all of it ours."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from tests.conftest import SAMPLE

from .scene import person, signed_in

#: In bytes: on the first visit, with style sheets and scripts, and on later ones, without.
FIRST, LATER = 150_000, 30_000
RUSSIA_11 = "indonesia-russia-human-rights-dialogue-11"
PAGES = (
    "/",
    "/rounds/",
    "/rounds/?partner=NO&partner=RU&format=hybrid",
    "/agreed-points/",
    "/series/",
    "/partners/",
    "/topics/",
    "/issues/",
    "/people/",
    "/filters/rounds/",
    "/filters/agreed-points/",
    "/filters/rounds/topic/",
    f"/rounds/{RUSSIA_11}/",
    f"/agreed-points/{RUSSIA_11}.1/",
    "/series/indonesia-norway-human-rights-dialogue/",
    "/partners/NO/",
    "/topics/human-rights-council/",
    "/people/rinat-alyautdinov/",
    "/calendar/?show=2021",
    "/calendar/?show=2021-10&due=true",
    "/rounds/pictures/",
    "/search/?q=human+rights",
    "/accounts/login/",
    "/views/",
)


@pytest.fixture
def sample_rounds(db: None) -> None:
    call_command("import_rounds", SAMPLE, publish=True)


def loaded_by(page: str) -> set[str]:
    """The addresses of all that a page loads by itself."""
    tags = re.findall(r"<(?:link|script|img|source|use|image)\b[^>]*>", page)
    given = (
        re.search(r'\s(?:href|src|xlink:href)="([^"#][^"]*)"', tag)
        for tag in tags
        if not re.search(r'rel="(?:alternate|prev|next|canonical)"', tag)
    )
    return {found[1] for found in given if found}


def compressed(address: str) -> int:
    """The size of a static file as WhiteNoise serves it; its imports are none."""
    path = finders.find(address.removeprefix("/static/"))
    assert path, address
    sent = Path(path).read_bytes()
    assert b"@import" not in sent
    assert b"url(" not in sent
    return len(gzip.compress(sent))


@pytest.mark.parametrize("role", ["visitor", "analyst"])
def test_pages_are_light_and_load_only_what_is_here(sample_rounds: None, role: str) -> None:
    client = Client() if role == "visitor" else signed_in(person("eka", "Analysts"))
    heavy = {}
    for address in PAGES:
        response = client.get(address, headers={"accept-encoding": "gzip"})
        if address == "/views/" and role == "visitor":
            continue
        assert response.status_code == 200, address
        assert response["Content-Encoding"] == "gzip", address
        page = gzip.decompress(response.content).decode()
        files = loaded_by(page)
        assert all(one.startswith("/static/") for one in files), files
        later, first = len(response.content), len(response.content) + sum(map(compressed, files))
        if later > LATER or first > FIRST:
            heavy[address] = (later, first)
    assert heavy == {}
