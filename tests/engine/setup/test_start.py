"""First and later starts, and starts after an interruption, a move or manual changes."""

import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals or links")


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line]
    assert "Traceback" not in text
    return lines[-1]


def test_first_start_sets_up_and_second_does_not(program):
    status, out, err = program.run()
    assert (status, out.split()[:2]) == (7, ["window", "1"]), err
    assert str(program.venv) in out
    assert "Setting up Bloodbench" in err
    assert "Setup finished" in err
    status, out, err = program.run()
    assert (status, err) == (7, "")


def test_uv_is_used_if_available(program_with_uv):
    status, out, err = program_with_uv.run()
    assert (status, out.split()[:2]) == (7, ["window", "1"]), err
    log = (program_with_uv.venv / "setup.log").read_text()
    assert "pip install --python" in log.splitlines()[0]
    assert "--require-hashes" in log.splitlines()[0]


def test_arguments_reach_the_window(program, tmp_path):
    status, out, _ = program.run(str(tmp_path))
    assert (status, out.split()[-1]) == (7, str(tmp_path))


def test_changed_requirements_update_the_packages(program):
    program.run()
    program.release("2")
    status, out, err = program.run()
    assert (status, out.split()[:2]) == (7, ["window", "2"])
    assert "Updating the packages" in err


def test_incomplete_copy_of_the_program_leaves_the_environment_alone(program):
    """A copy without its list of packages is not up to date with the environment, but must not rebuild it."""
    program.run()
    requirements = program.requirements_file("app")
    text = requirements.read_text()
    requirements.unlink()
    status, _, err = program.run()
    assert status == 1
    assert "app.txt is missing" in last_line(err)
    assert "nothing was changed" in last_line(err)
    requirements.write_text(text)
    assert program.run()[::2] == (7, "")


def test_test_packages_are_installed_and_kept(program):
    status, out, err = program.run("test", "-k", "something")
    assert status == 0, err
    assert f"tests in {program.venv} offscreen" in out
    assert "['-k', 'something']" in out
    program.release("2")
    assert program.run()[0] == 7
    status, _, err = program.run("test")
    assert (status, err) == (0, "")


def test_packages_of_another_python_are_ignored(program, tmp_path):
    (tmp_path / "thing.py").write_text("VERSION = 'wrong'")
    assert program.run(PYTHONPATH=str(tmp_path))[1].split()[:2] == ["window", "1"]


def test_start_inside_the_environment(program):
    program.run()
    process = program.start(python=str(program.python))
    assert process.communicate(timeout=60)[0].split()[:2] == ["window", "1"]


@posix
def test_unfinished_environment_is_rebuilt(program):
    program.run()
    stamp = program.venv / "bloodbench.stamp"
    stamp.write_text("unfinished\n\napp\n")
    next(program.venv.glob("lib/python*/site-packages/thing.py")).unlink()
    status, out, err = program.run()
    assert (status, out.split()[:2]) == (7, ["window", "1"])
    assert "Rebuilding" in err


@posix
def test_environment_with_a_missing_python_is_rebuilt(program):
    program.run()
    program.python.unlink()
    program.python.symlink_to("/nowhere/python3")
    status, _, err = program.run()
    assert status == 7, err


def test_moved_program_rebuilds_its_environment(program, tmp_path):
    program.run()
    moved = tmp_path / "elsewhere"
    shutil.copytree(program.folder, moved, symlinks=True)
    program.folder = moved
    status, out, _ = program.run()
    assert status == 7
    assert str(moved / ".venv") in out


@pytest.mark.parametrize("stamp", [b"", b"\0\xff\xfe garbage", b"a\nb\nc d e\n"])
def test_damaged_stamp_is_repaired(program, stamp):
    program.run()
    (program.venv / "bloodbench.stamp").write_bytes(stamp)
    assert program.run()[0] == 7
    assert program.run()[2] == ""


def test_existing_foreign_environment_is_used(program):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", program.venv], check=True)
    other = program.venv / "other"
    other.touch()
    assert program.run()[0] == 7
    assert other.exists()


def test_other_folders_are_never_removed(program, tmp_path):
    precious = tmp_path / "precious" / "photo.jpg"
    precious.parent.mkdir()
    precious.touch()
    status, _, err = program.run(BLOODBENCH_VENV=str(precious.parent))
    assert status == 1
    assert "is not removed" in last_line(err)
    assert precious.exists()


def test_environment_folder_can_be_chosen(program, tmp_path):
    status, out, _ = program.run(BLOODBENCH_VENV=str(tmp_path / "env"))
    assert status == 7
    assert str(tmp_path / "env") in out
    assert not program.venv.exists()


@posix
def test_read_only_program_folder_uses_the_user_folder(program, tmp_path):
    # A folder in place of the lock file, because permissions do not stop root.
    (program.folder / ".venv.lock").mkdir()
    status, out, err = program.run(BLOODBENCH_HOME=str(tmp_path / "home"))
    assert status == 7, err
    assert str(tmp_path / "home" / "data" / "venv") in out
    assert program.run(BLOODBENCH_HOME=str(tmp_path / "home"))[2] == ""


def test_changed_package_is_refused(program):
    (wheel,) = program.wheels.glob("thing-*")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    status, _, err = program.run()
    assert status == 1
    assert "checksum" in last_line(err)


def test_missing_package(program):
    (wheel,) = program.wheels.glob("thing-*")
    wheel.unlink()
    status, _, err = program.run()
    assert status == 1
    assert "not available for this computer" in last_line(err)


@pytest.mark.parametrize("which", ["program", "program_with_uv"])
def test_missing_network_keeps_the_environment(request, which):
    program = request.getfixturevalue(which)
    program.run()
    program.requirements_file("test").write_text(f"absent==1 --hash=sha256:{'0' * 64}\n")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # bound but not listening: every connection is refused
        nowhere = f"http://127.0.0.1:{deaf.getsockname()[1]}/simple"
        status, _, err = program.run(
            "test",
            PIP_NO_INDEX="0",
            PIP_INDEX_URL=nowhere,
            PIP_RETRIES="1",
            UV_NO_INDEX="0",
            UV_OFFLINE="0",
            UV_DEFAULT_INDEX=nowhere,
            UV_HTTP_RETRIES="0",
        )
    assert status == 1
    assert "connect to the network" in last_line(err)
    assert program.run()[::2] == (7, "")


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_interrupted_setup_is_completed_by_the_next_start(program, number):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()  # accepts but never answers: the installer waits
        slow = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": ""}
        slow["PIP_INDEX_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        process = program.start(**slow)
        connection, _ = silent.accept()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        expected = {signal.SIGINT: 130, signal.SIGTERM: 130, signal.SIGKILL: -9}
        assert process.returncode == expected[number]
        if number != signal.SIGKILL:
            assert last_line(err).startswith("Stopped")
        connection.close()
    status, out, err = program.run()
    assert (status, out.split()[:2]) == (7, ["window", "1"]), err


@posix
def test_simultaneous_first_starts(program):
    processes = [program.start() for _ in range(3)]
    results = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [7, 7, 7], results
    assert sum("Setting up Bloodbench" in err for _, err in results) == 1


def test_repair_rebuilds_all_groups(program):
    program.run("test")
    stray = program.venv / "stray"
    stray.touch()
    status, _, err = program.run("--repair")
    assert (status, stray.exists()) == (0, False), err
    assert program.run("test")[2] == ""


def test_environment_check_imports_little(program):
    program.run()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import main; before = set(sys.modules);"
        "assert main.ensure_environment(['app'], qt=True); print(*set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, program.folder],
        capture_output=True,
        text=True,
        check=True,
        env=program.environment(),
    )
    # Imports, not times, because they determine the start-up time.
    heavy = {
        "pathlib",
        "typing",
        "subprocess",
        "ctypes",
        "dataclasses",
        "tomllib",
        "engine.messages",
    }
    assert set(done.stdout.split()).isdisjoint(heavy)
