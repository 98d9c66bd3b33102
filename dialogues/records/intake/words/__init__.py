"""The words of five languages that the rules go by, and what the tracker knows beforehand."""
