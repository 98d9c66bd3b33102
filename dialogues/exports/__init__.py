"""How does it leave? All rows of a filtered list: CSV, XLSX and NDJSON, streamed.

CSV is for programs: keys as headings, codes and EDTF dates as values. XLSX is for people: words in
their language, typed cells, links, and a sheet that tells which filters made it.
"""

from .downloads import download

__all__ = ["download"]
