"""Moves files into quarantine, or back, until it is killed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from engine.curate.quarantine import move_files, restore_files
from engine.jobs import Job

root, into, action = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
if action == "move":
    names = sorted(file.relative_to(root).as_posix() for file in root.rglob("*.jpg"))
    move_files(Job(), root, [(name, "off_topic") for name in names], into)
else:
    for manifest in sorted(into.glob("*/manifest.jsonl")):
        restore_files(Job(), manifest)
