"""Readings that were made before, kept by what the image shows and which network read it."""


class ReadingCache:
    """Not there yet."""
