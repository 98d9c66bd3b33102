"""Who may change it? The rules by which records are changed, and the verbs that change them.

Admin, API and actions ask here. A verb checks, changes and records in one transaction; what may not
be done raises `PermissionDenied` with a sentence for the person who asked.
"""

from .amending import Amended, Amendment, amend
from .bringing_back import bring_back_row, may_bring_back_rows
from .findings import accept, may_settle, reopen
from .many import Outcome, move_many
from .merging import Mergeable, may_merge, merge
from .naming import adopt, hidden_twin, unseen
from .readiness import Readiness, readiness, readiness_of
from .rounds import (
    Asker,
    changed_by,
    delete,
    desk_for_new,
    desks_for_new,
    locked,
    may_assign_desks,
    may_change,
    may_change_series,
    may_create_in,
    may_delete,
    may_publish,
    may_renumber,
    may_restrict,
    may_see,
    sees_all_of,
)
from .steps import (
    NoteMissing,
    Overtaken,
    Unready,
    confirm,
    may_not_publish,
    move,
    publish,
    refusal,
    return_to_draft,
    sends_back,
    steps,
    submit,
    withdraw,
)
from .unmerging import Merge, merges_into, unmerge

__all__ = [
    "Amended",
    "Amendment",
    "Asker",
    "Merge",
    "Mergeable",
    "NoteMissing",
    "Outcome",
    "Overtaken",
    "Readiness",
    "Unready",
    "accept",
    "adopt",
    "amend",
    "bring_back_row",
    "changed_by",
    "confirm",
    "delete",
    "desk_for_new",
    "desks_for_new",
    "hidden_twin",
    "locked",
    "may_assign_desks",
    "may_bring_back_rows",
    "may_change",
    "may_change_series",
    "may_create_in",
    "may_delete",
    "may_merge",
    "may_not_publish",
    "may_publish",
    "may_renumber",
    "may_restrict",
    "may_see",
    "may_settle",
    "merge",
    "merges_into",
    "move",
    "move_many",
    "publish",
    "readiness",
    "readiness_of",
    "refusal",
    "reopen",
    "return_to_draft",
    "sees_all_of",
    "sends_back",
    "steps",
    "submit",
    "unmerge",
    "unseen",
    "withdraw",
]
