"""Decoded fields: shared between threads, limited in bytes, and decoded again after a failure."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.fields.cell_box import FieldCells
from engine.fields.decoded_fields import DecodedField, DecodedFields
from engine.images.record import LoadedImage
from engine.messages import Problem


def field(byte_count: int = 300) -> DecodedField:
    pixels = np.zeros((10, byte_count // 30, 3), np.uint8)
    return DecodedField(LoadedImage(pixels, "00"), FieldCells(()))


def test_threads_that_need_the_same_field_decode_it_once():
    fields, decoded, start = DecodedFields(), [], threading.Barrier(8)

    def decode() -> DecodedField:
        decoded.append(1)
        return field()

    def get(_: int) -> DecodedField:
        start.wait()
        return fields.get("a", decode)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(get, range(8)))
    assert len(decoded) == 1
    assert all(result is results[0] for result in results)


def test_the_fields_used_least_recently_are_dropped():
    fields, decoded = DecodedFields(max_bytes=600), []

    def get(key: str) -> None:
        fields.get(key, lambda: (decoded.append(key), field())[1])

    for key in "abaca":
        get(key)
    assert decoded == ["a", "b", "c"]
    get("b")
    assert decoded == ["a", "b", "c", "b"]


def test_a_field_that_could_not_be_decoded_is_tried_again():
    fields = DecodedFields()

    def fail() -> DecodedField:
        raise Problem("image.gone")

    with pytest.raises(Problem):
        fields.get("a", fail)
    assert fields.get("a", field).cells == FieldCells(())
