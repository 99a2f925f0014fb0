"""Curation: findings about images that do not belong in a data set, and their removal."""
