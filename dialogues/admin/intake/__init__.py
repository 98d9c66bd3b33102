"""“Read a press release”: from a pasted or uploaded text to the draft of a round."""

from .views import IntakeAdmin

__all__ = ["IntakeAdmin"]
