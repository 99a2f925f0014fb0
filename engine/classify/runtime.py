"""Opening of runtimes: OpenVINO here or Keras in a child process, in as many views as a card says."""

from engine.classify.bundle import Bundle
from engine.classify.devices import Device, cpu_device
from engine.classify.multi_view import MultiViewRuntime
from engine.classify.runtime_protocol import Runtime
from engine.jobs import Job
from engine.messages import Problem


def open_runtime(bundle: Bundle, device: Device, job: Job, *, exact: bool = False) -> Runtime:
    """Load a network; raises `Cancelled`, and `Problem` when its files are damaged.

    Its outputs are the means over the views of the card (`Preprocessing.views`).

    If a graphics card fails that is not required, the processor replaces it, and the runtime's device
    says so. With `exact` the processor calculates in float32.
    """
    try:
        runtime = _open(bundle, device, job, exact)
    except Problem as problem:
        if device.kind == "cpu" or device.is_required or problem.message.id.startswith("bundle."):
            raise
        cpu = cpu_device("device.cpu_card_failed", card=device.name)
        runtime = _open(bundle, cpu, job, exact)
    views = bundle.card.preprocessing.views
    return MultiViewRuntime(runtime, views) if views > 1 else runtime


def _open(bundle: Bundle, device: Device, job: Job, exact: bool) -> Runtime:
    if device.backend == "keras":
        from engine.classify.keras_runtime import KerasRuntime

        return KerasRuntime(bundle, device, job)
    from engine.classify.openvino_runtime import OpenVINORuntime

    return OpenVINORuntime(bundle, device, job, exact=exact)
