"""Signed folders: class folders of images whose project in the library somebody signed off."""

from pathlib import Path

from PIL import Image
from project_helpers import scan_folder
from tiny_model import CLASSES, class_image

from engine.classify.bundle import Bundle
from engine.exchange.report.builder import build_report
from engine.exchange.report.context import ReportContext, classes_of_set
from engine.exchange.report.project_context import sign_off
from engine.images.class_set import load_class_set
from engine.jobs import Job
from engine.project.library import Library


def sign_folder(root: Path, bundle: Path, numbers: tuple[int, ...], cells: int = 8) -> Path:
    """Write cells of some classes into a folder, let Anna sign it off, and return its project file."""
    for number in numbers:
        (root / CLASSES[number]).mkdir(parents=True)
        for seed in range(cells):
            image = Image.fromarray(class_image(number, seed=1000 + seed + 100 * number))
            image.save(root / CLASSES[number] / f"s{seed}.png")
    source, records = scan_folder(root)
    with Library().create(source, records, root.name) as project:
        project.link(Job(), source, records)
        project.verify_links(Job(), source)
        project.apply("confirm", [(r.path, "label", r.label) for r in records[::2]], who="Anna")
        context = ReportContext(Bundle.open(bundle).card, classes_of_set(load_class_set()), "t")
        sign_off(project, build_report([], context), "Anna")
        return project.file
