"""A damaged project is reported and blocks no folder."""

from gui_helpers import WAIT_MS, all_read

from engine.project.library import Library


def test_damaged_project_is_reported_and_labelling_works(window, cells, qtbot):
    folder = Library().folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.bloodbench").write_bytes(b"no project" * 100)
    (folder / "index.json").write_bytes(b"[" * 100_000)
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    assert window.notice.isVisible()
    text = window.notice.label.text()
    assert "broken.bloodbench is damaged and there is no backup of it" in text
    assert "restore" not in text
    assert "save" not in text
    window.decisions.reviewer = "Anna"
    window.decisions.remove(["basophil/c0.png"])
    qtbot.waitUntil(lambda: len(window.session.table.reasons) == 1, timeout=WAIT_MS)
