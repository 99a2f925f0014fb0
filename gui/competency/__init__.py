"""Competency tests in the window: taking them, their results, and reference cells beside missed ones."""
