import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from engine.csv_files import CsvWriter


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_csv_survives_a_round_trip(rows):
    stream = io.BytesIO()
    table = CsvWriter(stream, ["a", "b"])
    for row in rows:
        table.write_row(row)
    text = io.TextIOWrapper(io.BytesIO(stream.getvalue()), encoding="utf-8", newline="")
    assert list(csv.reader(text)) == [["a", "b"], *rows]
