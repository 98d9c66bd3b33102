"""Who may change it? The rules by which records are changed, and the verbs that change them.

Admin, API and actions ask here. A verb checks, changes and records in one transaction; what may not
be done raises `PermissionDenied` with a sentence for the person who asked.
"""

from .merging import Mergeable, may_merge, merge
from .rounds import (
    may_assign_desks,
    may_change,
    may_change_series,
    may_create_in,
    may_publish,
    may_restrict,
    may_see,
    move,
    publish,
    refusal,
    return_to_draft,
    steps,
    submit,
    withdraw,
)

__all__ = [
    "Mergeable",
    "may_assign_desks",
    "may_change",
    "may_change_series",
    "may_create_in",
    "may_merge",
    "may_publish",
    "may_restrict",
    "may_see",
    "merge",
    "move",
    "publish",
    "refusal",
    "return_to_draft",
    "steps",
    "submit",
    "withdraw",
]
