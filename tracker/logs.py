"""What is not to be read in logs."""

import logging
import re

#: A private feed's address is its key.
KEYS = re.compile(r"(/feeds/)[^\s/?\"'.]+|(/views/stop-mails/)[^\s/?\"'.]+")


class WithoutKeys(logging.Filter):
    """Takes keys out of the addresses that are logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without what would let its reader in."""
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(part) for part in record.args)
        record.msg = hidden(record.msg)
        return True


def hidden(part: object) -> object:
    """The text with “…” in place of keys; anything else as it is."""
    if isinstance(part, str):
        return KEYS.sub(lambda found: f"{found[1] or found[2]}…", part)
    return part
