"""Output folder: the result files of a command in one folder, all checked before any work is done."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.messages import Problem
from engine.output_recognisers import Recogniser
from engine.outputs import Output
from engine.result_source import ResultSource, check_source, note_source


class OutputFolder:
    """The output files of a command in one folder, which is created.

    `files` maps file names to recognisers. Earlier results are replaced only if they are of the same
    `source`, which is noted; so must be those named in `related`. Raises `Problem`
    (`write.*`) and `OSError`.
    """

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, Recogniser],
        inputs: Iterable[Path] = (),
        source: ResultSource | None = None,
        related: Iterable[str] = (),
    ) -> None:
        if os.path.lexists(folder) and not folder.is_dir():
            raise Problem("write.not_a_folder", path=str(folder))
        inputs = list(inputs)
        self._files = {
            name: Output(folder / name, recognise, inputs) for name, recognise in files.items()
        }
        if source:
            check_source(folder, {*files, *related}, source)
        folder.mkdir(parents=True, exist_ok=True)
        if source:
            note_source(folder, files, source)
        self.path = folder

    def __getitem__(self, name: str) -> Output:
        return self._files[name]
