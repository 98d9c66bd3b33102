"""What is typed and not saved is kept for its author: across a lost session, a crash, a lunch."""

from .admin import KeepingAdmin

__all__ = ["KeepingAdmin"]
