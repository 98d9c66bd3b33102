"""Saved views: the page of all, keeping one, its settings, its place after signing in."""

from .addresses import ADDRESSES

__all__ = ["ADDRESSES"]
