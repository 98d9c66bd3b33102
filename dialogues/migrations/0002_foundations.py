"""What stands in every tracker from the start: roles, the countries' names, and the triggers that
say who wrote past the application and when a round was last touched."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dialogues.countries import ISO_CODES, country_name

# pghistory's own function leaves a write without a context where the application gave none. Such a
# write came through psql or a script: it gets one context a transaction, with the database's user.
ATTACH_CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
DECLARE
    given_id uuid := NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), '');
    given jsonb := NULLIF(CURRENT_SETTING('pghistory.context_metadata', TRUE), '');
BEGIN
    IF given_id IS NULL OR given IS NULL THEN
        given_id := md5(pg_current_xact_id()::text || pg_postmaster_start_time()::text)::uuid;
        given := jsonb_build_object(
            'via', 'sql',
            'database_user', session_user,
            'application', CURRENT_SETTING('application_name', TRUE),
            'address', host(inet_client_addr())
        );
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
        VALUES (given_id, given, NOW(), NOW())
        ON CONFLICT (id) DO UPDATE
            SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
            WHERE pghistory_context.metadata != EXCLUDED.metadata;
    RETURN given_id;
END;
$$ LANGUAGE plpgsql;
"""

# A context says who and from where; what it has said stays said. Within a request pghistory adds to
# it (the user, once known), so an update may fill in but never change or drop.
KEEP_CONTEXT = """
CREATE FUNCTION dialogues_keep_context() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.created_at = OLD.created_at
        AND NEW.metadata @> jsonb_strip_nulls(OLD.metadata) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is kept: who wrote what cannot be changed or removed';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER dialogues_keep_context BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION dialogues_keep_context();
"""

DROP_KEEP_CONTEXT = """
DROP TRIGGER dialogues_keep_context ON pghistory_context;
DROP FUNCTION dialogues_keep_context();
"""

# "updated" has to be true of update(), COPY and psql too, and of everything that belongs to a round.
TOUCH_ROUND = """
CREATE FUNCTION dialogues_touch_itself() RETURNS trigger AS $$
BEGIN
    NEW.updated := now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER dialogues_touch_itself BEFORE UPDATE ON dialogues_round
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION dialogues_touch_itself();

-- Argument: how the changed rows ("changed") lead to rounds.
CREATE FUNCTION dialogues_touch_round() RETURNS trigger AS $$
BEGIN
    EXECUTE format(
        'UPDATE dialogues_round SET updated = now()
         WHERE updated <> now() AND id IN (%s)', TG_ARGV[0]
    );
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
"""

DROP_TOUCH_ROUND = """
DROP FUNCTION dialogues_touch_round() CASCADE;
DROP FUNCTION dialogues_touch_itself() CASCADE;
"""

OF_ROUND = "SELECT round_id FROM changed"
OF_STATEMENT = (
    "SELECT s.round_id FROM changed JOIN dialogues_statement s ON s.id = changed.statement_id"
)
OF_POINT = "SELECT p.round_id FROM changed JOIN dialogues_agreedpoint p ON p.id = changed.{}"
OF_SOURCE = "SELECT s.round_id FROM changed JOIN dialogues_source s ON s.id = changed.source_id"

PARTS = {
    "dialogues_participant": OF_ROUND,
    "dialogues_statement": OF_ROUND,
    "dialogues_agreedpoint": OF_ROUND,
    "dialogues_source": OF_ROUND,
    "dialogues_relatedevent": OF_ROUND,
    "dialogues_round_venues": OF_ROUND,
    "dialogues_round_topics": OF_ROUND,
    "dialogues_statement_topics": OF_STATEMENT,
    "dialogues_agreedpoint_topics": OF_POINT.format("agreedpoint_id"),
    "dialogues_followup": OF_POINT.format("point_id"),
    "dialogues_source_topics": OF_SOURCE,
}

OPERATIONS = {"INSERT": ("NEW",), "UPDATE": ("NEW",), "DELETE": ("OLD",)}


def touching_triggers() -> str:
    """A trigger for each part's table and kind of write: one sees only one kind's changed rows."""
    return "\n".join(
        f"CREATE TRIGGER dialogues_touch_{operation.lower()} AFTER {operation} ON {table} "
        f"REFERENCING {row} TABLE AS changed FOR EACH STATEMENT "
        f"EXECUTE FUNCTION dialogues_touch_round('{rounds}');"
        for table, rounds in PARTS.items()
        for operation, (row,) in OPERATIONS.items()
    )


def fill_countries(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    country = apps.get_model("dialogues", "Country")
    country.objects.bulk_create(
        (
            country(code=code, name=country_name(code, "en"), name_id=country_name(code, "id"))
            for code in sorted(ISO_CODES)
        ),
        ignore_conflicts=True,
    )


# What each role may do with which models; who may touch which round is decided by desk as well.
EVERYTHING = ("add", "change", "delete", "view")
RECORDS = ("round",)
PARTS_OF_RECORDS = (
    "participant", "statement", "agreedpoint", "followup", "source", "relatedevent",
)  # fmt: skip
REFERENCES = ("partner", "series", "topic", "issue", "person", "venue", "country")
ACCOUNTS = ("user", "desk")


def permissions_of(role: str) -> set[str]:
    """The codenames that a role's group carries."""
    names = {f"view_{model}" for model in (*RECORDS, *PARTS_OF_RECORDS, *REFERENCES)}
    if role == "Analysts":
        return names
    names |= {f"{verb}_{model}" for verb in ("add", "change") for model in (*RECORDS, *REFERENCES)}
    names |= {f"{verb}_{model}" for verb in EVERYTHING for model in PARTS_OF_RECORDS}
    names |= {"view_desk"}
    if role == "Desk officers":
        return names
    names |= {"publish_round"}
    if role == "Publishers":
        return names
    names |= {f"{verb}_{model}" for verb in EVERYTHING for model in (*REFERENCES, *ACCOUNTS)}
    return names | {"view_group"}


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for label in ("dialogues", "auth"):
        # Permissions are made after migrating; a group made while migrating needs them now.
        config = apps.get_app_config(label)
        config.models_module = True  # a migration's stub has none, and is passed over without
        create_permissions(config, apps=apps, verbosity=0)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for role in ("Analysts", "Desk officers", "Publishers", "Administrators"):
        group, _made = group_model.objects.get_or_create(name=role)
        group.permissions.set(
            permission_model.objects.filter(
                content_type__app_label__in=("dialogues", "auth"),
                codename__in=permissions_of(role),
            )
        )


class Migration(migrations.Migration):
    dependencies = (
        ("dialogues", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    )

    operations = (
        migrations.RunSQL(ATTACH_CONTEXT, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_CONTEXT, DROP_KEEP_CONTEXT),
        migrations.RunSQL(TOUCH_ROUND, DROP_TOUCH_ROUND),
        migrations.RunSQL(touching_triggers(), migrations.RunSQL.noop),
        migrations.RunPython(fill_countries, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    )
