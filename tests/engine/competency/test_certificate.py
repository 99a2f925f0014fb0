"""Certificate: one page with person, basis and scores; in the language that is asked for; no file names."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from engine.competency.certificate import certificate_document, certificate_pdf
from engine.competency.score import score_cells
from engine.project.decisions import NOT_CLASSED


@pytest.fixture
def taken(store, start):
    """Return an ended test, four of its six cells right, and its cells."""
    test = start(limit_s=300)
    for cell in store.cells(test)[:5]:
        store.answer(test, cell.place, "monocyte" if cell.place == 4 else cell.truth, 65.0)
    wrong = store.cells(test)[4]
    if wrong.truth == "monocyte":
        store.answer(test, 4, "basophil", 65.0)
    return store.end(test, 65.0), store.cells(test)


def texts(document):
    return str(document.sections)


def test_certificate_says_who_what_and_how_well(taken):
    text = texts(certificate_document(taken[0], score_cells(taken[1])))
    assert "4 / 6 = 66.7%" in text
    assert "labels signed off by Anna, 2026-11-01" in text
    assert "1:05 (limit 5:00)" in text
    assert "Not answered (counted as missed)" in text
    assert "Basophil" in text
    assert "own" not in text
    assert not [cell.path for cell in taken[1] if cell.path in text]


def test_test_on_own_labels_and_running_test_are_marked(taken):
    test, cells = taken
    own = replace(test, person=" anna ")
    assert "labels of their own" in texts(certificate_document(own, score_cells(cells)))
    running = replace(test, ended="")
    assert "has not ended" in texts(certificate_document(running, score_cells(cells)))


def test_certificate_is_translated(taken):
    document = certificate_document(taken[0], score_cells(taken[1]), lambda text: f"«{text}»")
    assert document.title == "«Certificate of a competency test»"


def test_pdf_is_one_page_with_a_mark_of_its_own(taken):
    data = certificate_pdf(*taken)
    assert data.startswith(b"%PDF-")
    assert b"/Creator (Bloodbench certificate)" in data
    assert len(PdfReader(io.BytesIO(data)).pages) == 1


def name(number):
    return (
        f"Class {number} " + "with a very long name of its own, as a laboratory may write it " * 2
    )


@pytest.mark.parametrize(
    ("classes", "long_names"), [(8, True), (18, False), (45, False), (45, True)]
)
def test_a_bad_result_of_many_long_classes_fits_on_one_page(taken, classes, long_names):
    test, cells = taken
    drawn = [
        replace(cells[0], place=n, truth=f"c{n % classes:02d}", answer=f"c{n * 7 % classes:02d}")
        for n in range(8 * classes)
    ]
    drawn += [replace(cells[0], place=900, truth="c01", answer=None)]
    long = {
        "person": "Anna " + "Maria " * 9, "author": "Bartolomea " * 5, "folder": "slide_" * 30,
        "class_names": {f"c{n:02d}": name(n) for n in range(classes)},
    }  # fmt: skip
    test = replace(test, limit_s=3, **(long if long_names else {}))
    [page] = PdfReader(io.BytesIO(certificate_pdf(test, drawn))).pages
    text = page.extract_text()
    assert f"/ {8 * classes + 1:,} =" in text
    assert "Date and signature" in text
    assert "own labels" not in text
    if not long_names and classes == 18:
        assert {f"c{n:02d}" for n in range(18)} <= set(text.split())


def test_confused_classes_that_are_left_out_are_counted(taken):
    test, cells = taken
    many = [replace(cells[0], place=n, truth="basophil", answer=f"c{n:02d}") for n in range(11)]
    many.append(replace(cells[0], place=11, truth="basophil", answer=NOT_CLASSED))
    document = certificate_document(test, score_cells(many))
    text = texts(document)
    assert "Confused classes" in text
    assert "and 4 more pairs of classes" in text
    table = document.sections[2].blocks[0]
    assert table.rows[-1][0] == "Not classed"
