"""What every test may ask for."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

# Playwright's synchronous interface runs an event loop in this thread. Django takes that for a
# mistake and refuses the database there; the loop only waits for the browser here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SAMPLE = Path(__file__).parents[1] / "dialogues" / "sample" / "indonesia.ndjson"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WITHOUT_CHROMIUM = "there is no Chromium; on Debian: apt-get install chromium"

# On a machine with other work an answer takes its time; what passes waits no longer for this.
expect.set_options(timeout=30_000)

# It has nobody to call, and without these a closed network answers each of its attempts.
QUIETLY = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, emptied after a test with a live server back to what migrations left.

    Django would truncate every table. History refuses that, and the countries and groups that a
    migration brought would be gone for the next test. Rows of tables that migrations filled stay.
    """
    with django_db_blocker.unblock():
        tables = connection.introspection.django_table_names(only_existing=True)
        with connection.cursor() as cursor:
            emptied = [table for table in tables if is_empty(cursor, table)]
    # As a replica does, without asking triggers, those of foreign keys among them.
    statements = [
        "SET LOCAL session_replication_role = replica;",
        *(f"DELETE FROM {connection.ops.quote_name(table)};" for table in emptied),
    ]
    with pytest.MonkeyPatch.context() as patch:
        # On the class: while a browser's event loop runs, Django opens a connection of its own.
        patch.setattr(type(connection.ops), "sql_flush", lambda *args, **options: statements)
        yield


def is_empty(cursor: CursorWrapper, table: str) -> bool:
    """Return whether there is no row in `table`."""
    cursor.execute(f"SELECT NOT EXISTS (SELECT FROM {connection.ops.quote_name(table)})")
    return bool(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Each test begins in the site's language; a client's request leaves the reader's behind."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The files that tests upload stand in a folder that goes with them."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once; without one the test is left out, which CI does not take."""
    if CHROMIUM is None:
        pytest.skip(WITHOUT_CHROMIUM)
    with tempfile.TemporaryDirectory() as downloads, sync_playwright() as playwright:
        # Chromium's own sandbox refuses to work for root.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=QUIETLY,
            chromium_sandbox=os.geteuid() != 0,
            downloads_path=downloads,
        )
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser, live_server) -> Iterator[Page]:
    """An empty page, 1280 pixels wide; `page.goto("/rounds/")` opens one of the site's.

    An error that a script throws, or that the content policy prevents, fails the test.
    """
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 800}, locale="en"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if refused(said.text) else None)
    yield page
    context.close()
    assert complaints == []


def refused(text: str) -> bool:
    """Return whether the browser's console says that the content policy prevented something."""
    return "Content Security Policy" in text


@pytest.fixture
def sample(transactional_db: None) -> None:
    """The rounds that come with the tracker."""
    call_command("import_rounds", SAMPLE, publish=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that was left out has failed: there everything is there that it could need."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was left out: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out for want of a browser, and how to get one."""
    left_out = [
        report.nodeid
        for report in terminalreporter.getreports("skipped")
        if WITHOUT_CHROMIUM in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.write_line(
            f"Left out {len(left_out)} tests in a browser, as {WITHOUT_CHROMIUM}.", yellow=True
        )
