"""Exploration of a folder by its embeddings: map, neighbours, and images unlike the training data."""
