"""Speed of project files: one label, 10,000 labels at once, linking and opening a large folder."""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from common import ROOT, markdown_table

sys.path.insert(0, str(ROOT))

from engine.images.record import ImageRecord
from engine.jobs import Job
from engine.project.fingerprint import Sampler
from engine.project.project import Project


class NamesOnlyFolder:
    """Image names without files, to time linking without reading images."""

    def __init__(self, root: Path, count: int) -> None:
        self.root = root
        self.records = [
            ImageRecord(f"class_{number % 8}/cell_{number:06}.jpg", None, None, 20_000 + number, 1)
            for number in range(count)
        ]

    def digest(self, record: ImageRecord) -> str:
        """Return a synthetic hash, different for each image."""
        return f"{record.size:064x}"


def time_step(rows: list[list[str]], name: str, work: Callable[[], object]) -> float:
    """Run `work`, append its duration and processor time to the table and return the seconds."""
    started, processor_started = time.perf_counter(), time.process_time()
    work()
    seconds = time.perf_counter() - started
    processor_seconds = time.process_time() - processor_started
    rows.append([name, f"{seconds * 1000:,.0f} ms", f"{processor_seconds * 1000:,.0f} ms"])
    return seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--bulk", type=int, default=10_000)
    parser.add_argument("--labels", type=int, default=500)
    parser.add_argument("--folder", type=Path, help="where the project is written")
    args = parser.parse_args()
    place = Path(tempfile.mkdtemp(dir=args.folder))
    try:
        measure(place, args)
    finally:
        shutil.rmtree(place)


def measure(place: Path, args: argparse.Namespace) -> None:
    """Time all steps on one project in the folder `place`."""
    rows: list[list[str]] = []
    folder = NamesOnlyFolder(place / "images", args.images)
    paths = [record.path for record in folder.records]
    many = f"{args.images:,} images"
    project = Project.create(place / "bench.bloodbench", "bench")
    time_step(rows, f"first link of {many}", lambda: project.link(Job(), folder, folder.records))
    time_step(
        rows, "the same, nothing changed", lambda: project.link(Job(), folder, folder.records)
    )
    time_step(rows, "sample of the same", lambda: Sampler(Job(), folder, folder.records).sample())
    time_step(rows, "confirm, without reading files", lambda: project.verify_links(Job(), folder))
    times = []
    for number in range(args.labels):
        started = time.perf_counter()
        project.apply("label", [(paths[number], "label", "monocyte")], who="bench")
        times.append(1000 * (time.perf_counter() - started))
    rows.append(["one label to disk, median", f"{statistics.median(times):.2f} ms", ""])
    rows.append([f"longest of {args.labels}", f"{max(times):.2f} ms", ""])
    bulk = [(path, "label", "neutrophil") for path in paths[-args.bulk :]]
    time_step(
        rows, f"{args.bulk:,} labels at once", lambda: project.apply("label", bulk, who="bench")
    )
    time_step(rows, "undo of these", lambda: project.undo("bench"))
    time_step(rows, "redo", lambda: project.redo("bench"))
    everything = [(path, "label", "platelet") for path in paths]
    time_step(
        rows, f"labels for all {many}", lambda: project.apply("label", everything, who="bench")
    )
    time_step(rows, "reading all decisions", project.decisions)
    time_step(rows, "link, all decided", lambda: project.link(Job(), folder, folder.records))
    time_step(rows, "save a copy", lambda: project.save_copy(place / "copy.bloodbench"))
    time_step(rows, "close", project.close)
    time_step(rows, "open", lambda: Project.open(project.file).close())
    rows.append(["size of the file", f"{project.file.stat().st_size / 2**20:.0f} MB", ""])
    print(markdown_table(["what", "time", "processor time"], rows))


if __name__ == "__main__":
    main()
