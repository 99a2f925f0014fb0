import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine import wire

SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


@given(
    st.sampled_from(["u1", "<f4", "<f2", "<i8", "?"]).flatmap(lambda d: hnp.arrays(d, SHAPES)),
    st.text(),
)
def test_arrays_and_text_survive_a_round_trip(array, word):
    stream = io.BytesIO()
    wire.send(stream, {"array": array, "nested": [{"word": word}], "number": np.float32(0.5)})
    stream.seek(0)
    received = wire.receive(stream)
    assert received["nested"] == [{"word": word}]
    assert received["number"] == 0.5
    assert received["array"].dtype == array.dtype
    np.testing.assert_array_equal(received["array"], array)


def test_receive_returns_each_message_then_none():
    stream = io.BytesIO()
    wire.send(stream, {"n": 1})
    wire.send(stream, {"n": 2})
    stream.seek(0)
    assert [wire.receive(stream), wire.receive(stream), wire.receive(stream)] == [
        {"n": 1},
        {"n": 2},
        None,
    ]


@pytest.mark.parametrize("size", [1, 3, 4, 6])
def test_truncated_message_counts_as_end(size):
    stream = io.BytesIO()
    wire.send(stream, {"word": "platelet"})
    assert wire.receive(io.BytesIO(stream.getvalue()[:size])) is None


def test_receive_rejects_other_data():
    with pytest.raises(ValueError, match="not a stream of messages"):
        wire.receive(io.BytesIO(b"\xff\xff\xff\xff noise"))


def test_send_rejects_objects():
    with pytest.raises(TypeError):
        wire.send(io.BytesIO(), {"object": object()})


def test_receive_rejects_object_arrays():
    stream = io.BytesIO()
    wire.send(stream, {"array": np.array([object()])})
    stream.seek(0)
    with pytest.raises(ValueError, match="OBJECT"):
        wire.receive(stream)
