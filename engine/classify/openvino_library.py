"""The OpenVINO library: its import without telemetry, its core, and the precision of its devices."""

import sys
from functools import cache
from typing import Any

from engine.messages import Problem


def import_openvino() -> Any:
    """Import OpenVINO with its telemetry off; the first call takes about a second."""
    # OpenVINO reports its import to Google Analytics; without this module it uses a silent stub.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        import openvino as ov
    except (ImportError, OSError) as error:
        raise Problem("device.no_openvino", reason=str(error)) from error
    return ov


@cache
def openvino_core() -> Any:
    """Return the process's OpenVINO core."""
    return import_openvino().Core()


def inference_precision(device: str) -> str:
    """Return the precision for an OpenVINO device: half where the hardware supports it."""
    capabilities = openvino_core().get_property(device, "OPTIMIZATION_CAPABILITIES")
    if device == "CPU":
        return "bf16" if "BF16" in capabilities else "f32"
    return "f16" if "FP16" in capabilities else "f32"
