"""The description of the API is true: of its answers, its examples, and for others' programs."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from dialogues.models import ApiToken, Round, User
from dialogues.records.document import RoundDocument
from dialogues.records.exporting import export_lines

from .scene import signed_in

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "dialogues" / "sample" / "indonesia.ndjson"
STORED = ROOT / "docs" / "openapi.json"
GUIDE = ROOT / "docs" / "api.md"
API = "/api/v1/"


@pytest.fixture
def sample(db: None) -> list[dict[str, Any]]:
    """The sample, taken into the record; its rounds."""
    call_command("import_rounds", str(SAMPLE), stdout=StringIO())
    lines = map(json.loads, SAMPLE.read_text().splitlines())
    return [line for line in lines if "type" not in line]


def description() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(STORED.read_text())
    return told


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """Checks against a schema whose references lead into the whole description."""
    return Draft202012Validator({**schema, "components": description()["components"]})


def answers() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every kind of answer to reading: its address, its media type, and what is said of it."""
    for address, operations in description()["paths"].items():
        for status, answer in operations.get("get", {}).get("responses", {}).items():
            for kind, content in answer.get("content", {}).items():
                if status == "200":
                    yield address, kind, content


def test_the_description_in_the_repository_is_the_one_that_is_served(db: None) -> None:
    assert Client().get(f"{API}schema/").json() == description(), "make schema writes it anew"


def test_every_example_is_as_the_description_says() -> None:
    shown = set()
    for address, kind, content in answers():
        for example in content.get("examples", {}).values():
            if kind == "application/json":
                validator(content["schema"]).validate(example["value"])
                shown.add(address)
    lists = ("rounds", "agreed-points", "series", "partners", "topics", "issues", "people")
    assert {f"{API}{name}/" for name in (*lists, "rounds/facets", "changes")} <= shown
    assert f"{API}rounds/{{slug}}/" in shown


def test_enumerations_have_names_of_their_own() -> None:
    named = {
        name for name, schema in description()["components"]["schemas"].items() if "enum" in schema
    }
    assert {
        "Format", "Host", "Party", "PartnerKind", "PointKind", "PointStatus", "Publication", "Role",
        "RoundStatus", "SeriesKind", "Side", "SourceKind", "Visibility", "Voice",
    } <= named  # fmt: skip


def test_one_declaration_reads_writes_describes_imports_and_exports(
    sample: list[dict[str, Any]],
) -> None:
    staff = signed_in(User.objects.create_superuser("staff"))
    served = {}
    for line in staff.get(f"{API}rounds.ndjson").getvalue().splitlines():
        document = json.loads(line)
        served[document["slug"]] = document
    described = validator({"$ref": "#/components/schemas/ServedRound"})
    exported = {
        document["slug"]: document
        for document in map(json.loads, export_lines())
        if "type" not in document
    }
    assert len(sample) == len(served) == len(exported) == Round.objects.count() > 30
    for document in sample:
        answer = served[document["slug"]]
        described.validate(answer)
        own = {k: v for k, v in answer.items() if k not in {"url", "created", "updated"}}
        assert own == document == exported[document["slug"]]
        read = RoundDocument.model_validate_json(json.dumps(own))
        assert read.model_dump(mode="json") == own


def test_every_list_answers_as_the_description_says(sample: list[dict[str, Any]]) -> None:
    for address, kind, content in answers():
        if kind == "application/json" and "{" not in address and "schema" in content:
            answer = Client().get(address)
            assert answer.status_code == 200, address
            validator(content["schema"]).validate(answer.json())


# --- Other people's programs --------------------------------------------------------------------


@pytest.fixture
def client_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that another program has written from the description alone."""
    settings = tmp_path / "settings.yml"
    settings.write_text("post_hooks: []\n")
    name = "dialogues_client"
    subprocess.run(
        [
            *(str(Path(sys.executable).parent / "openapi-python-client"), "generate"),
            *("--path", str(STORED), "--output-path", str(tmp_path / name)),
            *("--meta", "none", "--config", str(settings), "--fail-on-warning"),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def test_a_generated_client_reads(
    sample: list[dict[str, Any]], client_of_their_own: str, live_server: Any
) -> None:
    made = importlib.import_module(client_of_their_own)
    lists = importlib.import_module(f"{client_of_their_own}.api.rounds.list_rounds")
    details = importlib.import_module(f"{client_of_their_own}.api.rounds.get_rounds")
    changes = importlib.import_module(f"{client_of_their_own}.api.changes.list_changes")
    with made.Client(base_url=live_server.url) as client:
        page = lists.sync(client=client, partner=["RU"], year=[2021], limit=1)
        (found,) = page.results
        assert (page.count, found.slug) == (1, "indonesia-russia-human-rights-dialogue-11")
        assert (found.format_.value, found.series.partner.code) == ("hybrid", "RU")
        one = details.sync(found.slug, client=client)
        assert [point.number for point in one.agreed_points] == [1, 2, 3]
        refused = lists.sync_detailed(client=client, partner=["XX"])
        assert (refused.status_code, refused.parsed.status) == (400, 400)
        change = changes.sync(client=client, limit=1).results[0]
        assert change.round_.slug == change.slug


def test_a_generated_client_writes(
    sample: list[dict[str, Any]], client_of_their_own: str, live_server: Any
) -> None:
    made = importlib.import_module(client_of_their_own)
    models = importlib.import_module(f"{client_of_their_own}.models")
    rounds = f"{client_of_their_own}.api.rounds"
    create = importlib.import_module(f"{rounds}.create_round")
    withdraw = importlib.import_module(f"{rounds}.withdraw_round")
    token = ApiToken.objects.make(
        owner=User.objects.create_superuser("program"),
        name="Script",
        may_write=True,
        expires=timezone.now() + timedelta(days=1),
    )
    document = models.WrittenRound.from_dict(
        {
            "series": {"slug": "indonesia-russia-human-rights-dialogue"},
            "edition": 31,
            "status": "planned",
            "visibility": "internal",
            "summary": "To be held, if both find the time. " * 10,
        }
    )
    with made.AuthenticatedClient(base_url=live_server.url, token=token.secret) as client:
        created = create.sync_detailed(client=client, body=document)
        assert (created.status_code, created.parsed.edition) == (201, 31)
        slug = created.parsed.slug
        assert Round.objects.get(slug=slug).summary.startswith("To be held")
        # The answer came compressed, and its ETag is good all the same.
        etag = created.headers["ETag"]
        assert etag.startswith("W/")
        assert withdraw.sync_detailed(slug, client=client).status_code == 428
        stale = withdraw.sync_detailed(slug, client=client, if_match='"of-another"')
        assert stale.status_code == 412
        assert withdraw.sync_detailed(slug, client=client, if_match=etag).status_code == 204
    assert not Round.objects.filter(slug=slug).exists()


def blocks(language: str) -> list[str]:
    """The guide's pieces in this language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def run(command: list[str], where: Path) -> str:
    here = {**os.environ, "no_proxy": "*", "NO_PROXY": "*"}
    done = subprocess.run(
        command, cwd=where, env=here, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_walk_with_curl_goes_as_it_stands(
    sample: list[dict[str, Any]], live_server: Any, tmp_path: Path
) -> None:
    (walk,) = [block for block in blocks("sh") if "If-None-Match" in block]
    script = walk.replace("http://127.0.0.1:8000", live_server.url)
    said = run(["bash", "-euo", "pipefail", "-c", script], tmp_path)
    first, _facets = re.findall(r"\{.*\}(?=\{|Asked)", said)[0].split("}{", 1)
    assert json.loads(first + "}")["results"][0]["slug"].startswith("indonesia-russia")
    assert said.endswith("Asked again: 304\n")
    public = Client().get(f"{API}rounds/?limit=1").json()["count"]
    assert len((tmp_path / "rounds.ndjson").read_text().splitlines()) == public
    assert (tmp_path / "agreed-points.csv").read_text().startswith("point,round,number,")


def test_what_broke_off_is_taken_up_as_the_docs_say(
    sample: list[dict[str, Any]], live_server: Any, tmp_path: Path
) -> None:
    (walk,) = [block for block in blocks("sh") if "$cursor" in block]
    run(["bash", "-euo", "pipefail", "-c", f"api={live_server.url}/api/v1\n{walk}"], tmp_path)
    lines = (tmp_path / "rounds.ndjson").read_text().splitlines()
    whole = Client().get(f"{API}rounds/?limit=500").json()["results"]
    assert [json.loads(line)["slug"] for line in lines] == [one["slug"] for one in whole]
    assert sum(map(len, lines)) > 50_000


def test_the_walk_in_python_goes_as_it_stands(
    sample: list[dict[str, Any]], live_server: Any, tmp_path: Path
) -> None:
    (walk,) = [block for block in blocks("python") if "pandas" in block]
    script = tmp_path / "walk.py"
    script.write_text(walk.replace("http://127.0.0.1:8000", live_server.url))
    said = run([sys.executable, str(script)], tmp_path)
    russia = Client().get(f"{API}rounds/?partner=RU").json()
    public = Client().get(f"{API}rounds/?limit=1").json()["count"]
    lines = said.splitlines()
    assert lines[0] == (
        f"{russia['count']} rounds with Russia, the latest on {russia['results'][0]['date']}"
    )
    assert any(line.startswith("open ") for line in lines)
    assert lines[-1] == f"A copy of {public} rounds"
