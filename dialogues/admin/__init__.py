"""How is it edited? A module for each family of models; what may be done is asked of workflow."""

from . import accounts, checks, outcomes, references, rounds, saved, series, tokens

__all__ = [
    "accounts",
    "checks",
    "outcomes",
    "references",
    "rounds",
    "saved",
    "series",
    "tokens",
]
