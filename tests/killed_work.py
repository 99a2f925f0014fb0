"""Work that tests kill: each function runs in a process of its own until it ends or is killed."""

import contextlib
import io
import random
from multiprocessing.connection import Connection
from pathlib import Path

from engine.cli.main import run
from engine.curate.quarantine import move_files, restore_files
from engine.exchange.formats import registry  # noqa: F401  (loaded once, before the processes begin)
from engine.jobs import Job
from engine.project.decisions import Edit
from engine.project.project import Project
from engine.project.reading_draw import DrawCandidate, draw_images
from engine.project.reading_edits import (
    end_round,
    record_label,
    record_note,
    settle,
    start_round,
    undo_reading,
)
from engine.project.second_reading import read_round_images, read_rounds

IMAGES = 40
LABELS = ("platelet", "monocyte", "neutrophil")


def label(pipe: Connection, folder: Path, seed: int) -> None:
    """Label images without end; send the number of every edit that was acknowledged."""
    chance = random.Random(seed)
    with Project.open(folder / "p.bloodbench") as project:
        pipe.send("ready")
        while True:
            some = chance.sample(range(IMAGES), chance.choice((1, IMAGES)))
            changes = [(f"cell_{number}.jpg", "label", str(chance.random())) for number in some]
            edit = project.apply("label", changes, who="child")
            if edit:
                pipe.send(edit.id)


def quarantine(pipe: Connection, folder: Path, into: Path) -> None:
    """Move all images of a folder into quarantine."""
    root = folder / "cells"
    names = sorted(file.name for file in root.glob("*.jpg"))
    pipe.send("ready")
    move_files(Job(), root, [(name, "person") for name in names], into)


def restore(pipe: Connection, into: Path) -> None:
    """Move everything back."""
    pipe.send("ready")
    for manifest in sorted(into.glob("*/manifest.jsonl")):
        restore_files(Job(), manifest)


def import_labels(pipe: Connection, folder: Path) -> None:
    """Import labels with the command."""
    pipe.send("ready")
    with contextlib.redirect_stderr(io.StringIO()):
        run(["import", str(folder / "p.bloodbench"), str(folder / "labels.csv"), "--apply"])


def second_reading(pipe: Connection, folder: Path, seed: int) -> None:
    """Read, end and settle second readings without end; send the number of every acknowledged edit."""
    chance = random.Random(seed)

    def acknowledge(edit: Edit | None) -> None:
        if edit:
            pipe.send(edit.id)

    with Project.open(folder / "p.bloodbench") as project:
        pipe.send("ready")
        while True:
            candidates = [
                DrawCandidate(f"cell_{number}.jpg", "platelet") for number in range(IMAGES)
            ]
            drawn = draw_images(candidates, "all", 0, chance.randrange(1000))
            acknowledge(start_round(project, drawn, reader="Bob", method="all", seed=0, who="Ada"))
            reading = max(read_rounds(project), key=lambda round_: not round_.ended)
            for candidate in drawn[: chance.randrange(1, 8)]:
                acknowledge(record_label(project, reading, candidate.path, chance.choice(LABELS)))
                if chance.random() < 0.2:
                    acknowledge(record_note(project, reading, candidate.path, "smudged"))
                if chance.random() < 0.2:
                    acknowledge(undo_reading(project, reading))
            acknowledge(end_round(project, reading, who="Ada"))
            for image in read_round_images(project, reading):
                if image.label not in (None, "platelet"):
                    acknowledge(settle(project, reading, image.path, image.label, who="Chief"))


def back_up(pipe: Connection, folder: Path) -> None:
    """Save a copy of a project."""
    with Project.open(folder / "p.bloodbench") as project:
        pipe.send("ready")
        project.save_copy(folder / "copy" / "backup.bloodbench")
