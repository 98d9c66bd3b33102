"""How do programs read it? The record format over HTTP, its schema, and its problems (RFC 9457)."""
