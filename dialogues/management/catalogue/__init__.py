"""The Indonesian catalogue: which sentences there are, how they are kept, and what is wrong."""
