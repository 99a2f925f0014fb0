"""`export`, `import` and `report` on projects; wrong usage of `fetch` and `export-model`."""

import csv
import errno
import json
import re
import shutil

import pytest
from pypdf import PdfReader
from tiny_model import CLASSES, save_class_image

from engine.exchange.report import project_context as signoff
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportContext, ReportImage, classes_of_set
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.project import store
from engine.project.classes import default_classes, encode_classes, merge_classes
from engine.project.decisions import Decision
from engine.project.library import Library
from engine.project.project import Project
from engine.project.tags import TAG_ACTION, tag_changes


@pytest.fixture
def project(cells, tmp_path):
    """Return the file of a project on `cells` with some decisions."""
    file = tmp_path / "work.bloodbench"
    with Project.create(file, "work") as made:
        source = open_source(cells)
        records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
        made.link(Job(), source, records)
        made.record_folder(Job(), source, records)
        made.apply("label", [("monocyte/0.png", "label", "platelet")], who="Anna")
        made.apply("label", [("monocyte/1.png", "label", "monocyte")], who="Bo")
        made.apply("remove", [("platelet/0.png", "removed", "blur")], who="Bo")
        made.apply("label", [("basophil/0.png", "label", "not_classed")], who="Bo")
        made.apply("session", [(None, "session", {"specimen": "S-7"})], who="Bo")
    return file


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def decided(file, folder):
    with Project.open(file) as project:
        source = open_source(folder)
        project.link(
            Job(), source, [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
        )
        return {
            path: (decision.label, decision.removed)
            for path, decision in project.decisions().items()
        }


def test_tags_and_notes_are_in_report_and_export_and_void_a_sign_off(cli, tiny, project, tmp_path):
    paths = ["monocyte/0.png", "monocyte/1.png"]
    with Project.open(project) as opened:
        before = signoff._state_digest(opened)
        opened.apply(TAG_ACTION, tag_changes(paths, ["exam"], add=True), who="Anna")
        opened.apply("note", [(paths[0], "note", "giant granules")], who="Anna")
        assert signoff._state_digest(opened) != before
    out = tmp_path / "out"
    assert cli("report", project, "--model", tiny, "--out", out).status == 0
    plain = json.loads((out / "report.json").read_bytes())
    assert plain["tags"] == {"exam": 2}
    [noted] = plain["noted_images"]
    assert (noted["image"], noted["label"], noted["tags"]) == (paths[0], "platelet", ["exam"])
    text = " ".join(page.extract_text() for page in PdfReader(out / "report.pdf").pages)
    assert "Platelet · exam · giant granules" in " ".join(text.split())
    assert "giant granules" in (out / "report.html").read_text(encoding="utf-8")
    assert {
        row["path"]: row["tags"] for row in rows(out / "images.csv") if row["tags"]
    } == dict.fromkeys(paths, "exam")
    file = tmp_path / "labels.csv"
    assert cli("export", project, "--as", "csv", "--out", file).status == 0
    assert {row["path"]: (row["tags"], row["note"]) for row in rows(file) if row["tags"]} == {
        paths[0]: ("exam", "giant granules"), paths[1]: ("exam", ""),
    }  # fmt: skip
    # Texts may name patients: without names they are left out.
    assert (
        cli("report", project, "--model", tiny, "--out", tmp_path / "ids", "--paths", "ids").status
        == 0
    )
    for written in (tmp_path / "ids").iterdir():
        assert b"giant granules" not in written.read_bytes()
    # Into another project of the same images: tags are added as one edit.
    with Project.open(project) as opened:
        opened.apply(TAG_ACTION, tag_changes(paths, ["exam"], add=False), who="Anna")
    assert cli("import", project, file, "--apply").status == 0
    with Project.open(project) as opened:
        assert {path: d.tags for path, d in opened.decisions().items() if d.tags} == dict.fromkeys(
            paths, ("exam",)
        )


def test_report_on_a_project(cli, tiny, project, tmp_path):
    done = cli("report", project, "--model", tiny, "--out", tmp_path / "out")
    assert done.status == 0, done.err
    plain = json.loads((tmp_path / "out/report.json").read_bytes())
    count = plain["differential"]
    assert (count["removed"], count["not_classed"], count["unreviewed"]) == (1, 1, 20)
    assert [(person["who"], person["images"]) for person in plain["reviewers"]] == [
        ("Bo", 3),
        ("Anna", 1),
    ]
    assert (plain["agreement"]["n"], plain["agreement"]["agreed"]) == (2, 1)
    assert plain["session"] == {"specimen": "S-7"}
    by_path = {row["path"]: row for row in rows(tmp_path / "out/images.csv")}
    assert by_path["monocyte/0.png"]["label"] == "platelet"
    assert by_path["monocyte/0.png"]["status"] == "reviewed"
    assert by_path["platelet/0.png"]["status"] == "removed"
    assert by_path["basophil/0.png"]["label"] == ""
    who = {path: row["reviewer"] for path, row in by_path.items() if row["time"]}
    assert who == {
        "monocyte/0.png": "Anna",
        "monocyte/1.png": "Bo",
        "platelet/0.png": "Bo",
        "basophil/0.png": "Bo",
    }
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "out/report.pdf").pages)
    assert "Anna" in text
    assert "S-7" in text
    # First and last edit of each reviewer: times are not broken over lines.
    assert len(re.findall(r"\d{4}-\d\d-\d\d\s\d\d:\d\d", text.replace("\n", "|"))) >= 4


def test_decisions_can_be_exported_and_imported(cli, project, cells, tmp_path):
    assert cli("export", project, "--as", "csv", "--out", tmp_path / "l.csv").status == 0
    exported = {row["path"]: row for row in rows(tmp_path / "l.csv")}
    assert {path: row["reviewer"] for path, row in exported.items() if row["time"]} == {
        "monocyte/0.png": "Anna", "monocyte/1.png": "Bo", "platelet/0.png": "Bo", "basophil/0.png": "Bo",
    }  # fmt: skip
    for row in exported.values():
        assert row["predicted"] in CLASSES
        assert 0 < float(row["confidence"]) <= 1
        assert len(row["model"]) == 64
    other = tmp_path / "other.bloodbench"
    with Project.create(other, "other") as made:
        source = open_source(cells)
        records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
        made.link(Job(), source, records)
        made.record_folder(Job(), source, records)
    (cells / "monocyte/0.png").rename(cells / "monocyte/renamed.png")
    done = cli("import", other, tmp_path / "l.csv", "--details", tmp_path / "d.csv")
    assert done.status == 0, done.err
    assert "Would change: 3." in done.err
    assert "--apply" in done.err
    assert {(row["path"], row["field"], row["new"]) for row in rows(tmp_path / "d.csv")} == {
        ("monocyte/renamed.png", "label", "platelet"), ("platelet/0.png", "removed", "blur"),
        ("basophil/0.png", "label", "not_classed"),
    }  # fmt: skip
    assert decided(other, cells) == {}
    assert cli("import", other, tmp_path / "l.csv", "--apply", "--who", "Ciro").status == 0
    assert decided(other, cells) == {
        "monocyte/renamed.png": ("platelet", None), "platelet/0.png": (None, "blur"),
        "basophil/0.png": ("not_classed", None),
    }  # fmt: skip
    with Project.open(other) as made:
        assert made.next_undo().who == "Ciro"
        made.undo("Ciro")
    assert decided(other, cells) == {}


def test_export_contains_decisions(cli, project, tmp_path):
    done = cli("export", project, "--as", "folder", "--out", tmp_path / "out")
    assert done.status == 0
    assert "Exported 22 images" in done.err
    assert len(list((tmp_path / "out/platelet").iterdir())) == 3
    assert len(list((tmp_path / "out/monocyte").iterdir())) == 2


def test_export_overwrites_nothing(cli, cells, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine").touch()
    done = cli("export", cells, "--as", "fiftyone", "--out", tmp_path / "out")
    assert done.status == 1
    assert "already exists" in done.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_wrong_usage(cli, cells, tmp_path):
    assert cli("export", cells, "--as", "word", "--out", tmp_path / "x").status == 2
    assert cli("export", cells, "--as", "npz", "--size", 4, "--out", tmp_path / "x").status == 2
    done = cli("import", cells, tmp_path / "none.csv")
    assert done.status == 1
    assert "give the project's file" in done.err
    assert cli("fetch", "bloodmnist").status == 2
    assert cli("fetch", "nothing", "--out", tmp_path).status == 1
    done = cli("fetch")
    assert done.status == 0
    assert [line.partition("\t")[0] for line in done.out.splitlines()] == ["bloodmnist", "pbc"]
    done = cli("export-model", "bundle", "--out", tmp_path)
    assert done.status == 1
    assert "already" in done.err


def test_import_of_foreign_labels(cli, project, tmp_path, cells):
    (tmp_path / "l.csv").write_text(
        "file;class\nmonocyte/2.png;PLT\nlymphocyte/0.png;odd\nx.png;PLT\n"
    )
    done = cli("import", project, tmp_path / "l.csv", "--apply", "--who", "x")
    assert "Would change: 1. Unchanged: 0. In doubt: 0. No matching image: 1." in done.err
    assert "Unknown labels: 1." in done.err
    assert decided(project, cells)["monocyte/2.png"] == ("platelet", None)


def test_import_into_a_project_that_may_not_be_written_says_so(cli, project, tmp_path, monkeypatch):
    (tmp_path / "l.csv").write_text("file;class\nmonocyte/2.png;PLT\n")

    def refuse(self):
        raise PermissionError(errno.EACCES, "Permission denied")

    # As for an account without the right to write: tests may run as one that has every right.
    monkeypatch.setattr(store.WriterLock, "acquire", refuse)
    done = cli("import", project, tmp_path / "l.csv", "--apply", "--who", "x")
    assert done.status == 1
    assert "is read-only" in done.err.splitlines()[-1]
    assert "elsewhere" not in done.err


def test_import_without_matching_rows_fails(cli, project, tmp_path):
    for text, message in (
        ("path,label\nx/y.png,monocyte\n", "x/y.png"),
        ("path,label\n", "no labels"),
    ):
        (tmp_path / "l.csv").write_text(text)
        done = cli("import", project, tmp_path / "l.csv", "--apply")
        assert done.status == 1
        assert message in done.err.splitlines()[-1]


@pytest.fixture
def merged(project, cells):
    """Return the project after basophils were merged into eosinophils and a basophil was added."""
    with Project.open(project) as made:
        source = open_source(cells)
        records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
        made.link(Job(), source, records)
        made.apply("label", [("monocyte/2.png", "label", "basophil")], who="Bo")
        entries = default_classes(load_class_set(), (), ["#000000"])
        now = merge_classes(entries, "basophil", "eosinophil")
        made.apply("classes", [(None, "classes", encode_classes(now))], who="Bo")
    save_class_image(cells / "basophil" / "later.png", 0, 9)
    return project


def test_merged_class_is_in_no_export(cli, merged, tmp_path):
    for kind in ("folder", "csv", "labelme", "hf-csv"):
        out = tmp_path / f"out-{kind}{'.csv' if kind == 'csv' else ''}"
        assert cli("export", merged, "--as", kind, "--out", out).status == 0
    assert not (tmp_path / "out-folder" / "basophil").exists()
    assert len(list((tmp_path / "out-folder" / "eosinophil").iterdir())) == 3 + 2 + 1 + 1
    table = {row["path"]: row["label"] for row in rows(tmp_path / "out-csv.csv")}
    assert table["basophil/1.png"] == table["basophil/later.png"] == "eosinophil"
    assert table["monocyte/2.png"] == "eosinophil"
    assert "basophil" not in table.values()
    texts = [file.read_text() for file in (tmp_path / "out-hf-csv").rglob("metadata.csv")]
    assert texts
    assert not any(line.endswith(",basophil") for text in texts for line in text.splitlines())


def test_merged_class_is_in_no_report(cli, merged, tiny, tmp_path):
    done = cli("report", merged, "--model", tiny, "--out", tmp_path / "out", "--robustness", "8")
    assert done.status == 0, done.err
    table = rows(tmp_path / "out/images.csv")
    assert "basophil" not in {row["label"] for row in table} | {row["predicted"] for row in table}
    assert {row["original_label"] for row in table} >= {"basophil"}
    plain = json.loads((tmp_path / "out/report.json").read_bytes())
    wrong = {mistake["image"] for mistake in plain["evaluation"]["mistakes"]}
    assert not any(path.startswith("basophil/") for path in wrong)


def test_import_of_a_merged_class_changes_nothing(cli, merged, tmp_path):
    (tmp_path / "l.csv").write_text(
        "path,label\nbasophil/1.png,basophil\nbasophil/2.png,eosinophil\n"
    )
    done = cli("import", merged, tmp_path / "l.csv")
    assert "Would change: 0. Unchanged: 2." in done.err


def report_of(project, tiny, records, decisions):
    import numpy as np

    from engine.classify.bundle import Bundle

    items = [
        ReportImage(
            record.path,
            "",
            record.label,
            None,
            np.full(8, 1 / 8, np.float32),
            decisions.get(record.path, Decision()),
        )
        for record in records
    ]
    context = ReportContext(Bundle.open(tiny).card, classes_of_set(load_class_set()), "t")
    return build_report(items, context)


def test_sign_off_is_void_after_a_change(project, cells, tiny):
    source = open_source(cells)
    records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
    with Project.open(project) as made:
        made.link(Job(), source, records)
        assert signoff.current_sign_off(made) is None
        decisions = made.decisions()
        with pytest.raises(Problem, match="left to do"):
            signoff.sign_off(made, report_of(made, tiny, records, decisions), "Anna")
        labels = [
            (record.path, "label", record.label)
            for record in records
            if record.path not in decisions
        ]
        made.apply("confirm", labels, who="Anna")
        decisions = made.decisions()
        signoff.sign_off(made, report_of(made, tiny, records, decisions), "Anna", "all seen")
        signed = signoff.current_sign_off(made)
        assert (signed.who, signed.note, signed.valid) == ("Anna", "all seen", True)
        made.apply("label", [("monocyte/0.png", "label", CLASSES[0])], who="Bo")
        assert not signoff.current_sign_off(made).valid
        made.undo("Bo")
        assert signoff.current_sign_off(made).valid
        made.apply("session", [(None, "session", {"specimen": "other"})], who="Bo")
        assert not signoff.current_sign_off(made).valid


def test_export_writes_copies_with_conflicting_labels_and_reports_them(cli, cells, tmp_path):
    shutil.copy(cells / "basophil" / "0.png", cells / "monocyte" / "misfiled.png")
    done = cli("export", cells, "--as", "folder", "--out", tmp_path / "out")
    assert done.status == 0, done.err
    assert "1 group of identical images has conflicting labels; all were exported" in done.err
    assert {path.parent.name for path in (tmp_path / "out").rglob("*.png")} == set(CLASSES)
    assert len(list((tmp_path / "out").rglob("*.png"))) == 3 * len(CLASSES) + 1


def test_import_finds_the_project_of_a_folder(cli, cells, tmp_path, monkeypatch):
    (tmp_path / "l.csv").write_text("path,label\nbasophil/0.png,monocyte\n")
    done = cli("import", cells, tmp_path / "l.csv")
    assert done.status == 1
    assert "open the folder in the window once" in done.sentence
    source = open_source(cells)
    records = list(source.scan(Job()))
    Library().create(source, records, "cells").close()
    done = cli("import", cells, tmp_path / "l.csv", "--apply", "--who", "Anna")
    assert done.status == 0, done.err
    assert decided(Library().last_opened(cells), cells)["basophil/0.png"] == ("monocyte", None)
