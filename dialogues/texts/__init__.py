"""What does a file say? Its kind by its content, and its text, whoever sent it.

A leaf: it knows bytes and names, and nothing of records. What is not safe to read in this process
is read in another one, which has bounds.
"""

from .apart import LONGEST
from .kinds import FileRefused, Reading, read, suffixes
from .plain import decoded

__all__ = ["LONGEST", "FileRefused", "Reading", "decoded", "read", "suffixes"]
