"""Formats of boxes: the cells of fields in the files of detection programs."""
