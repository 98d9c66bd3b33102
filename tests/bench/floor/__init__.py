"""The floor: the least that gives the same answers, in plain psycopg 3, orjson and SQL by hand."""
