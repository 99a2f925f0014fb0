"""Count, session, sign-off and report files in the real window."""

import csv
import json
import os
import re

import pypdf
import pytest
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from report_helpers import is_report_current
from tiny_model import make_tiny_bundle

from engine.jobs import Job
from engine.messages import Problem
from gui import settings
from gui.language import LanguageTranslator
from gui.report import tasks
from gui.widgets import dialogs


def texts(table):
    """Return the rows of a table by their first text."""
    return {line.texts[0]: line.texts for line in table.rows}


@pytest.fixture
def reviewed(report, ready, qtbot):
    """Return the workspace after every image is confirmed or removed."""
    table = ready.session.table
    ready.decisions.confirm(table.paths)
    ready.decisions.remove(
        [path for path, read in zip(table.paths, table.read, strict=True) if not read]
    )
    qtbot.waitUntil(
        lambda: not any(check.count for check in report.reporting.report.checks), timeout=WAIT_MS
    )
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    return report


def test_count_is_shown_with_model_alone(report):
    rows = texts(report.count.table)
    assert rows["Basophil"][1] == "7"
    assert rows["All leukocytes"][1:3] == ("15", "100.0%")
    assert "Platelet" in rows
    assert "15 leukocytes in 26 images" in report.count.summary.text()
    assert report.count.group_buttons["unread"].text().endswith("2")


def test_classes_that_the_model_does_not_know_are_named(report, ready, qtbot, tmp_path):
    assert not report.count.missing.isVisible()
    small = make_tiny_bundle(tmp_path / "small", classes=("basophil", "monocyte"))
    ready.context.model_requested.emit(str(small))
    missing = report.count.missing
    qtbot.waitUntil(
        lambda: "does not know Eosinophil, Erythroblast" in missing.text(), timeout=WAIT_MS
    )
    assert missing.isVisible()


def test_removed_images_are_counted_the_same_in_window_and_report(report, ready, qtbot, tmp_path):
    ready.decisions.remove(["basophil/c0.png", "basophil/c1.png"])
    summary = report.count.summary
    qtbot.waitUntil(lambda: "13 leukocytes" in summary.text(), timeout=WAIT_MS)
    assert summary.text() == "13 leukocytes in 24 images. 2 removed images are not counted."
    options = tasks.ReportOptions(tmp_path, ("html",))
    [file] = [
        file
        for file in tasks.write_files(Job(), report.reporting.report_request(), options)
        if file.suffix == ".html"
    ]
    text = re.sub(r"<[^>]+>", " ", file.read_text())
    facts = " ".join(text.split())
    assert "Images examined 24" in facts
    assert "Images 26 (2 removed)" in facts


def test_correction_changes_the_count_but_not_model_alone(report, ready, qtbot):
    ready.decisions.label(["basophil/c0.png"], "monocyte")
    qtbot.waitUntil(lambda: texts(report.count.table)["Basophil"][1] == "6", timeout=WAIT_MS)
    rows = texts(report.count.table)
    assert rows["Basophil"][5] == "7"
    assert "0.0%" in report.count.agreement.text()
    ready.decisions.undo()
    qtbot.waitUntil(lambda: texts(report.count.table)["Basophil"][1] == "7", timeout=WAIT_MS)


def test_confirming_all_at_once_is_no_agreement(report, ready, qtbot):
    view = report.count
    ready.workspaces.go("review")
    grid = ready.workspaces.current.gallery.view
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    path = "basophil/c0.png"
    qtbot.waitUntil(lambda: ready.session.item(path).label is not None, timeout=WAIT_MS)
    ready.workspaces.go("report")
    qtbot.waitUntil(lambda: "labelled in bulk" in view.agreement.text(), timeout=WAIT_MS)
    assert "individually yet" in view.agreement.text()
    assert "kappa" not in view.agreement.text()
    ready.decisions.label([path], "monocyte")
    qtbot.waitUntil(lambda: "0.0%" in view.agreement.text(), timeout=WAIT_MS)
    assert "the 1 image reviewed one by one" in view.agreement.text()
    # The model is still compared with the labels of the folder: two differ.
    metrics = report.reporting.report.evaluation.metrics
    assert 0.8 < metrics.accuracy < 1
    report.show_page("evaluation")
    assert (
        "23 predictions were confirmed in bulk and are not used as labels. "
        "23 of these images have the label of the folder instead."
    ) in report.evaluation.about.text()


def test_row_opens_its_images_by_keyboard(report, ready, qtbot):
    table = report.count.table
    row = next(index for index, row in enumerate(table.rows) if row.texts[0] == "Basophil")
    table.selectRow(row)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert ready.workspaces.current is ready.review
    gallery = ready.review.gallery.model
    assert sorted(gallery.path(row) for row in range(gallery.rowCount())) == [
        f"basophil/c{n}.png" for n in range(8) if n != 3
    ]


def test_narrow_window_scrolls_only_the_table(report, ready, qtbot):
    ready.resize(ready.minimumSizeHint().width(), 640)
    table = report.count.table
    bar = table.parentWidget().parentWidget().horizontalScrollBar()
    page_bar = report.count.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 == page_bar.maximum(), timeout=WAIT_MS)
    assert report.count.show_cells.visibleRegion().boundingRect() == report.count.show_cells.rect()
    table.setCurrentIndex(table.model().index(1, 0))
    for _ in range(table.model().columnCount() - 1):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    assert bar.value() == bar.maximum()


def test_table_is_copied_as_tab_separated_text(report, qtbot):
    qtbot.keyClick(report.count.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Class"
    assert ["Basophil", "7"] in [line.split("\t")[:2] for line in lines]


def test_target_stops_the_count(report, ready, qtbot):
    target = report.count.target
    target.choice.setCurrentIndex(target.choice.count() - 1)
    target.choice.activated.emit(target.choice.count() - 1)
    target.custom.setValue(9)
    assert report.reporting.target == 9
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    assert "9 leukocytes, counted in the first" in report.count.summary.text()
    report.count.show_cells.click()
    shown = ready.review.gallery.model.rowCount()
    assert shown == len(report.reporting.report.differential.cells) < 24


def test_failed_check_shows_its_images_and_prevents_sign_off(report, ready, qtbot):
    report.show_page("signing")
    page = report.sign_off
    assert not page.sign.isEnabled()
    page.show_buttons["check_read"].click()
    gallery = ready.review.gallery.model
    assert {gallery.path(row) for row in range(gallery.rowCount())} == {
        "basophil/zero.png",
        "monocyte/text.jpg",
    }


def test_sign_off_is_void_after_a_change(reviewed, ready, qtbot):
    reviewed.show_page("signing")
    page = reviewed.sign_off
    qtbot.waitUntil(page.sign.isEnabled, timeout=WAIT_MS)
    assert page.signing.text() == (
        "You sign as Anna: 24 counted cells, 0 decided one by one and 24 in bulk. "
        "Undo takes the sign-off back."
    )
    ready.decisions.reviewer = "Bea"
    assert page.signing.text().startswith("You sign as Bea")
    ready.decisions.reviewer = "Anna"
    qtbot.keyClicks(page.note, "slide 7")
    qtbot.keyClick(page.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Signed by Anna" in page.status.text(), timeout=WAIT_MS)
    assert "slide 7" in page.status.text()
    assert not page.sign.isVisible()
    assert not page.signing.isVisible()
    ready.decisions.label(["basophil/c0.png"], "monocyte")
    qtbot.waitUntil(lambda: page.status.text().startswith("Void"), timeout=WAIT_MS)
    void = ready.top_bar.void_button
    qtbot.waitUntil(void.isVisible, timeout=WAIT_MS)
    for key in ("review", "clean", "train"):
        ready.workspaces.go(key)
        assert void.isVisible()
        assert "Anna" in void.toolTip()
    void.click()
    assert page.isVisible()
    reviewed.show_page("export")
    assert reviewed.export.void.isVisible()
    assert reviewed.export.void.text().startswith("Void: signed by Anna")
    reviewed.show_page("signing")
    ready.decisions.undo()
    qtbot.waitUntil(lambda: page.status.text().startswith("Signed"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not void.isVisible(), timeout=WAIT_MS)
    assert not reviewed.export.void.isVisibleTo(reviewed.export)
    page.revoke.click()
    qtbot.waitUntil(lambda: "Not signed yet" in page.status.text(), timeout=WAIT_MS)


def test_signing_says_how_many_were_decided_in_bulk(report, ready, qtbot):
    ready.workspaces.go("review")
    view = ready.review.gallery.view
    view.show_path("basophil/c0.png")
    type_keys("1")
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_keys("\r")
    qtbot.waitUntil(
        lambda: ready.session.item("platelet/c0.png").label is not None, timeout=WAIT_MS
    )
    ready.workspaces.go("report")
    report.show_page("signing")
    page = report.sign_off
    qtbot.waitUntil(
        lambda: "1 was decided one by one and 23 in bulk" in page.decided.text(), timeout=WAIT_MS
    )


def test_keys_of_hidden_views_do_nothing(reviewed, ready, qtbot):
    reviewed.show_page("signing")
    page = reviewed.sign_off
    qtbot.waitUntil(page.sign.isEnabled, timeout=WAIT_MS)
    page.sign.click()
    qtbot.waitUntil(lambda: "Signed by Anna" in page.status.text(), timeout=WAIT_MS)
    reviewed.page_list.buttons["signing"].setFocus()
    heat = ready.context.inspector.controls.switch.isChecked()
    last = ready.decisions.project.last_reviews()
    # Every letter and digit, wherever a command or a class has it; undo is not among them.
    for key in "abcdefghijklmnopqrstuvwxyz0123456789 \r":
        type_keys(key)
        assert ready.workspaces.current is reviewed, key
    assert ready.context.inspector.controls.switch.isChecked() == heat
    written = []  # filled after all earlier work of the writing thread
    ready.decisions.history("basophil/c0.png", written.append)
    qtbot.waitUntil(lambda: bool(written), timeout=WAIT_MS)
    assert ready.decisions.project.last_reviews() == last
    assert not ready.top_bar.void_button.isVisible()


def test_session_is_saved_with_custom_fields(report, ready, qtbot):
    report.show_page("signing")
    form = report.sign_off.session
    form.fields["stain"].setFocus()
    qtbot.keyClicks(form.fields["stain"], "Wright")
    qtbot.keyClick(form.fields["stain"], Qt.Key.Key_Return)
    form.add_button.click()
    (name, text, _) = form.custom_fields[0]
    qtbot.keyClicks(name, "Ward")
    qtbot.keyClicks(text, "B2")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    kept = lambda: ready.decisions.project.get("session")  # noqa: E731
    qtbot.waitUntil(lambda: kept() == {"stain": "Wright", "Ward": "B2"}, timeout=WAIT_MS)
    report.page_list.buttons["signing"].setFocus()
    ready.decisions.undo()
    qtbot.waitUntil(lambda: not form.custom_fields, timeout=WAIT_MS)
    assert kept() == {"stain": "Wright"}
    assert form.fields["stain"].text() == "Wright"


def test_an_italian_report_names_the_classes_in_italian(
    report, qapp, qtbot, tmp_path, monkeypatch, back_to_english
):
    settings.save_setting("language", "it")
    LanguageTranslator(qapp).install()
    report.show_page("export")
    monkeypatch.setattr(dialogs, "ask", lambda *_: tmp_path / "out")
    report.export.write.click()
    qtbot.waitUntil(
        lambda: bool(report.export.written) and not report.export.is_running, timeout=WAIT_MS
    )
    folder = report.export.written[0].parent
    pages = pypdf.PdfReader(folder / "report.pdf").pages
    for text in (
        "".join(page.extract_text() for page in pages),
        (folder / "report.html").read_text("utf-8"),
    ):
        assert "Basofilo" in text
        assert "Basophil" not in text


@pytest.mark.parametrize("names", ["relative", "ids"])
def test_report_is_written_with_or_without_names(
    report, ready, qtbot, tmp_path, monkeypatch, names
):
    with qtbot.waitSignal(ready.decisions.saved, timeout=WAIT_MS):
        ready.decisions.set_note("basophil/c0.png", "giant granules")
    with qtbot.waitSignal(ready.decisions.saved, timeout=WAIT_MS):
        ready.decisions.set_tags(["basophil/c0.png", "basophil/c1.png"], ["exam"], True)
    report.show_page("export")
    page = report.export
    page.title.setText("Of slide 7")
    page.names.setCurrentIndex(page.names.findData(names))
    monkeypatch.setattr(dialogs, "ask", lambda *_: tmp_path / "out")
    page.write.click()
    qtbot.waitUntil(lambda: bool(page.written) and not page.is_running, timeout=WAIT_MS)
    folder = page.written[0].parent
    assert {file.name for file in folder.iterdir()} == {
        "report.pdf", "report.html", "report.json", "counts.csv", "images.csv",
    }  # fmt: skip
    text = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "report.pdf").pages)
    assert "Of slide 7" in text
    assert "not for diagnosis" in text
    data = json.loads((folder / "report.json").read_text("utf-8"))
    assert data["differential"]["leukocytes"] == 15
    with (folder / "images.csv").open(encoding="utf-8-sig", newline="") as stream:
        tags = {row["path"]: row["tags"] for row in csv.DictReader(stream)}
    assert ("basophil/c0.png" in tags) == (names == "relative")
    # Notes and tags may name patients as well.
    assert list(tags.values()).count("exam") == (2 if names == "relative" else 0)
    assert data["tags"] == ({"exam": 2} if names == "relative" else {})
    assert ("giant granules" in text) == (names == "relative")
    assert ("c3.png" in (folder / "report.html").read_text("utf-8")) == (names == "relative")
    # A second report never overwrites the first.
    page.write.click()
    qtbot.waitUntil(
        lambda: bool(page.written) and page.written[0].parent != folder, timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: not page.is_running, timeout=WAIT_MS)


def test_unwritable_target_is_reported(report, ready, qtbot, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(dialogs, "ask", lambda *_: tmp_path / "file")
    report.show_page("export")
    report.export.write.click()
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    assert "could not be written" in ready.notice.label.text()
    qtbot.waitUntil(lambda: not report.export.is_running, timeout=WAIT_MS)
    assert not report.export.written


def test_arrow_keys_change_the_page(report, qtbot):
    first = report.page_list.buttons["count"]
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert report.page_list.buttons["evaluation"].isChecked()
    assert report.evaluation.isVisible()


def test_report_without_images_is_explained(window, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    window.open(tmp_path / "empty")
    qtbot.waitUntil(lambda: not window.loader.busy, timeout=WAIT_MS)
    window.workspaces.go("report")
    assert "no image" in window.workspaces.current.empty.text()


def test_stale_report_is_marked_until_rebuilt(report, ready, qtbot):
    line = report.status
    assert "nothing has changed" in line.message.text()
    assert not line.icon.isVisible()
    ready.decisions.label(["basophil/c0.png"], "monocyte")
    qtbot.waitUntil(lambda: report.reporting.is_stale, timeout=WAIT_MS)
    assert line.message.text().startswith("Out of date")
    assert line.icon.isVisible()
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    assert "nothing has changed" in line.message.text()


def test_failed_report_shows_why_and_can_be_retried(report, ready, qtbot, monkeypatch):
    line = report.status

    def refuse(*_: object) -> None:
        raise Problem("source.empty", folder="x")

    monkeypatch.setattr(tasks, "build_report", refuse)
    ready.decisions.label(["basophil/c0.png"], "monocyte")
    qtbot.waitUntil(line.retry.isVisible, timeout=WAIT_MS)
    assert "could not be updated" in line.message.text()
    assert "no images in x" in line.message.text()
    assert texts(report.count.table)["Basophil"][1] == "7"
    monkeypatch.undo()
    line.retry.click()
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    assert not line.retry.isVisible()
    assert texts(report.count.table)["Basophil"][1] == "6"


def test_failed_first_report_is_shown(ready, qtbot, monkeypatch):
    def refuse(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(tasks, "build_report", refuse)
    ready.workspaces.go("report")
    report = ready.workspaces.current
    qtbot.waitUntil(report.status.retry.isVisible, timeout=WAIT_MS)
    assert "program error" in report.status.message.text()
    assert "Preparing" not in report.empty.text()
    assert ready.notice.copy.isVisible()


def test_written_report_uses_the_model_of_its_request(report, ready, tmp_path):
    request = report.reporting.report_request()
    # Another model is chosen at the first progress report.
    job = Job(lambda _: request.table.set_model(request.model.card))
    files = tasks.write_files(job, request, tasks.ReportOptions(tmp_path, ("json",)))
    data = json.loads(files[0].read_text(encoding="utf-8"))
    assert data["differential"]["unread"] == report.reporting.report.differential.unread


def test_no_sign_off_of_other_contents_of_the_same_size_and_time(reviewed, ready, qtbot):
    reviewed.show_page("signing")
    page = reviewed.sign_off
    qtbot.waitUntil(page.sign.isEnabled, timeout=WAIT_MS)
    ready.decisions.project.verify_links(Job(), ready.session.source)
    file = ready.session.source.root / "basophil" / "c0.png"
    before = file.stat()
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    page.sign.click()
    assert not page.sign.isEnabled()
    qtbot.waitUntil(lambda: not reviewed.reporting.is_checking, timeout=WAIT_MS)
    assert ready.decisions.project.get("sign_off") is None
    assert "nothing was signed" in ready.notice.label.text()


def test_page_says_how_far_a_first_report_is(ready, qtbot):
    ready.workspaces.go("report")
    report, shown = ready.workspaces.current, []
    report.reporting.progressed.connect(lambda _: shown.append(report.empty.text()))
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    assert any(re.fullmatch(r"Preparing the report… \d+ of 26 images", text) for text in shown)
    # The perceptual hashes are shared with all that asks for the model's training images.
    assert report.reporting.report_request().content_keys is ready.context.trained_images.keys
