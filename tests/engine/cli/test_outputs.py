"""Any path for `--out` or `--details`: only earlier results of the command change."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tiny_model import class_image

from engine.cli.main import run
from engine.csv_files import write_csv
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.project.project import Project

posix = pytest.mark.skipif(os.name == "nt", reason="add_links need privileges on Windows")

COMMANDS = {
    "import": ("import", "work.bloodbench", "labels.csv", "--details"),
    "csv": ("export", "cells", "--as", "csv", "--out"),
    "folder": ("export", "cells", "--as", "folder", "--out"),
    "npz": ("export", "work.bloodbench", "--as", "npz", "--size", "8", "--out"),
    "labelme": ("export", "work.bloodbench", "--as", "labelme", "--out"),
    "fiftyone": ("export", "work.bloodbench", "--as", "fiftyone", "--out"),
    "classify": ("classify", "cells", "--model", "tiny", "--out"),
    "maps": ("classify", "cells", "--model", "tiny", "--out", "-", "--maps"),
    "scan": ("scan", "cells", "--model", "tiny", "--out"),
    "compare": ("compare", "tiny", "--data", "cells", "--out"),
    "sample": ("sample",),
    "restore": ("restore",),
    "copy": (),
    "evaluate": ("evaluate", "cells", "--model", "tiny", "--out"),
    "report": ("report", "cells", "--model", "tiny", "--format", "csv", "--format", "json", "--out"),
    "model": ("export-model", "openvino", "--model", "tiny", "--out"),
    "bundle": ("export-model", "bundle", "--model", "tiny", "--out"),
}  # fmt: skip
OWN = {
    "import": {"earlier/details.csv"},
    "classify": {"earlier/readings.csv"},
    "scan": {"earlier/findings.csv"},
    "evaluate": {f"earlier/{name}" for name in (
        "metrics.json", "confusion.png", "confusion.csv", "per_class.csv", "left_out.csv",
        "seen.csv", "slices.csv", "properties.csv", "spurious.csv")},
    "report": {f"earlier/{name}" for name in ("report.json", "counts.csv", "images.csv")},
}  # fmt: skip
"""Earlier results that a command may replace."""

PLACES = (
    "work.bloodbench", "labels.csv", "mine.csv", "empty.csv", "cells", "cells/monocyte/a.png",
    "cells/.hidden.png", "cells/new.csv", "cells/link.csv", "cells/elsewhere", "cells/elsewhere/x.png",
    "cells/elsewhere/new.csv", "cells/broken", "cells/round", "cells/same.png", "other", "other/x.png",
    "other/link.png", "to_project", "to_pipe", "quarantine/manifest.jsonl", "quarantine", "tiny",
    "tiny/card.json", "tiny/model.xml", "earlier", "earlier/details.csv", "earlier/readings.csv",
    "earlier/findings.csv",
    "earlier/confusion.png", "earlier/metrics.json", "free", "free/deep/out.csv", "out.zip", "named",
    "mine.csv/below", "cells/monocyte",
)  # fmt: skip


@pytest.fixture(scope="session")
def world(tmp_path_factory, tiny) -> Path:
    """Return a folder with all kinds of files that could be overwritten."""
    from PIL import Image

    root = tmp_path_factory.mktemp("outputs") / "world"
    for number, name in enumerate(("basophil/a.png", "monocyte/a.png", ".hidden.png")):
        file = root / "cells" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(class_image(number, seed=number)).save(file)
    (root / "other").mkdir()
    Image.fromarray(class_image(5)).save(root / "other/x.png")
    # Images with the names of results.
    (root / "named").mkdir()
    for name in ("confusion.png", "metrics.json", "confusion.csv", "report.json", "images.csv"):
        shutil.copy(root / "other/x.png", root / "named" / name)
    with Project.create(root / "work.bloodbench", "work") as project:
        source = open_source(root / "cells")
        records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
        project.link(Job(), source, records)
        project.record_folder(Job(), source, records)
        project.apply("label", [("monocyte/a.png", "label", "platelet")], who="Anna")
    write_csv(root / "labels.csv", ["path", "label"], [["monocyte/a.png", "monocyte"]])
    (root / "mine.csv").write_text("path,label,note\n")
    (root / "empty.csv").touch()
    (root / "quarantine").mkdir()
    (root / "quarantine/manifest.jsonl").write_text('{"format": 1, "root": "/nowhere"}\n')
    shutil.copytree(tiny, root / "tiny")
    cwd = Path.cwd()
    try:
        os.chdir(root)
        earlier = {
            "import": "details.csv", "classify": "readings.csv", "scan": "findings.csv",
            "evaluate": "", "report": "",
        }  # fmt: skip
        for command, name in earlier.items():
            assert run([*COMMANDS[command], f"earlier/{name}"]) == 0
    finally:
        os.chdir(cwd)
    return root


def add_links(root: Path) -> None:
    (root / "cells/link.csv").symlink_to(root / "mine.csv")
    (root / "cells/elsewhere").symlink_to(root / "other")
    (root / "cells/broken").symlink_to(root / "nowhere")
    (root / "cells/round").symlink_to(root / "cells/round")
    (root / "other/link.png").symlink_to("x.png")
    (root / "to_project").symlink_to(root / "work.bloodbench")
    (root / "cells/same.png").hardlink_to(root / "cells/monocyte/a.png")
    os.mkfifo(root / "pipe")
    (root / "to_pipe").symlink_to(root / "cells/round")


def save_copy(out: str) -> int:
    """Save a copy of the project, as the window does; return 1 where it was refused."""
    with Project.open(Path("work.bloodbench")) as project:
        try:
            project.save_copy(Path(out))
        except Problem:
            return 1
    return 0


def snapshot(root: Path) -> dict[str, tuple[object, ...]]:
    """Return mode, inode and content of every path."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder, name)
            status = path.lstat()
            content: object = None
            if path.is_symlink():
                content = path.readlink()
            elif path.is_file():
                content = path.read_bytes()
            identity = status.st_ino if not path.is_dir() else None
            found[path.relative_to(root).as_posix()] = (status.st_mode, identity, content)
    return found


@posix
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(COMMANDS)),
    st.sampled_from(PLACES),
    st.sampled_from(
        ["{}", "./{}", "{}/", "cells/../{}", "{}/../{name}", "cells/elsewhere/../{}", "{upper}"]
    ),
)
@example("import", "labels.csv", "{}")
@example("import", "work.bloodbench", "{}")
@example("import", "cells/monocyte/a.png", "{}")
@example("classify", "cells/elsewhere/x.png", "{}")
@example("classify", "cells/.hidden.png", "{}")
@example("classify", "other/x.png", "{}")
@example("evaluate", "named", "{}")
@example("report", "named", "{}")
@example("bundle", "other/x.png", "{}")
@example("bundle", "to_project", "{}")
@example("evaluate", "earlier", "{}")
@example("scan", "earlier/findings.csv", "{}")
@example("scan", "cells/same.png", "{}")
@example("maps", "cells", "{}")
@example("maps", "cells/elsewhere", "{}")
@example("sample", "other", "{}")
@example("sample", "free", "{}/../{name}")
@example("restore", "quarantine", "{}")
@example("copy", "to_project", "{}")
@example("copy", "cells/same.png", "{}")
@example("labelme", "cells", "{upper}")
@example("report", "earlier", "{}")
def test_only_earlier_results_change(world, command, place, form):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "world"
        shutil.copytree(world, root)
        add_links(root)
        cwd = Path.cwd()
        before = snapshot(root)
        try:
            os.chdir(root)
            # On some disks a name in capitals is the same file.
            out = form.format(place, name=Path(place).name, upper=place.upper())
            status = save_copy(out) if command == "copy" else run([*COMMANDS[command], out])
        finally:
            os.chdir(cwd)
        after = snapshot(root)
        changed = {path for path, state in before.items() if after.get(path) != state}
        # The project may record when it was opened; its decisions are compared below.
        changed.discard("work.bloodbench")
        assert changed <= OWN.get(command, set()), (out, changed)
        with Project.open(root / "work.bloodbench") as project:
            assert project.decisions()["monocyte/a.png"].label == "platelet"
        new = set(after) - set(before)
        hidden = {name for path in new if (name := Path(path).name).startswith(".")}
        assert hidden <= {Path(out).name}, "a temporary file was left"
        assert status == 0 or not [path for path in new if (root / path).is_file()]
        if status == 0 and command in ("csv", "folder", "npz", "model", "bundle"):
            assert not changed
            assert new
