"""Bilateral dialogues: their series, rounds, agreed points, and what became of them."""
