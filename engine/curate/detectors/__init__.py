"""Detectors: searches for findings in an image set, listed in `registry`."""
