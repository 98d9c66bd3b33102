"""A file's text, read in a process of its own, with bounds for time and memory.

A hostile PDF or document can keep a parser busy for hours or take all memory there is. Then it is
that process which ends, and the sender gets a sentence.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from dialogues.vocabulary import FileKind

#: Characters of a text that are kept.
LONGEST = 1_000_000
#: Seconds until an answer is no longer waited for.
PATIENCE = 60
READER = Path(__file__).with_name("reader.py")


class Unreadable(Exception):
    """Why the text cannot be read, in the reader's words."""


def text_apart(content: bytes, kind: FileKind) -> tuple[str, bool]:
    """The text, of ``LONGEST`` characters at most, and whether there was more of it.

    Raises Unreadable where the file is damaged or locked, or where reading it takes too much.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", READER, kind.value, str(LONGEST)],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {"refused": "bounds"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"refused": "bounds"}
    if refused := answer.get("refused"):
        raise Unreadable(_sentence(refused, kind))
    return answer["text"], answer["cut"]


def _sentence(refused: str, kind: FileKind) -> str:
    sentences = {
        "locked": _("The %(kind)s is locked with a password. Save it without one."),
        "ciphered": _(
            "The %(kind)s is encrypted in a way that cannot be read here. Save it without."
        ),
        "damaged": _("The %(kind)s is damaged: a part of it is missing or cannot be read."),
        "bounds": _(
            "The %(kind)s takes too much time or memory to read; something is amiss in it."
        ),
    }
    return sentences[refused] % {"kind": kind.label}
