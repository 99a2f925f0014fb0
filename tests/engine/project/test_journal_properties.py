"""Property tests of the journal: edits, undos, redos and restarts in any order."""

import copy
import itertools
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from engine.project import image_rows, journal
from engine.project.decisions import encode_value
from engine.project.project import Project

PATHS = st.sampled_from([None, "a.jpg", "b.jpg", "sub/c.jpg", "sub/\udcff.jpg", "d.jpg"])
FIELDS = st.sampled_from(["label", "removed", "note", "dismissed:x"])
VALUES = st.sampled_from([None, "", "m", "n", True, 1, ["a", {"b": None}], "\ud800é"])
CHANGES = st.lists(st.tuples(PATHS, FIELDS, VALUES), max_size=8)


class Journal(RuleBasedStateMachine):
    """A project compared with a model of it: a dict, and the dicts before and after each edit."""

    numbers = itertools.count()

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "x.bloodbench", "x")
        self.state = {}
        self.undone = []
        self.done = []

    @rule(changes=CHANGES)
    def apply(self, changes):
        before = copy.deepcopy(self.state)
        for path, field, value in changes:
            kept = None if field == "note" and value == "" else value
            self.state.pop((path, field), None)
            if kept is not None:
                self.state[path, field] = kept
        edit = self.project.apply("x", changes, who="w")
        # True equals 1 in Python but not in JSON.
        same = {k: encode_value(v) for k, v in before.items()} == {
            k: encode_value(v) for k, v in self.state.items()
        }
        assert (edit is None) == same
        if edit:
            self.done.append((before, copy.deepcopy(self.state)))
            self.undone.clear()

    @rule()
    def undo(self):
        edit = self.project.undo("w")
        assert (edit is None) == (not self.done)
        if self.done:
            self.undone.append(self.done.pop())
            self.state = copy.deepcopy(self.undone[-1][0])

    @rule()
    def redo(self):
        edit = self.project.redo("w")
        assert (edit is None) == (not self.undone)
        if self.undone:
            self.done.append(self.undone.pop())
            self.state = copy.deepcopy(self.done[-1][1])

    @rule()
    def reopen(self):
        self.project.close()
        self.project = Project.open(self.project.file)

    @invariant()
    def the_state_is_what_was_decided(self):
        with self.project._store.snapshot() as database:
            paths = {row.id: row.path for row in image_rows.read_rows(database)} | {0: None}
            kept = {
                (paths[image], field): value
                for image, field, value in database.execute("SELECT * FROM state")
            }
            assert kept == {key: encode_value(value) for key, value in self.state.items()}
            replayed = journal.replay(database)
            assert {(paths[i], field): value for (i, field), value in replayed.items()} == kept
        assert (self.project.next_undo() is None) == (not self.done)
        assert (self.project.next_redo() is None) == (not self.undone)

    def teardown(self):
        self.project.close()
        shutil.rmtree(self.folder)


TestJournal = Journal.TestCase
TestJournal.settings = settings(max_examples=40, stateful_step_count=25)
