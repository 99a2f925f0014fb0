"""Helpers for tests of second readings in the window."""

from engine.project.second_reading import RoundImage, read_round_images, read_rounds
from gui.shell.window import MainWindow

ANNAS = "monocyte/c0.png"
"""A monocyte that Anna has labelled; most others have only the label of the folder."""


def readings(window: MainWindow) -> list[RoundImage]:
    """Return the images of the last reading of a window's project."""
    project = window.decisions.project
    assert project is not None
    return read_round_images(project, read_rounds(project)[0])
