"""Languages of the window: completeness of the translations and change of language."""

import ast
import re
import runpy
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from xml.etree import ElementTree

import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
)

from engine.paths import resources_dir
from gui import app, language, settings
from gui.shell.view_state import capture_view_state
from gui.shell.window import MainWindow
from gui.theme import Theme

ROOT = Path(__file__).resolve().parents[2]
MAKE = runpy.run_path(str(ROOT / "docs/make_words.py"))
TRANSLATIONS = sorted((resources_dir() / "words").glob("*.ts"))


@pytest.fixture(params=TRANSLATIONS, ids=lambda file: file.stem)
def translation(request):
    """Return each translation's file."""
    return request.param


def messages(file):
    """Return (context, source, translation, whether it is finished) of each message of a translation."""
    for context in ElementTree.parse(file).iter("context"):
        for element in context.iter("message"):
            translated = element.find("translation")
            yield (
                context.findtext("name"),
                element.findtext("source"),
                translated.text or "",
                translated.get("type") is None,
            )


def test_every_string_in_the_code_is_translated(translation, tmp_path):
    renewed = tmp_path / translation.name
    copyfile(translation, renewed)
    MAKE["update_translation"](renewed)
    assert list(messages(renewed)) == list(messages(translation)), "run docs/make_words.py"
    assert [source for _, source, _, finished in messages(renewed) if not finished] == []


def test_every_string_is_found_by_the_translation_tools(translation):
    known = {source for _, source, _, _ in messages(translation)}
    hidden = []
    for file in sorted((ROOT / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="tr") | ast.Name("_tr"), args=[ast.Constant(str(text))]
                ) if text not in known:
                    hidden.append(f"{file}:{node.lineno}: {text}")
    assert not hidden


def places(text):
    """Return the places to fill, and the counts that choose words."""
    found = re.findall(r"\{.*?\}", text)
    counts = {item[1:].partition(":")[0] for item in found if "|" in item}
    return sorted(item for item in found if "|" not in item), counts


def test_translations_have_the_same_placeholders(translation):
    for _, source, translated, finished in messages(translation):
        if not finished:
            continue
        (shown, counts), (expected, expected_counts) = places(translated), places(source)
        assert shown == expected, translated
        names = {place.strip("{}").partition(":")[0] for place in expected}
        # Words that are chosen by a count may be where a language needs them.
        assert counts <= expected_counts | names, translated


def test_compiled_translation_matches_its_source(translation, tmp_path):
    MAKE["compile_translation"](translation, tmp_path / "new.qm")
    assert (tmp_path / "new.qm").read_bytes() == translation.with_suffix(".qm").read_bytes()


def test_every_offered_language_has_a_translation():
    assert {file.stem for file in TRANSLATIONS} == set(language.LANGUAGES) - {"en"}


def agree(before, after):
    """Return whether two view states are the same, to a pixel for the texts, whose lengths differ."""

    def without_texts(state):
        workspaces = {
            key: replace(workspace, scrolled=dict.fromkeys(workspace.scrolled))
            for key, workspace in state.workspaces.items()
        }
        return replace(state, workspaces=workspaces)

    return without_texts(before) == without_texts(after) and all(
        after.workspaces[key].scrolled == pytest.approx(workspace.scrolled, abs=0.02)
        for key, workspace in before.workspaces.items()
    )


def change_language_of(qapp, cells, tiny_bundle, arrange):
    """Run the program on a folder, `arrange` the window and change to Italian.

    Returns language, view state and the window's title of "Clean", before and after, once they agree.
    """
    seen, arranged, late = [], [], QElapsedTimer()

    def windows():
        return [
            window
            for window in qapp.topLevelWidgets()
            if isinstance(window, MainWindow) and window.isVisible()
        ]

    def choose(code):
        (window,) = windows()
        menu = window.top_bar.folder.menu().findChild(language.LanguageMenu)
        (action,) = [
            action for action in menu.actions() if action.text() == language.LANGUAGES[code]
        ]
        action.trigger()

    def look():
        window = next(iter(windows()), None)
        if window is None or window.session.root != cells or not all_read(window)():
            QTimer.singleShot(20, look)
            return
        if not seen and not arranged:
            # Captured in a later turn of the event loop, once everything is shown.
            if arrange(window) or late.hasExpired(WAIT_MS):
                arranged.append(window)
            QTimer.singleShot(20, look)
            return
        state = capture_view_state(window.review.gallery, window.workspaces, window.saveGeometry())
        if seen and not agree(seen[0][1], state) and not late.hasExpired(WAIT_MS):
            QTimer.singleShot(20, look)
            return
        seen.append((language.current_language(), state, window.rail.button("clean").text()))
        if len(seen) == 1:
            late.start()
            choose("it")
            QTimer.singleShot(20, look)
        else:
            window.close()

    late.start()
    QTimer.singleShot(0, look)
    assert app.main(["--model", str(tiny_bundle), str(cells)]) == 0
    assert QApplication.instance() is qapp
    return seen


def test_changing_the_language_keeps_the_open_folder(
    qtbot, qapp, cells, tiny_bundle, back_to_english
):
    def arrange(window):
        gallery, workspaces = window.review.gallery, window.workspaces
        gallery.set_arrangement("doubt", "class", 200)
        gallery.view.show_path("monocyte/c4.png")
        if workspaces.key != "report":
            workspaces.go("report")
            workspaces.current.show_page("evaluation")
        bar = workspaces.current.evaluation.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        return bar.value() > 0

    before, after = change_language_of(qapp, cells, tiny_bundle, arrange)
    assert (before[0], after[0]) == ("en", "it")
    assert before[2] != after[2]
    assert agree(before[1], after[1])
    assert after[1].workspaces["report"].page == "evaluation"
    assert after[1].workspaces["report"].scrolled
    assert (after[1].order, after[1].bands, after[1].edge) == ("doubt", "class", 200)
    assert after[1].workspaces["review"].place.current == "monocyte/c4.png"


def test_changing_the_language_keeps_selection_filters_and_scroll_place(
    qtbot, qapp, cells, tiny_bundle, back_to_english
):
    def arrange(window):
        gallery = window.review.gallery
        gallery.set_arrangement("confidence", "", 200)
        gallery.set_filters("c", frozenset({("folder", "basophil"), ("folder", "monocyte")}))
        gallery.view.show_path("monocyte/c4.png")
        gallery.select(["basophil/c1.png", "monocyte/c4.png", "monocyte/c6.png"])
        bar = gallery.view.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        return True

    before, after = change_language_of(qapp, cells, tiny_bundle, arrange)
    place = before[1].workspaces["review"].place
    assert len(place.selected) == 3
    assert place.anchor is not None
    assert agree(before[1], after[1])


def test_changing_the_language_keeps_the_queue_of_clean(
    qtbot, qapp, cells, tiny_bundle, back_to_english
):
    def arrange(window):
        if window.workspaces.key != "clean":
            window.workspaces.go("clean")
            window.workspaces.current.scanning.start()
        clean = window.workspaces.current
        if clean.scanning.is_running:
            return False
        kinds = [kind for kind, count in clean.findings.counts().items() if count]
        clean.show_queue(kinds[-1])
        assert kinds[-1] != kinds[0]
        clean.view.step(1)
        return True

    before, after = change_language_of(qapp, cells, tiny_bundle, arrange)
    assert agree(before[1], after[1])
    assert after[1].workspaces["clean"].page


def test_the_file_dialog_speaks_the_chosen_language(qtbot, qapp, tmp_path, back_to_english):
    def words():
        dialog = QFileDialog(None, "", str(tmp_path))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.show()
        texts = {label.text() for label in dialog.findChildren(QLabel)}
        buttons = dialog.findChildren(QAbstractButton)
        assert all(button.text() or not button.icon().isNull() for button in buttons)
        texts |= {button.text() for button in buttons} | {button.toolTip() for button in buttons}
        dialog.deleteLater()
        return texts - {""}

    settings.save_setting("language", "en")
    translator = language.LanguageTranslator(qapp)
    translator.install()
    english = words() | {text for _, text in language.QT_WORDS}
    settings.save_setting("language", "it")
    translator.install()
    assert words().isdisjoint(english)
    for context, text in language.QT_WORDS:
        assert QCoreApplication.translate(context, text) != text


def test_every_workspace_fits_a_narrow_window_in_italian(
    qtbot, qapp, cells, tiny_bundle, back_to_english
):
    settings.save_setting("language", "it")
    language.LanguageTranslator(qapp).install()
    window = MainWindow(Theme(qapp), model=str(tiny_bundle))
    window.show()
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    for key in window.workspaces.keys:
        window.workspaces.go(key)
        window.resize(840, 700)
        assert window.width() == 840, key
    close_window(window)
