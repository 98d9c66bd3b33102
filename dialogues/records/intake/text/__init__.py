"""The text itself: its sentences and words, and what is proposed of it, with its place."""
