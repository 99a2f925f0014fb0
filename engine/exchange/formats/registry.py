"""Registry of data set formats: a new format is one class, added here."""

from engine.exchange.formats.class_folders import ClassFolders
from engine.exchange.formats.dataset_format import DatasetFormat
from engine.exchange.formats.fiftyone import FiftyOneFolder
from engine.exchange.formats.hugging_face import HuggingFaceFolder
from engine.exchange.formats.labelme import LabelmeFolder
from engine.exchange.formats.labels_csv import LabelsCsv
from engine.exchange.formats.npz import NpzArchive

_CLASS_FOLDERS = ClassFolders()
_HUGGING_FACE_CSV, _HUGGING_FACE_JSONL = HuggingFaceFolder("csv"), HuggingFaceFolder("jsonl")
_FIFTYONE = FiftyOneFolder()
_LABELME = LabelmeFolder()
_NPZ = NpzArchive("npz")
_LABELS_CSV = LabelsCsv()

FORMATS: dict[str, DatasetFormat] = {
    dataset_format.id: dataset_format
    for dataset_format in (
        _CLASS_FOLDERS,
        _HUGGING_FACE_CSV,
        _HUGGING_FACE_JSONL,
        _FIFTYONE,
        _LABELME,
        _NPZ,
        NpzArchive("medmnist"),
        _LABELS_CSV,
    )
}
"""All formats by id, in the order in which they are offered."""

FILE_READERS: tuple[DatasetFormat, ...] = (_NPZ, _LABELS_CSV, _HUGGING_FACE_JSONL)
"""Formats that a single file may have, in the order in which they are tried."""

FOLDER_READERS: tuple[DatasetFormat, ...] = (_FIFTYONE, _CLASS_FOLDERS, _HUGGING_FACE_CSV, _LABELME)
"""Formats that a folder may have, in the order in which they are tried, before bare class folders."""
