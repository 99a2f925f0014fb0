"""`sample`: the drawn cells in a folder of their own."""


def test_a_folder_of_cells(cli, tmp_path):
    done = cli("sample", tmp_path / "sample")
    assert done.status == 0, done.err
    assert len(list((tmp_path / "sample").rglob("*.*"))) >= 60


def test_a_folder_that_holds_something_is_left_alone(cli, cells):
    before = sorted(cells.rglob("*"))
    assert cli("sample", cells).status == 1
    assert sorted(cells.rglob("*")) == before
