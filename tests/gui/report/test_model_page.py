"""Export of the model from the real window."""

import zipfile

import pytest
from gui_helpers import WAIT_MS

from engine.classify.bundle import Bundle
from gui.widgets import dialogs


@pytest.fixture
def page(report, tmp_path, monkeypatch):
    """Return the shown page; exports go to `out`."""
    report.show_page("model")
    monkeypatch.setattr(dialogs, "ask", lambda *_: tmp_path / "out")
    return report.model


def written(page, qtbot, kind):
    """Export the model in a format and return the result."""
    page.format.setCurrentIndex(page.format.findData(kind))
    page.write.click()
    assert not page.write.isEnabled()
    qtbot.waitUntil(lambda: page.task is None, timeout=2 * WAIT_MS)
    return page.result


def test_second_bundle_gets_a_new_name(page, ready, qtbot, tmp_path):
    first = written(page, qtbot, "bundle")
    second = written(page, qtbot, "bundle")
    assert first.path != second.path
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        first.path.name,
        second.path.name,
    }
    assert zipfile.is_zipfile(first.path)
    assert Bundle.open(first.path).card.model_id == ready.session.active_model.card.model_id
    assert str(second.path) in page.status.text()
    assert page.show_folder.isVisible()


def test_openvino_export_is_a_folder(page, qtbot):
    place = written(page, qtbot, "openvino").path
    assert {"model.xml", "model.bin", "about.json"} <= {file.name for file in place.iterdir()}


def test_cancelled_export_leaves_nothing(page, ready, qtbot, tmp_path):
    page.format.setCurrentIndex(page.format.findData("keras"))
    page.write.click()
    ready.job_strip.cancel.click()
    qtbot.waitUntil(lambda: page.task is None, timeout=WAIT_MS)
    assert page.result is None
    assert not page.show_folder.isVisible()
    assert not list((tmp_path / "out").glob("*"))


def test_unwritable_target_is_reported(page, ready, qtbot, tmp_path):
    (tmp_path / "out").write_text("in the way")
    page.write.click()
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    assert "could not be written" in ready.notice.label.text()
    qtbot.waitUntil(lambda: page.task is None, timeout=WAIT_MS)
    assert page.result is None
