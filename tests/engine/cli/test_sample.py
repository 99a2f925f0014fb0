"""`sample`: a new folder of drawn cells."""


def test_sample_writes_a_folder(cli, tmp_path):
    done = cli("sample", tmp_path / "sample")
    assert done.status == 0, done.err
    assert len(list((tmp_path / "sample").rglob("*.*"))) >= 60


def test_non_empty_folder_is_refused(cli, cells):
    before = sorted(cells.rglob("*"))
    assert cli("sample", cells).status == 1
    assert sorted(cells.rglob("*")) == before
