"""The OpenVINO library: no telemetry, and a problem where it is missing."""

import subprocess
import sys

import pytest

from engine.classify.openvino_library import import_openvino
from engine.messages import Problem
from engine.paths import program_dir


def test_openvino_sends_no_telemetry():
    """Checked in a separate process: the telemetry module is never loaded."""
    code = (
        "import sys; from engine.classify.openvino_library import import_openvino; import_openvino();"
        "assert not [n for n, m in sys.modules.items() if m and n.startswith('openvino_telemetry')];"
        "assert 'tensorflow' not in sys.modules and 'keras' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=program_dir(), check=True)


def test_missing_openvino_is_a_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(Problem) as caught:
        import_openvino()
    assert caught.value.message.id == "device.no_openvino"
