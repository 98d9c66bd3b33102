"""What is not to be read in logs."""

import logging
import re

#: A private feed's address is its key; a token does not belong in an address, and gets there.
KEYS = re.compile(
    r"(/feeds/)[^\s/?\"'.]+|(/views/stop-mails/)[^\s/?\"'.]+|(dt_[0-9A-Za-z]{8})_[0-9A-Za-z]+"
)


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
        return KEYS.sub(lambda found: f"{found[1] or found[2] or found[3]}…", part)
    return part
