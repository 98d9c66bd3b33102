"""What columns of partial dates lean on: the database's own reading of EDTF level 0, and extensions."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# plpgsql rather than SQL: make_date raises for 31 April, so the parts must be checked in order.
# No exception block, which would be a subtransaction a row and bar parallel plans; no casts from
# text to date, which are not immutable. All it calls is in pg_catalog, always on the search path.
CREATE_SPAN = """
CREATE FUNCTION dialogues_edtf_span(edtf text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    ends text[] := string_to_array(edtf, '/');
    piece text;
    y integer;
    m integer;
    d integer;
    opens date;
    closes date;
    lower_day date;
BEGIN
    IF edtf !~ '^[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?$' OR ends[1] = ends[2] THEN
        RETURN NULL;
    END IF;
    FOREACH piece IN ARRAY ends LOOP
        y := substr(piece, 1, 4);
        m := nullif(substr(piece, 6, 2), '');
        d := nullif(substr(piece, 9, 2), '');
        IF y < 1 OR m NOT BETWEEN 1 AND 12 THEN
            RETURN NULL;
        END IF;
        opens := make_date(y, coalesce(m, 1), 1);
        closes := opens + CASE WHEN m IS NULL THEN interval '1 year' ELSE interval '1 month' END;
        IF d IS NOT NULL THEN
            IF d < 1 OR opens + d > closes THEN
                RETURN NULL;
            END IF;
            opens := opens + (d - 1);
            closes := opens + 1;
        END IF;
        lower_day := coalesce(lower_day, opens);
    END LOOP;
    IF closes <= lower_day THEN
        RETURN NULL;
    END IF;
    RETURN daterange(lower_day, closes);
END
$$;
COMMENT ON FUNCTION dialogues_edtf_span(text) IS
    'The days that an EDTF level 0 text may mean; NULL for any other text.';
"""

DROP_SPAN = "DROP FUNCTION dialogues_edtf_span(text);"


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE_SPAN, DROP_SPAN),
    ]
