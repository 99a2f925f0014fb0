"""`report`: valid files without private names."""

import csv
import io
import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from multi_cell_images import write_fields
from PIL import Image
from pypdf import PdfReader
from tiny_model import CLASSES, save_class_image

from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.project.library import Library

FILES = ["counts.csv", "images.csv", "report.html", "report.json", "report.pdf"]
NOTICE = "For research and curation use, not for diagnosis."


@pytest.fixture
def report(cli, tiny, tmp_path):
    def call(folder, *more):
        return cli("report", folder, "--model", tiny, "--out", tmp_path / "out", *more)

    return call


def pdf_text(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def table(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Page(HTMLParser):
    """Parser that collects links, ids and text of a page and checks the nesting of elements."""

    def __init__(self, text):
        super().__init__()
        self.open, self.links, self.ids, self.text = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in {"meta", "img"}:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href", "xlink:href"}]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in {"meta", "img"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_report_on_a_labelled_folder(report, cells, tmp_path):
    shutil.move(cells / "monocyte/0.png", cells / "platelet/wrong.png")
    done = report(cells, "--session", "specimen=S-12", "--session", "Batch=3 & 4")
    assert done.status == 0, done.err
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == FILES

    plain = json.loads((out / "report.json").read_bytes())
    assert plain["data"]["images"] == 24
    assert plain["session"] == {"specimen": "S-12", "Batch": "3 & 4"}
    assert plain["evaluation"]["metrics"]["accuracy"] == pytest.approx(23 / 24)
    assert [mistake["image"] for mistake in plain["evaluation"]["mistakes"]] == [
        "platelet/wrong.png"
    ]
    assert plain["evaluation"]["needs"][0]["look_at"] <= 24  # the names of earlier versions
    assert plain["evaluation"]["apart"] is None
    assert plain["differential"]["leukocytes"] == 18
    assert plain["checks"][0] == {"id": "check_reviewed", "count": 24}

    text = pdf_text(out / "report.pdf")
    for words in (NOTICE, "S-12", "3 & 4", "platelet/wrong.png", plain["data"]["fingerprint"][:40]):
        assert words in text
    assert all(NOTICE in page.extract_text() for page in PdfReader(out / "report.pdf").pages)

    page = Page((out / "report.html").read_text(encoding="utf-8"))
    assert not page.open
    words = " ".join(page.text)
    assert NOTICE in words
    assert plain["data"]["fingerprint"] in words
    assert plain["model"]["id"] in words
    assert len(page.ids) == len(set(page.ids))
    assert all(re.match(r"#|data:image/jpeg;base64,", link) for link in page.links)
    # Every reference inside a drawing has a target.
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)

    counts = table(out / "counts.csv")
    assert [row["class"] for row in counts] == list(CLASSES)
    assert next(row for row in counts if row["class"] == "platelet")["share"] == ""
    images = table(out / "images.csv")
    assert len(images) == 24
    assert all(re.fullmatch("[0-9a-f]{64}", row["sha256"]) for row in images)
    wrong = next(row for row in images if row["path"] == "platelet/wrong.png")
    assert (wrong["original_label"], wrong["predicted"]) == ("platelet", "monocyte")
    assert float(wrong["p_monocyte"]) == pytest.approx(float(wrong["confidence"]))


def test_fingerprint_depends_on_the_images_only(report, cells, tmp_path):
    report(cells, "--format", "json")
    first = json.loads((tmp_path / "out/report.json").read_bytes())["data"]["fingerprint"]
    (cells / "monocyte/0.png").rename(cells / "monocyte/other name.png")
    report(cells, "--format", "json")
    assert json.loads((tmp_path / "out/report.json").read_bytes())["data"]["fingerprint"] == first
    (cells / "monocyte/1.png").unlink()
    report(cells, "--format", "json")
    assert json.loads((tmp_path / "out/report.json").read_bytes())["data"]["fingerprint"] != first


def test_report_is_replaced_after_its_images_were_renamed(report, cells, tmp_path):
    assert report(cells, "--format", "json").status == 0
    renamed = cells.rename(cells.with_name("slide_9"))
    assert report(renamed, "--format", "json").status == 0
    assert json.loads((tmp_path / "out/report.json").read_bytes())["data"]["name"] == "slide_9"


def test_ids_hide_all_names(report, cells, tmp_path):
    hidden = cells.rename(cells.with_name("ROSSI Maria"))
    for number, name in enumerate(CLASSES):
        shutil.move(hidden / name, hidden / "x")
        (hidden / f"Bianchi {number}").mkdir()
        shutil.move(hidden / "x", hidden / f"Bianchi {number}" / name)
    shutil.move(hidden / "Bianchi 0/basophil/0.png", hidden / "Bianchi 7/platelet/Verdi.png")
    assert report(hidden, "--paths", "ids").status == 0
    for name in FILES:
        data = (tmp_path / "out" / name).read_bytes()
        text = pdf_text(io.BytesIO(data)) if name.endswith("pdf") else data.decode()
        assert not re.search("Rossi|Bianchi|Verdi|" + re.escape(str(tmp_path)), text, re.I), name


def test_report_contains_no_absolute_path(report, cells, tmp_path):
    assert report(cells).status == 0
    for name in FILES:
        data = (tmp_path / "out" / name).read_bytes()
        text = pdf_text(io.BytesIO(data)) if name.endswith("pdf") else data.decode()
        assert str(tmp_path) not in text


def test_special_characters_in_names(report, tmp_path):
    folder = tmp_path / "<script>alert(1)</script> $x$ & co"
    for number, name in enumerate(("basophil", "<b>new</b> $y_2$", "=SUM(A1)")):
        (folder / name).mkdir(parents=True)
        save_class_image(folder / name / "血液 è.png", number)
        save_class_image(folder / name / "bad\udcff.png", number)
    assert report(folder, "--title", "<i>Ω & 血</i>").status == 0
    text = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;i&gt;Ω &amp; 血&lt;/i&gt;" in text
    assert not Page(text).open


def test_unreadable_files_without_labels(report, tmp_path):
    folder = tmp_path / "plain"
    folder.mkdir()
    save_class_image(folder / "a.png", 6)
    (folder / "b.png").write_bytes(b"")
    assert report(folder, "--count", 100).status == 0
    plain = json.loads((tmp_path / "out/report.json").read_bytes())
    assert plain["evaluation"] is None
    assert plain["data"]["unreadable"] == 1
    assert "The count is incomplete: 1 of 100 leukocytes found" in pdf_text(
        tmp_path / "out/report.pdf"
    )


def test_single_format(report, cells, tmp_path):
    assert report(cells, "--format", "html").status == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.html"]


def test_wrong_usage(report, cells, tmp_path, cli, tiny):
    assert report(cells, "--count", 0).status == 2
    assert report(cells, "--session", "specimen").status == 2
    (tmp_path / "empty").mkdir()
    done = report(tmp_path / "empty")
    assert done.status == 1
    assert "no images" in done.sentence
    assert not (tmp_path / "out").exists()
    (tmp_path / "file").touch()
    done = cli("report", cells, "--model", tiny, "--out", tmp_path / "file")
    assert done.status == 1
    assert "is a file" in done.sentence


def test_fields_are_counted_by_slide_with_a_platelet_estimate(report, tmp_path):
    for slide in ("slide 1", "slide 2"):
        write_fields(tmp_path / "fields" / slide, 2)
    Image.new("RGB", (400, 300), "white").save(tmp_path / "fields/slide 2/glass.png")
    done = report(
        tmp_path / "fields", "--fields", "--count", "5", "--session", "platelet_factor=15,000"
    )
    assert done.status == 0
    content = json.loads((tmp_path / "out/report.json").read_bytes())
    assert [slide["name"] for slide in content["slides"]] == ["slide 1", "slide 2"]
    for slide in content["slides"]:
        assert slide["differential"]["target"] == 5
    assert content["fields"]["platelet_factor"] == 15000
    page = " ".join(Page((tmp_path / "out/report.html").read_text(encoding="utf-8")).text)
    for text in (page, " ".join(pdf_text(tmp_path / "out/report.pdf").split())):
        assert "Platelet estimate:" in text
        assert "× 15,000 =" in text
        assert "Malok" in text
        assert "slide 2" in text


def test_fields_without_any_cell_are_reported(report, tmp_path):
    (tmp_path / "fields").mkdir()
    for number in (1, 2):
        Image.new("RGB", (400 + number, 300), "white").save(tmp_path / f"fields/{number}.png")
    (tmp_path / "fields/broken.png").write_bytes(b"no image")
    done = report(tmp_path / "fields", "--fields")
    assert done.status == 0
    assert "Found 0 cells in 2 fields." in done.err
    content = json.loads((tmp_path / "out/report.json").read_bytes())
    assert (content["fields"]["n"], content["fields"]["cells_per_field"]) == (2, 0)
    page = " ".join(Page((tmp_path / "out/report.html").read_text(encoding="utf-8")).text)
    for text in (page, " ".join(pdf_text(tmp_path / "out/report.pdf").split())):
        assert "No cell was found in the 2 fields" in text


def test_options_that_apply_to_nothing_here_are_said(report, tmp_path):
    folder = tmp_path / "flat"
    folder.mkdir()
    save_class_image(folder / "a.png", 0)
    done = report(
        folder, "--robustness", 2, "--session", "platelet_factor=15000", "--format", "csv"
    )
    assert done.status == 0
    assert "robustness was not measured" in done.err
    assert "platelet factor is for whole fields" in done.err


def test_decisions_that_a_report_on_the_folder_leaves_out_are_named(report, cells):
    """The project is not used unless it is asked for, which the person must learn."""
    assert "left out" not in report(cells).err
    source = open_source(cells)
    records = [entry for entry in source.scan(Job()) if isinstance(entry, ImageRecord)]
    with Library().create(source, records, "cells") as project:
        project.apply("label", [("basophil/0.png", "label", "eosinophil")], who="Anna")
    shutil.rmtree(cells.parent / "out")
    done = report(cells)
    assert done.status == 0
    assert "decisions on 1 image," in done.err
    shutil.rmtree(cells.parent / "out")
    assert "left out" not in report(cells, "--decisions").err
