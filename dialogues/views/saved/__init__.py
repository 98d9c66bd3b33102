"""Saved views: the page of all, saving one, its settings, its place after signing in."""
