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
def test_arrays_and_words_come_back_as_they_went(array, word):
    stream = io.BytesIO()
    wire.send(stream, {"array": array, "nested": [{"word": word}], "number": np.float32(0.5)})
    stream.seek(0)
    got = wire.receive(stream)
    assert got["nested"] == [{"word": word}]
    assert got["number"] == 0.5
    assert got["array"].dtype == array.dtype
    np.testing.assert_array_equal(got["array"], array)


def test_messages_are_kept_apart_and_the_end_is_none():
    stream = io.BytesIO()
    wire.send(stream, {"n": 1})
    wire.send(stream, {"n": 2})
    stream.seek(0)
    assert [wire.receive(stream), wire.receive(stream), wire.receive(stream)] == [
        {"n": 1},
        {"n": 2},
        None,
    ]


@pytest.mark.parametrize("keep", [1, 3, 4, 6])
def test_a_cut_message_is_the_end(keep):
    stream = io.BytesIO()
    wire.send(stream, {"word": "platelet"})
    assert wire.receive(io.BytesIO(stream.getvalue()[:keep])) is None


def test_noise_on_the_stream_is_no_message():
    with pytest.raises(ValueError, match="something else"):
        wire.receive(io.BytesIO(b"\xff\xff\xff\xff noise"))


def test_what_cannot_travel_is_refused():
    with pytest.raises(TypeError):
        wire.send(io.BytesIO(), {"object": object()})


def test_an_array_of_objects_does_not_come_back():
    stream = io.BytesIO()
    wire.send(stream, {"array": np.array([object()])})
    stream.seek(0)
    with pytest.raises(ValueError, match="OBJECT"):
        wire.receive(stream)
