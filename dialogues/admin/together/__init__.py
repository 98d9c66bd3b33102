"""Two people save the same record: what each changed is put together, and what both changed is
asked about.

A form carries what it showed when it was opened (`shown`). On saving, this is compared with what
the record says by now and with what was typed (`merging`); the outcome is written as if it had been
typed into a form of the present record (`sent`), and told in words (`words`).
"""

from .merging import Meeting, meet
from .sent import Sent
from .shown import Shown
from .words import Told, tell

__all__ = ["Meeting", "Sent", "Shown", "Told", "meet", "tell"]
