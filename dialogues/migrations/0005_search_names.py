"""Names are searched by their words and their likeness: functions that read them, and indexes."""

from django.db import migrations

# An index may call a function while nothing but PostgreSQL's own schema is on the search path (when
# a backup is read back, or when PostgreSQL 17 and later maintain it), so each brings its own.
# They cost what they cost: at the usual guess PostgreSQL would rather read every name anew.
READING = r"""
CREATE FUNCTION dialogues_words_of(texts text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 SET search_path FROM CURRENT AS $$
BEGIN
    RETURN dialogues_words(array_to_string(texts, E'\n'));
END;
$$;

CREATE FUNCTION dialogues_letters_of(names text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 SET search_path FROM CURRENT AS $$
BEGIN
    RETURN lower(unaccent(dialogues_plain(array_to_string(names, E'\n'))));
END;
$$;
"""

DROP_READING = """
DROP FUNCTION dialogues_letters_of(text[]);
DROP FUNCTION dialogues_words_of(text[]);
"""

# As dialogues.queries.search.names asks for them: what is said of each, and what it is called.
SAID = {
    "series": "ARRAY[title, note]",
    "partner": "ARRAY[name, name_id, code]",
    "country": "array_append(also_written, name)",
    "topic": "ARRAY[name, name_id]",
    "issue": "ARRAY[name, name_id, note]",
    "person": "array_append(also_written, name)",
}
CALLED = {
    "series": "ARRAY[title]",
    "partner": "ARRAY[name, name_id]",
    "topic": "ARRAY[name, name_id]",
    "issue": "ARRAY[name, name_id]",
    "person": "array_append(also_written, name)",
}


def indexes() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            f"CREATE INDEX {table}_{kind} ON dialogues_{table} USING gin (({call}) {operators})",
            f"DROP INDEX {table}_{kind}",
        )
        for kind, operators, texts, function in (
            ("said", "tsvector_ops", SAID, "dialogues_words_of"),
            ("called", "gin_trgm_ops", CALLED, "dialogues_letters_of"),
        )
        for table, text in texts.items()
        for call in (f"{function}({text})",)
    ]


class Migration(migrations.Migration):
    dependencies = (("dialogues", "0004_kept"),)

    operations = (migrations.RunSQL(READING, DROP_READING), *indexes())
