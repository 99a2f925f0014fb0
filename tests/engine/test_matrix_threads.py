"""Matrix products use one thread, in a command and in the window."""

import pytest
from child_helpers import run_script

SCRIPT = """
import contextlib, io, json, sys
import main

with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main.run_command(sys.argv[1:])
import numpy
from threadpoolctl import threadpool_info
pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
print(json.dumps({"threads": [pool["num_threads"] for pool in pools]}))
"""


@pytest.mark.parametrize("arguments", [["recipes"], ["classify", "--help"]])
def test_matrix_products_use_one_thread(monkeypatch, arguments):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    threads = run_script(SCRIPT, *arguments)["threads"]
    assert set(threads) <= {1}  # Apple's library is not listed.


def test_the_environment_may_say_otherwise(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert set(run_script(SCRIPT, "recipes")["threads"]) <= {2}
