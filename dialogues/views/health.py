"""Two addresses for whoever watches over the service; they say nothing about its data."""

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process is up, whatever the database does."""
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers and has every migration, else 503 and what is wanting."""
    try:
        wanting = unapplied_migrations()
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    if wanting:
        return HttpResponse(f"migrations to apply: {wanting}\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)


def unapplied_migrations() -> int:
    """Return how many migrations the code has that the database has not."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
