"""In and out: the record format, its shape declared once (``document``), read, written, checked."""
