"""The application object: what is loaded before there are worker threads, and how it computes."""

from child_helpers import run_script

SCRIPT = """
import json, sys
from gui.app import load_plots, make_app
app = make_app()
loaded = {name for name in sys.modules if name.startswith("PySide6.")}
load_plots()
print(json.dumps({"late": sorted({name for name in sys.modules if name.startswith("PySide6.")} - loaded)}))
"""


def test_plots_load_no_further_part_of_qt():
    assert run_script(SCRIPT)["late"] == []


BLAS_SCRIPT = """
import json, sys
from gui.app import make_app
make_app()
assert "numpy" not in sys.modules
import numpy
from threadpoolctl import threadpool_info
pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
print(json.dumps({"threads": [pool["num_threads"] for pool in pools]}))
"""


def test_matrix_products_of_the_window_use_one_thread(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    threads = run_script(BLAS_SCRIPT)["threads"]
    assert set(threads) <= {1}  # Apple's library is not listed.
