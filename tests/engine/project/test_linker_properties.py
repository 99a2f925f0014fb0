"""Property tests of linking: no file operation moves a label to another image."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from project_helpers import (
    advance_mtime,
    confirm,
    current_labels,
    image_bytes,
    link_folder,
    write_image,
)

from engine.project.project import Project

NAMES = st.sampled_from(["a.jpg", "b.jpg", "c.jpg", "sub/a.jpg", "sub/d.jpg"])
NUMBERS = st.integers(0, 3)
OLD = 10**18


class Files(RuleBasedStateMachine):
    """Every label names the content it was given to, so that a wrong match is detected."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "images"
        self.root.mkdir()
        self.content = {image_bytes(number): number for number in range(4)}
        self.project = Project.create(self.folder / "x.bloodbench", "x")
        self.linked = False
        self.turn = 0

    @rule(name=NAMES, number=NUMBERS)
    def writes(self, name, number):
        write_image(self.root / name, number)
        # Consecutive writes may get the same time from a coarse clock.
        self.turn += 1
        os.utime(self.root / name, ns=(OLD + self.turn, OLD + self.turn))
        self.linked = False

    @rule(name=NAMES)
    def removes(self, name):
        (self.root / name).unlink(missing_ok=True)
        self.linked = False

    @rule(name=NAMES, other=NAMES)
    def moves(self, name, other):
        if (self.root / name).exists() and name != other:
            (self.root / other).parent.mkdir(exist_ok=True)
            (self.root / name).replace(self.root / other)
            self.linked = False

    @rule(name=NAMES)
    def touches(self, name):
        if (self.root / name).exists():
            advance_mtime(self.root / name)
            self.linked = False

    @rule()
    def renames_the_folder(self):
        self.root = self.root.rename(self.folder / f"images{self.turn}x{len(self.root.name)}")

    @rule(name=NAMES, note=st.booleans())
    def labels_it(self, name, note):
        self.links()
        if (self.root / name).exists():
            number = self.number(name)
            self.project.apply("x", [(name, "label", f"{number}{'+' * note}")], who="w")
            self.check()

    @rule()
    def undoes(self):
        self.links()
        self.project.undo("w")
        self.check()

    @rule()
    def redoes(self):
        self.links()
        self.project.redo("w")
        self.check()

    @rule(again=st.booleans())
    def links(self, again=False):
        if again or not self.linked:
            result = link_folder(self.project, self.root)
            self.linked = True
            here = {path.relative_to(self.root).as_posix() for path in self.root.rglob("*.jpg")}
            ambiguous_paths = {image.path for image in result.ambiguous}
            moved = {to for _, to in result.moved}
            assert ambiguous_paths | moved | set(result.changed) <= here
            assert not ambiguous_paths & moved
            assert not ambiguous_paths & current_labels(self.project).keys()
        self.check()

    @rule()
    def confirms(self):
        self.links()
        result = confirm(self.project, self.root)
        assert result.changed == ()  # every change also changed the file's time
        self.check()

    @rule()
    def reopens(self):
        self.project.close()
        self.project = Project.open(self.project.file)
        self.linked = False

    def number(self, name):
        return self.content[(self.root / name).read_bytes()]

    def check(self):
        for path, label in current_labels(self.project).items():
            assert label.rstrip("+") == str(self.number(path))

    def teardown(self):
        self.project.close()
        shutil.rmtree(self.folder)


TestFiles = Files.TestCase
TestFiles.settings = settings(max_examples=60, stateful_step_count=25)
