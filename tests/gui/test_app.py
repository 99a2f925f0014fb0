"""The application object: what is loaded before there are worker threads."""

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
