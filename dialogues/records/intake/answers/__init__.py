"""What a text answers: each module some of the flat sheet's columns, read from what was found."""
