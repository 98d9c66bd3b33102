"""How is it shown? A module for each family of pages."""
