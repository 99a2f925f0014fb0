"""Outputs take a free name or replace an earlier result, and touch nothing else."""

import ast
import errno
import os
import sys
from pathlib import Path

import pytest

from engine import output_recognisers, outputs
from engine.messages import Problem
from engine.output_folder import OutputFolder
from engine.outputs import Output, make_work_folder, move_into_place

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
TABLE = output_recognisers.table_recogniser("path", "label")
ROWS = b"path,label\r\na.png,monocyte\r\n"


def refused(call, *arguments, **more):
    with pytest.raises(Problem) as caught:
        call(*arguments, **more)
    return caught.value.message.id


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_output_creates_missing_folders(tmp_path):
    out = tmp_path / "new/deeper/out.csv"
    Output(out, TABLE).write_table(["path", "label"], [["a.png", "monocyte"]])
    assert out.read_bytes() == ROWS
    assert names_in(out.parent) == ["out.csv"]


def test_output_replaces_earlier_results_only(tmp_path):
    out = tmp_path / "out.csv"
    for before in (b"path,label\r\n", b"path,label\r\n" + b"x,y\r\n" * 100_000):
        out.write_bytes(before)
        Output(out, TABLE).write(ROWS)
        assert out.read_bytes() == ROWS
    for foreign in (b"", b"path,label,note\r\n", b"my labels", b"\x89PNG\r\n\x1a\n path,label\r\n"):
        out.write_bytes(foreign)
        assert refused(Output, out, TABLE) == "write.not_ours"
        assert out.read_bytes() == foreign
    out.write_bytes(ROWS)
    assert refused(Output, out) == "write.not_ours"  # without a recogniser, the name must be free
    assert refused(Output, tmp_path, TABLE) == "write.is_folder"
    assert refused(Output, "", TABLE) == "write.is_folder"


@posix
def test_output_refuses_links(tmp_path):
    real = tmp_path / "real.csv"
    real.write_bytes(ROWS)
    for target in ("real.csv", "nowhere.csv", "."):
        link = tmp_path / "link.csv"
        link.symlink_to(target)
        assert refused(Output, link, TABLE) == "write.is_link"
        assert refused(move_into_place, real, link) == "write.is_link"
        assert link.is_symlink()
        link.unlink()
    assert names_in(tmp_path) == ["real.csv"]
    assert real.read_bytes() == ROWS


@posix
def test_output_refuses_inputs_under_any_name(tmp_path):
    table = tmp_path / "labels.csv"
    table.write_bytes(ROWS)  # looks like an earlier result, so only its identity protects it
    other = tmp_path / "other.csv"
    other.hardlink_to(table)
    (tmp_path / "folder").symlink_to(tmp_path)
    for name in ("labels.csv", "other.csv", "folder/labels.csv"):
        assert refused(Output, tmp_path / name, TABLE, [table]) == "write.is_input"
    (tmp_path / "link.csv").symlink_to(table)
    assert refused(Output, tmp_path / "link.csv", TABLE, [table]) == "write.is_input"
    assert refused(Output, table, TABLE, [tmp_path / "link.csv"]) == "write.is_input"


def test_output_keeps_a_file_created_while_writing(tmp_path):
    out = tmp_path / "out.csv"
    output = Output(out, TABLE)
    for late, is_recognised in ((b"an image", False), (ROWS, True)):

        def write(late=late):
            with output.open() as stream:
                stream.write(ROWS + b"b.png,\r\n")
                out.write_bytes(late)

        if is_recognised:
            write()
            assert out.read_bytes() == ROWS + b"b.png,\r\n"
        else:
            assert refused(write) == "write.not_ours"
            assert out.read_bytes() == late
            out.unlink()
    assert names_in(tmp_path) == ["out.csv"]


def test_failed_write_keeps_the_earlier_file(tmp_path):
    out = tmp_path / "out.csv"
    out.write_bytes(ROWS)

    def fail():
        with Output(out, TABLE).open() as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert out.read_bytes() == ROWS
    assert names_in(tmp_path) == ["out.csv"]


# Devices are reached through a link, so that a bug would delete the link and not the device.
@posix
def test_output_writes_to_a_device_without_replacing_it(tmp_path):
    link = tmp_path / "null"
    link.symlink_to(os.devnull)
    Output(link, TABLE).write(b"gone")
    assert link.is_symlink()
    assert link.is_char_device()


@posix
def test_output_writes_to_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    Output(pipe, TABLE).write(ROWS)
    assert os.read(reader, 99) == ROWS
    os.close(reader)


def test_closed_standard_output_is_noticed_first(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)  # as after `>&-`
    assert refused(Output, "-", TABLE) == "write.no_stdout"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_disk_full_error_names_the_file(tmp_path):
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    with pytest.raises(OSError, match="full") as caught:
        Output(full).write(ROWS)
    assert caught.value.errno == errno.ENOSPC


def test_output_folder_checks_all_files_first(tmp_path):
    folder = tmp_path / "out"
    files = {"a.csv": TABLE, "b.csv": TABLE}
    output_folder = OutputFolder(folder, files)
    output_folder["a.csv"].write(ROWS)
    (folder / "b.csv").write_bytes(b"mine")
    assert refused(OutputFolder, folder, files) == "write.not_ours"
    assert refused(OutputFolder, folder / "b.csv", files) == "write.not_a_folder"
    assert (folder / "b.csv").read_bytes() == b"mine"


def test_move_into_place_needs_a_free_name(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "x").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"mine")
    assert refused(move_into_place, source, tmp_path / "file") == "write.exists"
    assert refused(move_into_place, tmp_path / "file", source) == "write.exists"
    assert refused(move_into_place, tmp_path / "file", tmp_path / "empty") == "write.exists"
    move_into_place(source, tmp_path / "empty")
    assert names_in(tmp_path / "empty") == ["x"]
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_move_into_place_of_a_path_through_the_empty_folder_that_it_replaces(tmp_path):
    (tmp_path / "new").mkdir()
    through_itself = tmp_path / "new" / ".." / "new"
    source = tmp_path / "work"
    source.mkdir()
    (source / "file").write_text("content")
    move_into_place(source, through_itself)
    assert (tmp_path / "new" / "file").read_text() == "content"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_only_our_own_work_folder_is_deleted(tmp_path):
    mine = tmp_path / "run-unfinished"
    mine.mkdir()
    (mine / "cell.jpg").write_bytes(b"the only copy")
    assert refused(make_work_folder, mine) == "write.exists"
    outputs.delete_work_folder(mine)
    assert (mine / "cell.jpg").exists()
    ours = make_work_folder(tmp_path / "other-unfinished")
    (ours / "images.npy").touch()
    assert make_work_folder(ours) == ours
    outputs.delete_work_folder(ours)
    assert not ours.exists()


@pytest.mark.parametrize(
    ("recogniser", "good", "bad"),
    [
        (output_recognisers.table_prefix_recogniser("a", "b"), b"a,b,c\r\n", b"a,bc\r\n"),
        (output_recognisers.table_recogniser("a"), b"\xef\xbb\xbfa\r\n", b"a,b\r\n"),
        (
            output_recognisers.square_table_recogniser("label"),
            b"label,x,y\r\nx,1,0\r\ny,0,2\r\n",
            b"label,path\r\nx,1\r\n",
        ),
        (output_recognisers.square_table_recogniser("label"), b"label,x\r\nx,1\r\n", b"label,x\r\nx,mine\r\n"),
        (output_recognisers.square_table_recogniser("label"), b"label,x\r\nx,1\r\n", b"\xff\xd8\xff\xe0"),
        (output_recognisers.json_recogniser("n", "of"), b'{\n  "n": 1,\n  "of": 2}', b'{"of": 1, "n": 2}'),
        (output_recognisers.marked_recogniser(b"%PDF-", b"ours"), b"%PDF-1.4 ours", b"%PDF-1.4 other"),
    ],
)  # fmt: skip
def test_recognisers_check_the_content(recogniser, good, bad):
    assert recogniser(good)
    assert not recogniser(bad)
    assert not recogniser(b"")


def test_commands_and_window_write_through_outputs_only():
    """A guard for new code: user files are written by `engine.outputs` only."""
    root = Path(__file__).resolve().parents[2]
    allowed = {
        "gui/settings.py",
        "gui/shell/run_log.py",
        "gui/train/training_request.py",
        "engine/cli/errors.py",
    }  # the program's folders
    direct = {
        "write_text",
        "write_bytes",
        "atomic_open",
        "atomic_write",
        "write_csv",
        "save",
        "savefig",
    }
    found = []
    for folder in ("engine/cli", "engine/exchange/report", "gui"):
        for file in (root / folder).rglob("*.py"):
            if file.relative_to(root).as_posix() in allowed:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    is_write = name in direct and node.args
                    mode = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
                    if is_write or (name == "open" and set(str(*mode)) & set("wax")):
                        found.append(f"{file.relative_to(root)}:{node.lineno}: {name}")
    in_memory = ("evaluation_files.py", "cleaning_summary.py")
    assert not [call for call in found if not call.partition(":")[0].endswith(in_memory)]
