"""Numbers in pictures, as the reader's language writes them."""

from django.utils.formats import number_format


def said(number: int) -> str:
    """A number with its thousands grouped."""
    return str(number_format(number, force_grouping=True))
