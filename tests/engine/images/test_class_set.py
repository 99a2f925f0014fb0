from itertools import combinations

import pytest

from engine.images.class_set import class_set_names, load_class_set
from engine.messages import Problem

ORDER = (
    "basophil",
    "eosinophil",
    "erythroblast",
    "immature_granulocyte",
    "lymphocyte",
    "monocyte",
    "neutrophil",
    "platelet",
)


@pytest.fixture(scope="module")
def blood8():
    return load_class_set()


def test_class_order_matches_the_models(blood8):
    assert blood8.ids == ORDER
    assert class_set_names() == ["blood8"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("ig", "immature_granulocyte"),
        ("IG", "immature_granulocyte"),
        ("immature granulocytes", "immature_granulocyte"),
        ("Immature-Granulocyte", "immature_granulocyte"),
        ("IMMATURE_GRANULOCYTES", "immature_granulocyte"),
        ("ImmatureGranulocyte", "immature_granulocyte"),
        (" neutrophils ", "neutrophil"),
        ("Neutrofili", "neutrophil"),
        ("ｐｌａｔｅｌｅｔ", "platelet"),
        ("PLT", "platelet"),
        ("NRBCs", "erythroblast"),
    ],
)
def test_find_accepts_any_spelling(blood8, name, wanted):
    assert blood8.find(name).id == wanted


@pytest.mark.parametrize("name", ["", "s", "cell", "train", "slide_12", "neutro phile", "0"])
def test_find_returns_none_for_other_names(blood8, name):
    assert blood8.find(name) is None


def test_every_id_name_and_synonym_is_found(blood8):
    for cell_class in blood8.classes:
        for name in (cell_class.id, cell_class.name, *cell_class.synonyms):
            assert blood8.find(name) == cell_class


def test_colours_are_distinguishable(blood8):
    # In sRGB; see the notes in blood8.toml for colour blindness.
    colours = [bytes.fromhex(cell_class.colour[1:]) for cell_class in blood8.classes]
    for first, second in combinations(colours, 2):
        assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) > 60**2


def class_set(**changes):
    first = {"id": "a", "name": "A", "letter": "A", "key": 1, "colour": "#000000"}
    second = {"id": "b", "name": "B", "letter": "B", "key": 2, "colour": "#FFFFFF", **changes}
    lines = ['id = "x"', 'title = "X"']
    for fields in (first, second):
        lines += ["[[classes]]"] + [f"{key} = {value!r}" for key, value in fields.items()]
    return "\n".join(lines).replace("'", '"')


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "a"}, "same id"),
        ({"letter": "A"}, "same letter"),
        ({"key": 1}, "same key"),
        ({"colour": "#000000"}, "same colour"),
        ({"synonyms": ["As"]}, "names both a and b"),
        ({"id": "with space"}, "id"),
        ({"colour": "red"}, "colour"),
        ({"key": 12}, "key"),
        ({"size": 3}, "size"),
    ],
)
def test_inconsistent_class_set_is_refused(tmp_path, changes, says):
    file = tmp_path / "mine.toml"
    file.write_text(class_set(**changes))
    with pytest.raises(Problem, match=says) as caught:
        load_class_set(file)
    assert caught.value.message.id == "classes.invalid"


def test_custom_class_set(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(class_set(synonyms=["beta cell"]))
    assert load_class_set(file).find("Beta-Cells").id == "b"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing", "classes.unknown"),
        ("../blood8", "classes.unknown"),
        ("a.toml", "classes.unreadable"),
    ],
)
def test_missing_class_set(name, reason):
    with pytest.raises(Problem) as caught:
        load_class_set(name)
    assert caught.value.message.id == reason


def test_broken_toml_is_refused(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xff\xfe = [")
    with pytest.raises(Problem) as caught:
        load_class_set(file)
    assert caught.value.message.id == "classes.invalid"
