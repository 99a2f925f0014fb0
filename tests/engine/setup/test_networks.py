"""Networks of large models are made during setup; a failure does not stop it."""

import sys

from engine.setup.environment import Environment
from engine.setup.networks import make_networks


def fake_environment(tmp_path, code):
    script = tmp_path / "python"
    script.write_text(f"#!{sys.executable}\n{code}\n")
    script.chmod(0o755)
    environment = Environment(str(tmp_path / "venv"))
    environment.python = str(script)
    return environment


def models(tmp_path, *files):
    folder = tmp_path / "models" / "large"
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).touch()
    return str(folder.parent)


def test_nothing_to_do(tmp_path, capsys):
    make_networks(fake_environment(tmp_path, "1 / 0"), models(tmp_path, "model.xml", "check.npz"))
    make_networks(fake_environment(tmp_path, "1 / 0"), str(tmp_path / "nowhere"))
    assert capsys.readouterr().err == ""


def test_networks_are_made_by_the_program(tmp_path, capsys):
    record = tmp_path / "record"
    values = "(sys.argv[2:], os.environ['BLOODBENCH_DOOR'])"
    code = f"import os, sys; open({str(record)!r}, 'w').write(repr({values}))"
    make_networks(fake_environment(tmp_path, code), models(tmp_path, "check.npz"))
    assert record.read_text() == "(['models', '--prepare'], '1')"
    assert "once" in capsys.readouterr().err


def test_failure_is_reported(tmp_path, capsys):
    make_networks(fake_environment(tmp_path, "raise SystemExit(1)"), models(tmp_path, "check.npz"))
    assert "fast model" in capsys.readouterr().err
