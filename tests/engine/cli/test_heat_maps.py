"""`classify --maps`: grey PNGs of the images' sizes in a new folder."""

import numpy as np
from PIL import Image


def test_heat_map_of_every_readable_image(cli, cells, tiny, tmp_path):
    (cells / "broken.jpg").write_bytes(b"no image")
    with Image.open(cells / "monocyte/0.png") as image:
        image.resize((90, 50)).save(cells / "monocyte/wide.png")
    maps = tmp_path / "maps"
    out = tmp_path / "readings.csv"
    done = cli("classify", cells, "--model", tiny, "--out", out, "--maps", maps)
    assert done.status == 0
    images = {path.relative_to(cells) for path in cells.rglob("*.png")}
    written = {path.relative_to(maps).with_suffix("") for path in maps.rglob("*.png")}
    assert written == images
    for path in images:
        with Image.open(cells / path) as image, Image.open(maps / f"{path}.png") as heat:
            assert heat.mode == "L"
            assert heat.size == image.size
            values = np.asarray(heat)
        assert values.max() in (0, 255) or values.max() > 200


def test_non_empty_folder_is_refused(cli, cells, tiny, tmp_path):
    out = tmp_path / "readings.csv"
    before = {path: path.read_bytes() for path in cells.rglob("*.png")}
    done = cli("classify", cells, "--model", tiny, "--out", out, "--maps", cells)
    assert done.status == 1
    assert "already exists" in done.err
    assert not out.exists()
    assert {path: path.read_bytes() for path in cells.rglob("*.png")} == before


def test_place_that_cannot_hold_the_maps_is_refused_before_any_row(cli, cells, tiny, tmp_path):
    (tmp_path / "a file").write_bytes(b"mine")
    done = cli("classify", cells, "--model", tiny, "--out", "-", "--maps", tmp_path / "a file/maps")
    assert done.status == 1
    assert done.out == ""
    assert "a file" in done.sentence


def test_heat_maps_alone_need_no_table(cli, cells, tiny, tmp_path):
    done = cli("classify", cells, "--model", tiny, "--maps", tmp_path / "maps")
    assert (done.status, done.out) == (0, "")
    assert len(list((tmp_path / "maps").rglob("*.png"))) == 24
