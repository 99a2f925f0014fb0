"""Dataset download from a local server that stalls and disconnects."""

import hashlib
import io

import numpy as np
import pytest
from fetch_server import Server
from gui_helpers import WAIT_MS, all_read
from PySide6.QtWidgets import QDialog
from tiny_model import class_image

from engine.exchange import public_datasets
from engine.exchange.public_datasets import DatasetVariant, PublicDataset
from gui.loading.dataset_dialog import DatasetDialog
from gui.widgets import dialogs


@pytest.fixture
def server(monkeypatch):
    """Return a server of a data set of eight images, which is the only one that is known."""
    file = io.BytesIO()
    images = np.stack([class_image(at) for at in range(8)])
    np.savez(file, data=images, labels=np.arange(8))
    made = Server()
    made.data = file.getvalue()
    variant = DatasetVariant(
        f"{made.address}/a", "tiny.npz", len(made.data), "md5", hashlib.md5(made.data).hexdigest()
    )
    known = PublicDataset(
        "Tiny", "Eight cells.", "CC BY 4.0", "A. Author", "http://x", {"64": variant}
    )
    for place in (public_datasets, __import__("gui.loading.dataset_dialog", fromlist=["x"])):
        monkeypatch.setattr(place, "load_public_datasets", lambda: {"tiny": known})
    yield made
    made.close()


def offered(window, tmp_path, monkeypatch) -> DatasetDialog:
    """Return the dialog, opened from the start page, with a folder chosen."""
    window.start.fetch.click()
    (dialog,) = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert isinstance(dialog, DatasetDialog)
    monkeypatch.setattr(dialogs, "ask", lambda *_: tmp_path / "data")
    dialog.choose.click()
    return dialog


def test_dialog_shows_licence_and_size_and_result_is_opened(
    window, server, qtbot, tmp_path, monkeypatch
):
    dialog = offered(window, tmp_path, monkeypatch)
    assert "CC BY 4.0" in dialog.facts.text()
    assert "at most" in dialog.variant.currentText()
    assert not server.ranges
    dialog.go.click()
    qtbot.waitUntil(lambda: window.session.root is not None, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    assert window.session.total == 8
    assert "A. Author" in (tmp_path / "data" / "tiny.about.toml").read_text("utf-8")


def test_stopped_download_is_resumed(window, server, qtbot, tmp_path, monkeypatch):
    server.behaviours = ["stall"]
    offered(window, tmp_path, monkeypatch).go.click()
    part = tmp_path / "data" / "tiny.npz.part"
    qtbot.waitUntil(lambda: len(server.ranges) == 1 and part.is_file(), timeout=WAIT_MS)
    assert "being downloaded" in _busy_words(window)
    window.job_strip.cancel.click()
    server.released.set()
    qtbot.waitUntil(lambda: "was stopped" in window.hints.hint_text("fetched"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.dataset_download.task is None, timeout=WAIT_MS)
    came = part.stat().st_size
    assert came == 1000
    server.behaviours = ["well"]
    dialog = offered(window, tmp_path, monkeypatch)
    assert "already downloaded" in dialog.status.text()
    dialog.go.click()
    qtbot.waitUntil(lambda: window.session.root is not None, timeout=WAIT_MS)
    assert server.ranges[-1] == f"bytes={came}-"
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)


def test_wrong_file_is_reported_and_deleted(window, server, qtbot, tmp_path, monkeypatch):
    server.behaviours = ["corrupt"]
    offered(window, tmp_path, monkeypatch).go.click()
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "checksum" in window.notice.label.text()
    assert not list((tmp_path / "data").glob("tiny.npz*"))
    assert window.session.root is None


def test_target_that_is_a_file_is_reported(window, server, qtbot, tmp_path, monkeypatch):
    (tmp_path / "data").write_text("in the way")
    offered(window, tmp_path, monkeypatch).go.click()
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "could not be written" in window.notice.label.text()


def test_open_folder_stays_open_after_the_download(opened, server, qtbot, tmp_path, monkeypatch):
    root = opened.session.root
    opened.dialogs.download_dataset()
    (dialog,) = [dialog for dialog in opened.findChildren(DatasetDialog) if dialog.isVisible()]
    monkeypatch.setattr(dialogs, "ask", lambda *_: tmp_path / "data")
    dialog.choose.click()
    dialog.go.click()
    qtbot.waitUntil(lambda: "tiny.npz" in opened.hints.hint_text("fetched"), timeout=WAIT_MS)
    assert opened.session.root == root


def _busy_words(window) -> str:
    window.dialogs.download_dataset()
    dialog = next(dialog for dialog in window.findChildren(DatasetDialog) if dialog.isVisible())
    assert not dialog.go.isEnabled()
    words = dialog.status.text()
    dialog.reject()
    return words
