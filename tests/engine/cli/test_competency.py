"""`competency`: listing tests, exporting them, and printing a certificate."""

import csv
import json

import pytest

from engine.competency.draw import draw_cells
from engine.competency.store import CompetencyStore
from engine.competency.truth import Truth, TruthCell
from engine.project.project import Project


@pytest.fixture
def tests(tmp_path):
    """Store a running test of Eve and an ended one of Bob, and return the ids, newest first."""
    cells = [TruthCell(f"{n}.png", str(n), "ab"[n % 2]) for n in range(20)]
    truth = Truth("signed", "Anna", "2026-11-01T10:00:00+00:00", tuple(cells), None)
    ids = []
    with CompetencyStore() as store:
        for person, project in (("Bob", "p1"), ("Eve", "p2")):
            test = store.start(
                truth, draw_cells(cells, 8, 1), person=person, folder="=slide", project=project,
                seed=1, requested=8, limit_s=None, class_names={"a": "A", "b": "B"},
            )  # fmt: skip
            for cell in store.cells(test)[:6]:
                store.answer(test, cell.place, "a", 1.0)
            if person == "Bob":
                store.end(test, 9.0)
            ids.insert(0, test.id)
    return ids


def test_list_has_one_row_per_test(cli, tests):
    listed = cli("competency")
    rows = [line.split("\t") for line in listed.out.splitlines()]
    assert (listed.status, listed.err) == (0, "")
    assert [(row[0], row[1], row[4], row[5]) for row in rows[1:]] == [
        ("1", "Eve", "no", "8"),
        ("2", "Bob", "yes", "8"),
    ]
    # Nobody sees how well a test goes while it runs.
    assert rows[1][6:] == [""] * 5
    assert all(rows[2][6:10])
    assert len(cli("competency", "--person", "Bob").out.splitlines()) == 2


def test_tests_of_one_project(cli, tests, tmp_path):
    with Project.create(tmp_path / "x.bloodbench", "x") as project:
        file = project.file
    listed = cli("competency", file)
    assert "No competency test" in listed.sentence
    assert listed.status == 0


def test_export_as_tables(cli, tests, tmp_path):
    out = tmp_path / "tests.csv"
    assert cli("competency", "--person", "Bob", "--out", out).status == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert len(rows) == 8
    assert {row["test"] for row in rows} == {tests[1]}
    assert rows[0]["folder"] == "'=slide"
    assert [row["correct"] for row in rows].count("yes") == sum(
        row["truth"] == row["answer"] for row in rows
    )
    # An earlier export is replaced, another file is not.
    assert cli("competency", "--out", out).status == 0
    other = tmp_path / "mine.csv"
    other.write_text("my own table")
    assert cli("competency", "--out", other).status == 1
    assert other.read_text() == "my own table"


def test_export_as_json(cli, tests, tmp_path):
    out = tmp_path / "tests.json"
    assert cli("competency", "--out", out).status == 0
    content = json.loads(out.read_bytes())
    assert [test["person"] for test in content["tests"]] == ["Eve", "Bob"]
    assert content["tests"][1]["score"]["cells"] == 8
    assert content["tests"][1]["score"]["unanswered"] == 2


def test_certificate_of_the_newest_ended_test(cli, tests, tmp_path):
    out = tmp_path / "certificate.pdf"
    assert cli("competency", "--out", out).status == 0
    assert out.read_bytes().startswith(b"%PDF-")
    running = cli("competency", "--number", 1, "--out", tmp_path / "none.pdf")
    assert running.status == 1
    assert "None of these tests has ended" in running.sentence


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--number", 9), "no competency test number 9; the list has 2"),
        (("--out", "tests.txt"), "one of these endings"),
    ],
)
def test_wrong_usage_is_explained(cli, tests, arguments, sentence, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = cli("competency", *arguments)
    assert done.status == 1
    assert sentence in done.sentence
    assert not list(tmp_path.glob("*.txt"))


def test_person_is_found_in_any_case_and_others_are_named(cli, tests):
    assert len(cli("competency", "--person", " bOB ").out.splitlines()) == 2
    nobody = cli("competency", "--person", "Nobody")
    assert nobody.status == 1
    assert "no competency test of Nobody here; tests were taken by Bob, Eve" in nobody.sentence
