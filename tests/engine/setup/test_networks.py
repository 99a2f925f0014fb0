"""Large models are made ready in the set-up; what fails there stops nothing."""

import sys

from engine.setup.environment import Environment
from engine.setup.networks import make


def environment(tmp_path, code):
    script = tmp_path / "python"
    script.write_text(f"#!{sys.executable}\n{code}\n")
    script.chmod(0o755)
    made = Environment(str(tmp_path / "venv"))
    made.python = str(script)
    return made


def models(tmp_path, *files):
    folder = tmp_path / "models" / "large"
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).touch()
    return str(folder.parent)


def test_nothing_is_done_where_every_model_has_its_network(tmp_path, capsys):
    make(environment(tmp_path, "1 / 0"), models(tmp_path, "model.xml", "check.npz"))
    make(environment(tmp_path, "1 / 0"), str(tmp_path / "nowhere"))
    assert capsys.readouterr().err == ""


def test_the_program_itself_makes_them(tmp_path, capsys):
    told = tmp_path / "told"
    says = "(sys.argv[2:], os.environ['BLOODBENCH_DOOR'])"
    code = f"import os, sys; open({str(told)!r}, 'w').write(repr({says}))"
    make(environment(tmp_path, code), models(tmp_path, "check.npz"))
    assert told.read_text() == "(['models', '--prepare'], '1')"
    assert "once" in capsys.readouterr().err


def test_a_failure_is_told_and_stops_nothing(tmp_path, capsys):
    make(environment(tmp_path, "raise SystemExit(1)"), models(tmp_path, "check.npz"))
    assert "fast model" in capsys.readouterr().err
