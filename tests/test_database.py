"""DATABASE_URL, and what is said when a database cannot be had."""

from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from tracker.database import application_name, configuration, from_url, unmigrated, unreachable

OWN = Path("/a folder/.postgres")


def test_without_an_address_the_projects_own_server_is_used():
    settings = configuration({}, OWN)

    assert settings["ENGINE"] == "tracker.embedded"
    assert settings["FOLDER"] == OWN


def test_a_pool_that_is_no_number_is_an_error():
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOL is 'many'"):
        configuration({"DATABASE_POOL": "many"}, OWN)


def test_an_address_names_every_part():
    settings = configuration(
        {"DATABASE_URL": "postgresql://desk%40mfa:p%2Fw@db.example:5433/dialogues?sslmode=require"},
        OWN,
    )

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("desk@mfa", "p/w")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", 5433)
    assert settings["NAME"] == "dialogues"
    assert settings["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///dialogues?host=/run/postgresql",
        "postgresql://%2Frun%2Fpostgresql/dialogues",
    ],
)
def test_a_socket_is_named_in_either_of_libpqs_ways(url: str):
    assert from_url(url)["HOST"] == "/run/postgresql"
    assert "host" not in from_url(url)["OPTIONS"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("garbage", "begin with postgresql://"),
        ("mysql://root@localhost/dialogues", "begin with postgresql://"),
        ("postgresql://localhost", "names no database"),
        ("postgresql://localhost:port/dialogues", "is not an address"),
        ("postgresql://[::1/dialogues", "is not an address"),
        ("postgresql://localhost/dialogues?sslmod=require", 'invalid connection option "sslmod"'),
    ],
)
def test_an_address_that_is_none_gets_a_sentence_without_its_password(url: str, says: str):
    with pytest.raises(ImproperlyConfigured, match=says) as told:
        from_url(url.replace("://", "://me:secret@"))

    assert "secret" not in str(told.value)


def test_a_web_server_keeps_its_connections():
    pool = configuration({"DATABASE_POOL": "8"}, OWN)["OPTIONS"]["pool"]

    assert pool == {"min_size": 1, "max_size": 8, "timeout": 10}
    assert "pool" not in configuration({}, OWN)["OPTIONS"]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["/srv/manage.py", "import_rounds", "x.ndjson"], "dialogues import_rounds"),
        (["/srv/.venv/bin/gunicorn", "tracker.wsgi"], "dialogues gunicorn"),
        (["-c"], "dialogues"),
        ([""], "dialogues"),
    ],
)
def test_the_database_knows_a_write_by_its_command(command: list[str], name: str):
    assert application_name(command) == name


def test_only_a_connection_that_failed_is_called_unreachable():
    refused = OperationalError("connection refused\nIs the server running?")
    refused.__cause__ = psycopg.OperationalError("connection refused")
    full = OperationalError("disk full")
    full.__cause__ = psycopg.errors.DiskFull("disk full")

    assert "cannot be reached: connection refused\n" in str(unreachable(refused))
    assert unreachable(full) is None


def test_only_a_table_that_is_not_there_asks_for_migrations():
    missing, wrong = ProgrammingError("no such table"), ProgrammingError("no such column")
    missing.__cause__ = psycopg.errors.UndefinedTable("no such table")
    wrong.__cause__ = psycopg.errors.UndefinedColumn("no such column")

    assert "manage.py migrate" in str(unmigrated(missing))
    assert unmigrated(wrong) is None


@pytest.mark.django_db
def test_migrations_run_one_at_a_time_on_a_database():
    with CaptureQueriesContext(connection) as asked:
        call_command("migrate", verbosity=0)

    assert "pg_advisory_lock" in asked[0]["sql"]
    assert "pg_advisory_unlock" in asked[-1]["sql"]


def test_an_installation_without_a_server_of_its_own_asks_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tracker.database.find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL is not set\."):
        configuration({}, Path("nowhere"))
