"""Label tables as other programs and spreadsheets save them."""

import codecs

import pytest
from datasets_helpers import SET, LabelledCells, make_plan, planned_labels

from engine.exchange.formats.dataset_reader import read_dataset
from engine.exchange.formats.label_tables import read_table
from engine.jobs import Job
from engine.messages import Problem

IMAGES = {"s/a.png": (1, None), "s/b.png": (2, None)}
WANTED = {"s/a.png": "monocyte", "s/b.png": "platelet"}


def table(delimiter=",", end="\n", head=("file_name", "label")):
    rows = [head, ("s/a.png", "monocyte"), ("s/b.png", "platelet")]
    return end.join(delimiter.join(row) for row in rows) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["labels.csv", "hf/metadata.csv"])
def test_delimiters_and_encodings(tmp_path, delimiter, end, mark, encoding, place):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    file = tmp_path / "in" / place
    file.parent.mkdir(parents=True)
    file.write_bytes(mark + table(delimiter, end).encode(encoding))
    assert (
        planned_labels(make_plan(file if place == "labels.csv" else file.parent, cells)) == WANTED
    )


@pytest.mark.parametrize("first", ["sep=;\n", "SEP=;\r\n"])
def test_sep_line_sets_the_delimiter(tmp_path, first):
    (tmp_path / "a.csv").write_text(first + table(";"))
    columns, rows = read_table(tmp_path / "a.csv")
    assert columns == ("file_name", "label")
    assert [row.get("label") for row in rows] == ["monocyte", "platelet"]


def test_quoted_delimiters_are_not_separators(tmp_path):
    (tmp_path / "a.csv").write_text('"a;b;c",path,label\n"x;y;z",s/a.png,monocyte\n')
    columns, rows = read_table(tmp_path / "a.csv")
    assert columns == ("a;b;c", "path", "label")
    assert rows[0].get("a;b;c") == "x;y;z"


def test_short_rows_empty_rows_and_duplicate_columns(tmp_path):
    (tmp_path / "a.csv").write_text("path,label,label\ns/a.png,one,two\n\n,,\ns/b.png\n")
    _, rows = read_table(tmp_path / "a.csv")
    assert [(row.get("path"), row.get("label")) for row in rows] == [
        ("s/a.png", "one"), ("s/b.png", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["label", "class", "category", "cell_type", "Label", "class_name"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_label_column_is_found_by_common_names(tmp_path, name, kind):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    folder = tmp_path / "hf"
    folder.mkdir()
    if kind == "csv":
        (folder / "metadata.csv").write_text(table(head=("file_name", name)))
    else:
        lines = [
            f'{{"file_name": "{path}", "{name.lower()}": "{label}"}}'
            for path, label in WANTED.items()
        ]
        (folder / "metadata.jsonl").write_text("\n".join(lines))
    assert planned_labels(make_plan(folder, cells)) == WANTED


@pytest.mark.parametrize("place", ["a.csv", "hf/metadata.csv", "hf/metadata.jsonl"])
def test_missing_column_problem_lists_columns(tmp_path, place):
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    text = '{"file_name": "s/a.png", "diagnosis": "x"}\n'
    file.write_text(text if place.endswith("jsonl") else table(head=("file_name", "diagnosis")))
    with pytest.raises(Problem) as caught:
        read_dataset(Job(), file if place == "a.csv" else file.parent, SET)
    assert caught.value.message.id == "import.no_columns"
    assert "diagnosis" in str(caught.value)


def test_data_card_names_class_numbers(tmp_path):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    folder = tmp_path / "hf"
    folder.mkdir()
    (folder / "metadata.csv").write_text("file_name,label\ns/a.png,1\ns/b.png,7\n")
    (folder / "README.md").write_text(
        "---\nfeatures:\n  - name: label\n    dtype:\n      class_label:\n        names:\n"
        '          "0": basophil\n          "1": monocyte\n---\n'
    )
    found = make_plan(folder, cells)
    assert planned_labels(found) == {"s/a.png": "monocyte"}
    assert [doubt.reason.id for doubt in found.doubts] == ["import.class_number"]
