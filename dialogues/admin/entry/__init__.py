"""What makes an hour's entry ten minutes: proposals, lists in pieces, things created in place."""

from .admin import EntryAdmin

__all__ = ["EntryAdmin"]
