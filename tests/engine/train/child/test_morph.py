"""Activation morph: ReLU6 at the start, plain swish at the end of a training."""

import pytest
from child_helpers import run_script

SCRIPT = """
import json
import keras, numpy as np
from engine.train.child.morph import ActivationMorph

def network():
    keras.utils.set_random_seed(2)
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(8),
                             keras.layers.Activation("swish"), keras.layers.Dense(3)])

x = 10 * np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
y = np.eye(3, dtype="float32")[np.arange(64) % 3]
model, plain, clipped = network(), network(), network()
clipped.layers[1].activation = keras.activations.relu6
morph = ActivationMorph(model, 12, 0)
off = lambda other: float(np.abs(model(x) - other(x)).max())
found = {"first": off(clipped), "shares": []}

class Look(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        found["shares"].append(float(morph.share.value))

model.compile("sgd", "mse")
model.fit(x, y, batch_size=8, epochs=2, verbose=0, callbacks=[morph, Look()])
plain.set_weights(model.get_weights())
found["last"] = off(plain)
found["resumed"] = float(ActivationMorph(network(), 12, 6).share.value)
print(json.dumps(found))
"""


@pytest.mark.keras
def test_relu6_turns_into_swish():
    found = run_script(SCRIPT)
    assert found["first"] == pytest.approx(0, abs=1e-5)
    assert found["last"] == pytest.approx(0, abs=1e-5)
    assert found["resumed"] == pytest.approx(0.5)
    assert found["shares"] == pytest.approx([min(1, step / 12) for step in range(16)])
