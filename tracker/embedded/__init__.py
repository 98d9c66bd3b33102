"""The project's own PostgreSQL, for machines that have none: a Django database backend over it."""
