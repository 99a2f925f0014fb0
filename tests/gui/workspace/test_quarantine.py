"""Quarantine: removed files are moved out and back, also by undo and redo."""

import os

import pytest
from gui_helpers import WAIT_MS, all_read

from engine.jobs import Job

PATHS = ["basophil/c0.png", "platelet/c1.png", "platelet/c2.png"]


@pytest.fixture
def removed(opened, qtbot):
    """Return the window with three images removed by hand."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    opened.decisions.remove(PATHS)
    qtbot.waitUntil(lambda: len(opened.session.table.reasons) == 3, timeout=WAIT_MS)
    return opened


def here(window):
    return [path for path in PATHS if (window.session.root / path).exists()]


def away(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*.png"))


def settled(window, qtbot, moved):
    moving = window.context.quarantine
    qtbot.waitUntil(
        lambda: len(window.session.moved) == moved and not moving.is_running, timeout=WAIT_MS
    )


def test_removed_files_are_moved_and_undo_and_redo_move_them(removed, tmp_path, qtbot):
    into = tmp_path / "out"
    removed.context.quarantine.move_out(into)
    settled(removed, qtbot, 1)
    ((name, what),) = removed.session.moved.items()
    assert here(removed) == []
    assert [path.partition("/")[2] for path in away(into)] == PATHS
    assert what["folder"] == str(into / name)
    assert (into / name / "manifest.jsonl").exists()
    assert len(list(removed.session.root.rglob("*.png"))) == 24 + 1 - 3
    removed.decisions.undo()
    settled(removed, qtbot, 0)
    assert here(removed) == PATHS
    assert away(into) == []
    removed.decisions.redo()
    settled(removed, qtbot, 1)
    assert here(removed) == []
    assert len(away(into)) == 3


def test_restoring_can_be_undone(removed, tmp_path, qtbot):
    removed.context.quarantine.move_out(tmp_path / "out")
    settled(removed, qtbot, 1)
    removed.context.quarantine.restore(next(iter(removed.session.moved)))
    settled(removed, qtbot, 0)
    assert here(removed) == PATHS
    removed.decisions.undo()
    settled(removed, qtbot, 1)
    assert here(removed) == []


def test_second_move_takes_only_remaining_files(removed, tmp_path, qtbot):
    into = tmp_path / "out"
    removed.context.quarantine.move_out(into)
    settled(removed, qtbot, 1)
    removed.decisions.remove(["monocyte/c4.png"])
    qtbot.waitUntil(lambda: len(removed.session.table.reasons) == 4, timeout=WAIT_MS)
    removed.context.quarantine.move_out(into)
    settled(removed, qtbot, 2)
    assert len(away(into)) == 4
    assert not removed.notice.isVisible()
    assert sum(what["files"] for what in removed.session.moved.values()) == 4


def test_target_inside_the_open_folder_is_refused(removed):
    removed.context.quarantine.move_out(removed.session.root / "removed")
    assert removed.notice.isVisible()
    assert here(removed) == PATHS
    assert not removed.session.moved


def test_failure_to_create_the_folder_is_reported_and_moves_nothing(removed, tmp_path, qtbot):
    (tmp_path / "file").touch()
    removed.context.quarantine.move_out(tmp_path / "file" / "out")
    qtbot.waitUntil(removed.notice.isVisible, timeout=WAIT_MS)
    assert here(removed) == PATHS
    assert not removed.session.moved


def test_missing_file_is_skipped(removed, tmp_path, qtbot):
    (removed.session.root / PATHS[0]).unlink()
    removed.context.quarantine.move_out(tmp_path / "out")
    settled(removed, qtbot, 1)
    assert len(away(tmp_path / "out")) == 2


def test_file_whose_place_is_taken_stays_in_quarantine(removed, tmp_path, qtbot):
    removed.context.quarantine.move_out(tmp_path / "out")
    settled(removed, qtbot, 1)
    (removed.session.root / PATHS[0]).write_text("another")
    removed.decisions.undo()
    settled(removed, qtbot, 0)
    qtbot.waitUntil(removed.notice.isVisible, timeout=WAIT_MS)
    assert (removed.session.root / PATHS[0]).read_text() == "another"
    assert len(away(tmp_path / "out")) == 1
    assert here(removed) == PATHS


def test_restoring_after_a_restart_offers_to_reopen_the_folder(removed, tmp_path, qtbot):
    removed.context.quarantine.move_out(tmp_path / "out")
    settled(removed, qtbot, 1)
    root = removed.session.root
    removed.open(root)
    qtbot.waitUntil(lambda: not removed.session.moved, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(removed), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: removed.decisions.writable, timeout=WAIT_MS)
    settled(removed, qtbot, 1)
    assert PATHS[0] not in removed.session.table
    from gui.clean.cleaning_summary import summarise_cleaning

    summary = summarise_cleaning(removed.session)
    assert summary.files == 24 + 2
    assert summary.removed == {"person": 3}
    removed.context.quarantine.restore(next(iter(removed.session.moved)))
    settled(removed, qtbot, 0)
    assert removed.hints.hint_text("reopen")
    assert here(removed) == PATHS
    removed.open(root)
    qtbot.waitUntil(all_read(removed), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(removed.session.table.reasons) == 3, timeout=WAIT_MS)


def test_undo_during_a_move_restores_the_files(removed, tmp_path, qtbot):
    removed.context.quarantine.move_out(tmp_path / "out")
    qtbot.waitUntil(lambda: len(removed.session.moved) == 1, timeout=WAIT_MS)
    removed.decisions.undo()
    settled(removed, qtbot, 0)
    qtbot.waitUntil(lambda: here(removed) == PATHS, timeout=WAIT_MS)


def test_restoring_asks_with_number_and_destination(removed, tmp_path, qtbot, monkeypatch):
    from gui.clean.summary_page import SummaryPage
    from gui.widgets import dialogs

    page = SummaryPage(removed.context)
    qtbot.addWidget(page)
    removed.context.quarantine.move_out(tmp_path / "out")
    settled(removed, qtbot, 1)
    page.show()
    page.refresh()
    (name,) = removed.session.moved
    questions, answers = [], [False, True]
    monkeypatch.setattr(
        dialogs, "confirm", lambda _, text: bool(questions.append(text)) or answers.pop(0)
    )
    page.restore_buttons[name].click()
    assert here(removed) == []
    page.restore_buttons[name].click()
    settled(removed, qtbot, 0)
    assert here(removed) == PATHS
    assert questions[0].startswith("3 files go from")
    assert str(removed.session.root) in questions[0]


def test_other_contents_of_the_same_size_and_time_stay(removed, tmp_path, qtbot):
    project = removed.decisions.project
    project.verify_links(Job(), removed.session.source)
    file = removed.session.root / PATHS[0]
    before = file.stat()
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    removed.context.quarantine.move_out(tmp_path / "out")
    settled(removed, qtbot, 1)
    assert here(removed) == PATHS[:1]
    assert file.read_bytes() == data
    assert [path.partition("/")[2] for path in away(tmp_path / "out")] == PATHS[1:]
