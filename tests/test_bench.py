"""Benchmarks: each still fits the program, so that its figures can be measured again."""

import os
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "bench"

# Each script loads the program anew, as if it were started alone in its folder.
_LOAD_ALL = """
import runpy, sys
bench, root, *scripts = sys.argv[1:]
outside = [folder for folder in sys.path if folder not in ("", bench, root)]
failed = []
for script in scripts:
    own = [name for name, module in sys.modules.items()
           if (getattr(module, "__file__", None) or "").startswith(root)
           and "site-packages" not in module.__file__]
    for name in own:
        del sys.modules[name]
    sys.path[:] = [bench, *outside]
    try:
        runpy.run_path(script)
    except ImportError as error:
        failed.append((script, error))
sys.exit(str(failed) if failed else 0)
"""


def test_every_benchmark_loads(tmp_path):
    scripts = [file for file in sorted(BENCH.glob("*.py")) if "__main__" in file.read_text("utf-8")]
    assert len(scripts) > 40
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", _LOAD_ALL, BENCH, BENCH.parent, *scripts]
    subprocess.run(list(map(str, command)), check=True, cwd=tmp_path, env=environment)
