"""What do we know? Reads that span models."""
