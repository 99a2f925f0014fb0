"""Class codes."""

import numpy as np

from engine.project.decisions import NOT_CLASSED
from gui.state.class_codes import NONE, NOT_CLASSED_CODE, ClassCodes


def test_classes_get_codes_in_the_order_in_which_they_come():
    codes = ClassCodes()
    assert [codes.code(name) for name in ("basophil", "monocyte", "basophil")] == [0, 1, 0]
    assert codes.code(NOT_CLASSED) == NOT_CLASSED_CODE
    assert codes.ids == ["basophil", "monocyte"]
    assert [codes.class_id(code) for code in (1, NOT_CLASSED_CODE, NONE)] == [
        "monocyte",
        NOT_CLASSED,
        None,
    ]


def test_codes_of_merged_classes_are_replaced():
    codes = ClassCodes()
    given = np.array([codes.code("basophil"), codes.code("monocyte"), NONE], np.int16)
    assert codes.resolve_all(given) is given
    codes.set_aliases({"basophil": "smudge"})
    assert codes.merged == {"basophil": "smudge"}
    assert codes.resolve_all(given).tolist() == [codes.code("smudge"), 1, NONE]
    assert given.tolist() == [0, 1, NONE]
    assert codes.resolve(0) == codes.code("smudge")
