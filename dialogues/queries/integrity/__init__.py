"""What is inconsistent or missing in the record: checks that an editor can act on, one by one."""

from .asking import BY_NAME, CHECKS, findings
from .finding import Check, Finding, Scope

__all__ = ["BY_NAME", "CHECKS", "Check", "Finding", "Scope", "findings"]
