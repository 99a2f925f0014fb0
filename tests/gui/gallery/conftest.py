"""Gallery fixtures: a gallery panel on a session without a model."""

from collections.abc import Iterator

import pytest
from grid_helpers import CLASSES, EACH, FEW, MANY, fill_session, set_query

from gui.gallery.panel import GalleryPanel
from gui.gallery.thumbnails import ThumbnailCache
from gui.jobs.workers import Workers
from gui.state.session import Session
from gui.theme import Theme


@pytest.fixture
def panel(qapp, qtbot) -> Iterator[GalleryPanel]:
    """Return a visible gallery without images; `panel.session` and `panel.thumbnails` belong to it."""
    workers, session, theme = Workers(), Session(), Theme(qapp)
    thumbnails = ThumbnailCache(workers)
    made = GalleryPanel(session, thumbnails, workers, theme)
    made.session, made.thumbnails, made.theme = session, thumbnails, theme
    session.opened.connect(lambda: thumbnails.open(session.source))
    made.view.current_path_changed.connect(session.set_current)
    made.resize(800, 600)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.view.setFocus()
    yield made
    theme.set_dark(False)
    thumbnails.close()
    workers.close()


@pytest.fixture
def few(panel, tmp_path):
    """Return the gallery with a few images."""
    fill_session(panel.session, tmp_path / "cells", FEW)
    return panel


@pytest.fixture
def banded(few):
    """Return the gallery in three class bands of equal size."""
    set_query(few, bands="class")
    assert [(band.key, band.count) for band in few.model.bands] == [
        (class_id, EACH) for class_id in CLASSES
    ]
    return few


@pytest.fixture
def many(panel, tmp_path):
    """Return the gallery with 100,000 images."""
    fill_session(panel.session, tmp_path / "cells", MANY)
    return panel
