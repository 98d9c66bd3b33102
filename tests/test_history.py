"""Every write is kept, whoever wrote and however; and what is kept cannot be rewritten."""

from io import StringIO
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Model
from django.utils import timezone

from dialogues.models import (
    ANALYSTS,
    AcceptedFinding,
    AgreedPoint,
    ApiToken,
    Country,
    FollowUp,
    Participant,
    Person,
    RelatedEvent,
    Round,
    SavedView,
    Series,
    Source,
    Statement,
    Topic,
    User,
)
from dialogues.queries.history import events_of, history, last_change
from tests.scene import Scene, scene, signed_in

__all__ = ["scene"]

#: What is written anew for every model by `a_row`, and what an update sets.
UPDATES = {
    "AgreedPoint": {"text": "b"},
    "ApiToken": {"name": "b"},
    "Country": {"name": "b"},
    "Desk": {"name": "b"},
    "FollowUp": {"note": "b"},
    "Issue": {"name": "b"},
    "Participant": {"title": "b"},
    "Partner": {"name": "b"},
    "Person": {"name": "b"},
    "RelatedEvent": {"title": "b"},
    "Round": {"summary": "b"},
    "SavedView": {"name": "b"},
    "AcceptedFinding": {"note": "b"},
    "Series": {"title": "b"},
    "Source": {"title": "b"},
    "Statement": {"text": "b"},
    "Topic": {"name": "b"},
    "User": {"email": "b@example.org"},
    "Venue": {"city": "b"},
}
RECORDED = [model for model in apps.get_models() if hasattr(model, "pgh_event_model")]
ROWS = [model for model in RECORDED if not model._meta.proxy]
LINKS = [model for model in RECORDED if model._meta.proxy]


#: The least that a row of each needs that hangs on nothing.
ALONE: dict[str, dict[str, Any]] = {
    "Country": {"code": "AQ", "name": "a", "name_id": "a"},
    "Desk": {"name": "a"},
    "Issue": {"name": "a", "slug": "a"},
    "Partner": {"code": "EU", "name": "a", "kind": "organisation"},
    "Person": {"name": "a", "slug": "a"},
    "Topic": {"name": "a", "slug": "a"},
    "User": {"username": "a"},
    "Venue": {"city": "a"},
}


def a_row(scene: Scene, model: type[Model]) -> Model:
    """A new row of a model, not yet saved; what it hangs on is."""
    if model is Country:
        Country.objects.filter(code="AQ").delete()
    if model.__name__ in ALONE:
        return model(**ALONE[model.__name__])
    if model is Series:
        return Series(title="a", slug="a", partner=scene.russia.partner)
    if model is SavedView:
        return SavedView(owner=scene.ayu, listing="rounds", name="a")
    if model is ApiToken:
        return ApiToken(owner=scene.ayu, name="a", expires=timezone.now())
    if model is AcceptedFinding:
        return AcceptedFinding(identity="a", note="a", by=scene.ayu)
    if model is Round:
        return Round(series=scene.russia, slug="a", status="held")
    return a_part(scene, model)


def a_link(scene: Scene, link: type[Model]) -> Model:
    """A new row of a relation, saved, between two new rows."""
    ends: dict[str, Model] = {}
    for end in link._meta.concrete_fields[1:3]:
        other = end.related_model
        assert isinstance(other, type)
        if other is Group:
            ends[end.name] = Group.objects.get(name=ANALYSTS)
        else:
            ends[end.name] = a_row(scene, other)
            ends[end.name].save()
    return link._base_manager.create(**ends)


def a_part(scene: Scene, model: type[Model]) -> Model:
    """A new part of a round that is saved."""
    record = scene.round()
    if model is Participant:
        someone = Person.objects.create(name="Someone", slug="someone")
        return Participant(round=record, side="own", person=someone)
    if model is Statement:
        return Statement(round=record, side="own", text="a")
    if model is AgreedPoint:
        return AgreedPoint(round=record, number=1, text="a")
    if model is FollowUp:
        point = AgreedPoint.objects.create(round=record, number=1, text="a")
        return FollowUp(point=point, note="a")
    return (
        Source(round=record, title="a")
        if model is Source
        else RelatedEvent(round=record, title="a")
    )


def kept(model: type[Model], after: int = 0) -> list[str]:
    """The kinds of a model's events, oldest first, from a given number of them on."""
    return list(events_of(model).order_by("pgh_id").values_list("pgh_label", flat=True))[after:]


def test_every_model_of_records_and_accounts_is_recorded() -> None:
    own = {
        model
        for model in apps.get_app_config("dialogues").get_models(include_auto_created=True)
        if not hasattr(model, "pgh_tracked_model")
        and not model.__name__.endswith(("Words", "Subjects", "Appearance"))
    }
    tables = {model._meta.db_table for model in own}
    recorded = {model._meta.db_table for model in RECORDED}
    assert tables - recorded == {
        # Permissions given to one account alone are not offered anywhere.
        "dialogues_user_user_permissions",
        # What somebody makes of a view is nobody's record; of a feed's key nothing is to last.
        "dialogues_startpage",
        "dialogues_privatefeed",
        "dialogues_digest",
        # Answers, and files about to be imported, that are forgotten after a day.
        "dialogues_idempotencykey",
        "dialogues_pendingimport",
        # What was typed and not saved is its author's alone, and gone once it is saved.
        "dialogues_unsavedwork",
        # A file is its content. Which source has it stands in that source's history.
        "dialogues_file",
        # Is never changed or deleted, and so its own history.
        "dialogues_reviewstep",
        # Says itself who named what, when and how.
        "dialogues_namedanew",
    }


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_rows_saved_changed_and_deleted_are_kept(scene: Scene, model: type[Model]) -> None:
    row = a_row(scene, model)
    before = events_of(model).count()
    row.save()
    for name, value in UPDATES[model.__name__].items():
        setattr(row, name, value)
    row.save()
    row.save()  # which changes nothing
    row.delete()
    assert kept(model, before) == ["insert", "update", "delete"]
    name, value = next(iter(UPDATES[model.__name__].items()))
    values = list(events_of(model).order_by("pgh_id").values_list(name, flat=True))[before:]
    assert values[1:] == [value, value]
    assert values[0] != value


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_writes_past_save_are_kept(scene: Scene, model: type[Model]) -> None:
    row = a_row(scene, model)
    before = events_of(model).count()
    model._base_manager.bulk_create([row])
    this = model._base_manager.filter(pk=row.pk)
    this.update(**UPDATES[model.__name__])
    this._raw_delete(this.db)
    assert kept(model, before) == ["insert", "update", "delete"]


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_raw_sql_is_kept_with_the_databases_user(scene: Scene, model: type[Model]) -> None:
    row = a_row(scene, model)
    row.save()
    before = events_of(model).count()
    (name, value), key = next(iter(UPDATES[model.__name__].items())), model._meta.pk
    assert key is not None
    table = model._meta.db_table
    column = model._meta.get_field(name).column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {table} SET "{column}" = %s WHERE {key.column} = %s', [value, row.pk]
        )
        cursor.execute(f"DELETE FROM {table} WHERE {key.column} = %s", [row.pk])
        cursor.execute("SELECT session_user")
        database_user = cursor.fetchone()[0]
    assert kept(model, before) == ["update", "delete"]
    context = events_of(model).latest("pgh_id").pgh_context.metadata
    assert (context["via"], context["database_user"]) == ("sql", database_user)


@pytest.mark.parametrize("link", LINKS, ids=lambda model: model.__name__)
def test_what_is_linked_and_unlinked_is_kept(scene: Scene, link: type[Model]) -> None:
    before = events_of(link).count()
    row = a_link(scene, link)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {link._meta.db_table} WHERE id = %s", [row.pk])
    assert kept(link, before) == ["insert", "delete"]


def test_a_password_is_not_kept(scene: Scene) -> None:
    before = events_of(User).count()
    scene.ayu.set_password("another")
    scene.ayu.save()
    assert events_of(User).count() == before
    names = {field.name for field in User.pgh_event_model._meta.get_fields()}  # type: ignore[attr-defined]
    assert not names & {"password", "last_login"}


# --- It stays as it is -------------------------------------------------------------------------


def refused(sql: str, *params: Any) -> str:
    """What the database says to a statement that it refuses."""
    with (
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)
    return str(refusal.value)


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_what_is_kept_is_not_changed_deleted_or_emptied(scene: Scene, model: type[Model]) -> None:
    if model in LINKS:
        a_link(scene, model)
    else:
        a_row(scene, model).save()
    kind: type[models.Model] = model.pgh_event_model  # type: ignore[attr-defined]
    table = kind._meta.db_table
    assert "append_only" in refused(f"UPDATE {table} SET pgh_label = 'x'")
    assert "append_only" in refused(f"DELETE FROM {table}")
    assert "history is kept" in refused(f"TRUNCATE {table} CASCADE")


def test_who_wrote_is_not_rewritten(scene: Scene) -> None:
    with pghistory.context(user=scene.ayu.pk):
        scene.round()
    for change in (
        "UPDATE pghistory_context SET metadata = '{}'",
        f"UPDATE pghistory_context SET metadata = '{{\"user\": {scene.budi.pk}}}'",
        "UPDATE pghistory_context SET created_at = now() - interval '1 day'",
        "DELETE FROM pghistory_context",
    ):
        assert "history is kept" in refused(change)
    assert last_change(Round.objects.get()).author.name == "Ayu"  # type: ignore[union-attr]


# --- Read back -----------------------------------------------------------------------------------


def told(record: Model, user: User) -> list[tuple[str, str, list[tuple[str, ...]]]]:
    """A history as its page tells it, without times and authors."""
    return [
        (change.what, change.action, [tuple(field) for field in change.fields])
        for entry in history(record, user)
        for change in entry.changes
    ]


def test_a_rounds_history_tells_of_all_that_belongs_to_it(scene: Scene) -> None:
    health = Topic.objects.create(name="Right to health", slug="right-to-health")
    head = Person.objects.create(name="Rinat Alyautdinov", slug="rinat")
    record = scene.round(date="2021-10")
    steps: list[Any] = [
        lambda: Round.objects.update(date="2021-10-15"),
        lambda: record.topics.add(health),
        lambda: Participant.objects.create(round=record, side="partner", role="head", person=head),
        lambda: AgreedPoint.objects.create(round=record, number=1, text="Meet", due="2022"),
        lambda: FollowUp.objects.create(point=record.agreed_points.get(), note="Met"),
        lambda: record.agreed_points.get().topics.add(health),
        lambda: record.agreed_points.update(status="done"),
        lambda: FollowUp.objects.all().delete(),
    ]
    expected = [
        ("Round", "changed", [("Date", "October 2021", "15 October 2021")]),
        ("Round", "changed", [("Topic", "", "Right to health")]),
        (
            "Participant Rinat Alyautdinov",
            "added",
            [
                ("Side", "", "Partner"),
                ("Role", "", "Head of delegation"),
                ("Person", "", "Rinat Alyautdinov"),
            ],
        ),
        (
            "Agreed point 1",
            "added",
            [
                ("Number", "", "1"),
                ("Text", "", "Meet"),
                ("Kind", "", "Other"),
                ("Due", "", "2022"),
                ("Status", "", "Open"),
            ],
        ),
        ("Follow-up Met", "added", [("Status", "", "In progress"), ("Note", "", "Met")]),
        ("Agreed point 1", "changed", [("Topic", "", "Right to health")]),
        ("Agreed point 1", "changed", [("Status", "Open", "Done")]),
        ("Follow-up Met", "removed", [("Status", "In progress", ""), ("Note", "Met", "")]),
    ]
    for step, change in zip(steps, expected, strict=True):
        known = told(record, scene.ayu)
        with pghistory.context(user=scene.ayu.pk):
            step()
        new = told(record, scene.ayu)
        assert len(new) == len(known) + 1
        assert change in new
        assert change not in known
    # The point's own page tells the point's part of it.
    assert len(told(record.agreed_points.get(), scene.ayu)) == 5


def test_who_and_from_where(scene: Scene) -> None:
    record = scene.round(date="2021")
    response = signed_in(scene.citra).post(
        f"/admin/dialogues/round/{record.pk}/step/", {"to": "published", "confirmed": "on"}
    )
    assert response.status_code == 302
    with pghistory.context(user=scene.dewi.pk, via="import"):
        Round.objects.update(summary="imported")
    with pghistory.context(user=scene.ayu.pk, url="/api/v1/rounds/x/"):
        Round.objects.update(summary="by program")
    with pghistory.context(user=0):
        Round.objects.update(summary="by nobody")
    authors = {(entry.author.name, entry.author.whence) for entry in history(record, scene.root)}
    assert authors >= {("Citra", "admin"), ("Dewi", "import"), ("Ayu", "API")}
    account = scene.budi.pk
    with pghistory.context(user=account, via="sql"):
        Round.objects.update(summary="by one who left")
    User.objects.filter(pk=account).delete()
    authors = {(entry.author.name, entry.author.whence) for entry in history(record, scene.root)}
    assert (f"account no. {account}, since removed", "SQL") in authors


def test_an_import_is_told_by_the_servers_user_and_the_files_name(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "operator")
    record = scene.round(scene.russia)
    file = tmp_path / "notes.csv"
    file.write_text(
        f"series,partner,edition,summary\n{record.series.slug},RU,{record.edition},Imported\n"
    )
    call_command("import_rounds", str(file), stdout=StringIO())
    newest = next(iter(history(record, scene.root)))
    assert (newest.author.name, newest.author.whence) == (
        "server user operator",
        "import_rounds notes.csv",
    )


def test_the_page_shows_it_to_those_who_see_the_record(scene: Scene) -> None:
    record = scene.round(scene.russia, visibility="restricted", summary="Of the desk's alone")
    address = f"/admin/dialogues/round/{record.pk}/history/"
    assert "Of the desk&#x27;s alone" in signed_in(scene.ayu).get(address).content.decode()
    for user in (scene.budi, scene.citra, scene.dewi, scene.eka):
        page = signed_in(user).get(address, follow=True).content.decode()
        assert "Russia" not in page


def test_what_was_done_while_it_was_restricted_stays_the_desks(scene: Scene) -> None:
    record = scene.round(visibility="restricted", summary="Secret")
    Round.objects.update(summary="Fit for all", visibility="internal")
    assert told(record, scene.citra) == []
    assert len(told(record, scene.ayu)) == 2


def test_a_history_does_not_name_what_its_reader_does_not_see(scene: Scene) -> None:
    record = scene.round(scene.norway)
    spy = Person.objects.create(name="Hidden Person", slug="hidden")
    part = Participant.objects.create(round=record, side="own", person=spy)
    secret = scene.round(scene.fiji, visibility="restricted")
    Participant.objects.filter(pk=part.pk).update(round=secret)
    assert "Hidden" not in str(told(record, scene.ayu))
    assert f"no. {spy.pk}" in str(told(record, scene.ayu))
    assert "Hidden Person" in str(told(record, scene.budi))


def test_a_long_history_comes_in_pages(scene: Scene) -> None:
    record = scene.round()
    for number in range(60):
        with pghistory.context(user=scene.ayu.pk):
            Round.objects.update(summary=f"Version {number}")
    client = signed_in(scene.ayu)
    address = f"/admin/dialogues/round/{record.pk}/history/"
    assert len(client.get(address).context["page"]) == 50
    assert len(client.get(address, {"p": 2}).context["page"]) == 11


@pytest.mark.parametrize("size", [1, 3])
def test_a_history_is_read_with_as_many_queries_however_long(
    scene: Scene, django_assert_num_queries: Any, size: int
) -> None:
    record = scene.round()
    for number in range(size):
        someone = Person.objects.create(name=f"P{number}", slug=f"p{number}")
        Participant.objects.create(round=record, side="own", person=someone)
        point = AgreedPoint.objects.create(round=record, number=number + 1, text="Meet")
        FollowUp.objects.create(point=point, note="Met")
    history(record, scene.ayu)
    with django_assert_num_queries(17):
        history(record, scene.ayu)
    with django_assert_num_queries(1):
        last_change(record)
