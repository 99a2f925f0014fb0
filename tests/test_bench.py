"""Benchmarks: each still fits the program, so that its figures can be measured again."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "bench"

_LOAD_ALL = """
import runpy, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    print(name, file=sys.stderr)
    runpy.run_path(name)
"""


def test_every_benchmark_loads():
    scripts = sorted(BENCH.glob("*.py"))
    assert len(scripts) > 40
    subprocess.run(
        [sys.executable, "-c", _LOAD_ALL, str(BENCH), *map(str, scripts)],
        check=True,
        cwd=BENCH.parent,
    )
