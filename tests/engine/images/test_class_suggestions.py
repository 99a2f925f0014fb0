"""Class suggestions for folder names: languages, abbreviations, and names of other cells."""

import tomllib

import pytest

from engine.images.class_set import load_class_set
from engine.images.class_suggestions import letters_of, suggest_class
from engine.paths import resources_dir

CLASSES = {
    cell_class.id: [cell_class.id, cell_class.name, *cell_class.synonyms]
    for cell_class in load_class_set().classes
}
SUGGESTIONS = {
    "neutrophil": "Neutrófilos, Neutrophile, Segmentkernige, Stabkernige, segmented neutrophils, band, "
    "Bands, Segs, PMNs, polynucléaires neutrophiles, cayados, segmentados, neutrofili segmentati, NEU",
    "eosinophil": "éosinophiles, Eosinophile, Eosinophile Granulozyten, EOS",
    "basophil": "Basophile, polynucléaires basophiles, basófilos, basofielen, BAS",
    "lymphocyte": "01_lympho, Lymphozyten, linfocitos, lymphs, atypical lymphocytes, LYM",
    "monocyte": "Monozyten, monocitos, monocyten, Monos, MON",
    "platelet": "Thrombozyten, Blutplättchen, plaquettes, plaquetas, giant platelets, PLT",
    "immature_granulocyte": "unreife Granulozyten, granulocytes immatures, granulocitos inmaduros, "
    "Metamyelozyten, Jugendliche, IG",
    "erythroblast": "Erythroblasten, érythroblastes, eritroblastos, nucleated RBCs, kernhaltige "
    "Erythrozyten, erythroblasts slide 3, NRBC",
    None: "Erythrocytes, Erythrozyten, Leukocytes, Granulozyten, Granulocytes, granulociti, Myeloblast, "
    "Lymphoblasten, Lymphoblast, Retikulozyten, Plasma cells, Artefakte, slide 1, 2024-05-01, 中性粒细胞",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "class_id"),
    [(name, class_id) for class_id, names in SUGGESTIONS.items() for name in names.split(", ")],
)
def test_class_that_a_name_resembles(name, class_id):
    assert suggest_class(name, CLASSES) == class_id


def test_every_listed_name_has_one_class_that_is_suggested():
    table = tomllib.loads((resources_dir() / "folder_names.toml").read_text(encoding="utf-8"))
    assert set(table["classes"]) == set(CLASSES)
    listed = [(letters_of(name), key) for key, names in table["classes"].items() for name in names]
    assert len(dict(listed)) == len(set(listed))
    for class_id, names in table["classes"].items():
        assert {name: suggest_class(name, CLASSES) for name in names} == dict.fromkeys(
            names, class_id
        )


def test_listed_names_of_classes_that_a_project_lacks_are_not_suggested():
    assert suggest_class("Thrombozyten", {"monocyte": CLASSES["monocyte"]}) is None
