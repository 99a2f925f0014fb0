"""Interrupted moves: a file that a killed move left in two places is in one place again."""

import contextlib
import filecmp
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from engine.curate.manifest import MANIFEST_NAME, Manifest, leaves_root, read_manifest
from engine.locks import try_lock
from engine.messages import Problem
from engine.outputs import NO_FOLLOW_FLAGS


def heal_interrupted_moves(root: Path, folder: Path) -> None:
    """Heal what killed moves from `root` to the folders beside `folder` left half done.

    Only the last file of a manifest can be in two places: its copy in quarantine is deleted, whole or
    not, and it stays where it was. Running moves are left alone.
    """
    try:
        manifests = sorted(folder.parent.glob(f"*/{MANIFEST_NAME}"))
    except OSError:
        return
    for file in manifests:
        with contextlib.suppress(OSError, Problem), hold_manifest(file) as is_held:
            if is_held and (manifest := read_manifest(file)).root == root:
                _heal_last_move(manifest)


@contextlib.contextmanager
def hold_manifest(file: Path) -> Iterator[bool]:
    """Lock a manifest for a move or a restore; yields whether no other process holds it."""
    if os.name == "nt":
        yield True  # an open file could not be deleted
        return
    descriptor = os.open(file, os.O_RDONLY | NO_FOLLOW_FLAGS)
    try:
        yield try_lock(descriptor)
    finally:
        os.close(descriptor)


def partial_path(new: Path) -> Path:
    """Return a hidden path for a file being copied, short enough whatever the file's own name."""
    return new.with_name(f".{hashlib.sha256(os.fsencode(new.name)).hexdigest()[:16]}.part")


def is_moved_copy(old: Path, new: Path) -> bool:
    """Return whether a move from `old` was killed when `new` was complete and `old` not deleted yet."""
    if old.is_symlink() or new.is_symlink():
        return False
    if old.samefile(new):
        return True  # killed between link and unlink, on disks without a safe rename
    if old.stat().st_dev == new.stat().st_dev:
        return False
    with contextlib.suppress(OSError):
        return filecmp.cmp(old, new, shallow=False)
    return False


def _heal_last_move(manifest: Manifest) -> None:
    if not manifest.paths:
        return
    path = manifest.paths[-1]
    if leaves_root(manifest.root, path) or leaves_root(manifest.folder, path):
        return
    old, new = manifest.root / path, manifest.folder / path
    partial_path(new).unlink(missing_ok=True)
    if os.path.lexists(old) and os.path.lexists(new) and is_moved_copy(old, new):
        new.unlink()
