"""Keys that programs hold, of private feeds and of the API: shown once, kept as a hash.

A key is random enough (256 bits) to need no salt and no slow hash: nobody can guess it, and no two
are alike. A fast hash keeps a request cheap, and neither a dump nor an administrator can read in
somebody's name.
"""

from __future__ import annotations

import secrets
import string
from hashlib import sha256

LETTERS = string.digits + string.ascii_letters
#: So many of them make 256 bits.
LENGTH = 43


def new_key(length: int = LENGTH) -> str:
    """Make a key of letters and digits, which a double click selects as a whole."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def hashed(key: str) -> str:
    """What is kept of a key: 64 hexadecimal digits."""
    return sha256(key.encode()).hexdigest()
