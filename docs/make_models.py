"""Model pages: docs/models.md and a card for each shipped model, from measurements.

    python docs/make_models.py

Reads `docs/models/NAME.json` (from `bench/models.py --out`), `NAME.history.json` (the epochs of its
training, if available) and the cards of the bundles, so that every figure on the pages was measured.
"""

# ruff: noqa: E402  (the path to the program comes first)

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import msgspec
import numpy as np

from engine.classify.architectures import ARCHITECTURES
from engine.classify.bundle import Bundle
from engine.classify.calibration import softmax
from engine.classify.devices import choose_device
from engine.classify.models import installed_models
from engine.classify.runtime import open_runtime
from engine.evaluate.confusion_matrix import confusion_figure
from engine.evaluate.corruptions import CORRUPTIONS
from engine.evaluate.figure_style import ACCENT, FAINT, INK, LINE, new_figure
from engine.evaluate.metrics import Metrics
from engine.images.class_set import load_class_set
from engine.images.resize import resize_to_square
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.field import make_slide
from engine.jobs import Job

OUT = ROOT / "docs/models"
USE = "Research and curation use, not for diagnosis."
REPORT = """\
| custom VGG | 95.11% | 95.44% | 95.11% | 91.57% | the report |
| MobileNetV3Small, ImageNet weights | 96.61% | 96.61% | 96.61% | 99.85% | the report |
| EfficientNetB4, AugMix and RandAugment, ImageNet weights | 96.82% | 96.90% | 96.82% | 99.87% | the report |
| EfficientNetB4, ImageNet weights | 99.33% | 99.33% | 99.33% | 99.99% | the report |"""


def main() -> int:
    """Write all pages and figures."""
    sections, rows = [], []
    for model in installed_models():
        file = OUT / f"{model.name}.json"
        if not (model.is_shipped and model.card and file.exists()):
            continue
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["model"]["id"] != model.card.model_id:
            sys.exit(f"{file.name} was measured on other weights: run bench/models.py again")
        bundle = Bundle.open(model.folder)
        figures = _draw_figures(model.name, found)
        _draw_failures(bundle, OUT / f"{model.name}-drawn.png")
        rows.append(_table_row(model.title, found))
        sections.append(_section(model.name, model.title, found, figures))
        page = _model_card(model.name, model.title, bundle, found)
        (OUT / f"{model.name}.md").write_text(page, encoding="utf-8")
    text = (ROOT / "docs/models.in.md").read_text(encoding="utf-8")
    text = text.replace("{{rows}}", "\n".join([*rows, REPORT]))
    text = text.replace("{{models}}", "\n\n".join(sections))
    text = text.replace("{{views}}", (OUT / "views.md").read_text(encoding="utf-8").strip())
    text = text.replace("{{ladder}}", (OUT / "ladder.md").read_text(encoding="utf-8").strip())
    (ROOT / "docs/models.md").write_text(text, encoding="utf-8")
    return 0


def _table_row(title: str, found: dict[str, Any]) -> str:
    metrics = found["clean"]["metrics"]
    names = ("accuracy", "precision_weighted", "recall_weighted", "roc_auc")
    shares = " | ".join(f"**{metrics[name]:.2%}**" for name in names)
    return f"| {title}, {found['model']['size']} px | {shares} | held-out fifth, here |"


def _section(name: str, title: str, found: dict[str, Any], figures: list[str]) -> str:
    low, high = found["clean"]["metrics"]["accuracy_interval"]
    metrics, bad, off = found["clean"]["metrics"], found["corrupted"], found["off_topic"]
    parts = [
        f"## {title} ([card](models/{name}.md))",
        (
            "| figure | measured |\n|---|---|\n"
            f"| accuracy, {metrics['n']:,} held-out images (95% interval) | {metrics['accuracy']:.2%} "
            f"({low:.1%} to {high:.1%}) |\n"
            f"| balanced accuracy | {metrics['balanced_accuracy']:.2%} |\n"
            f"| ROC AUC, mean of classes | {metrics['roc_auc']:.4f} |\n"
            f"| expected calibration error, clean | {metrics['ece']:.2%} |\n"
            f"| the same, corrupted: all readings together; mean of the 55 sets | {bad['ece']:.2%}; "
            f"{bad['ece_mean']:.2%} |\n"
            f"| mean balanced error over eleven corruptions × five severities at {bad['edge']} px, "
            f"{bad['images']:,} images | {bad['mean']:.2%} (clean {bad['clean']:.2%}) |\n"
            f"| off-topic images without a cell, AUROC of the bundle's statistics | {off['no_cell']:.4f} |\n"
            f"| to review for 99% accuracy of the rest | {found['clean']['look_at']['0.99']:.1%} of images |\n"
            f"| size on disk | {found['model']['megabytes']} MB |"
        ),
        _measured_on(found),
        "Balanced error by corruption and severity, in per cent:",
        "| | 1 | 2 | 3 | 4 | 5 |\n|---|---|---|---|---|---|\n"
        + "\n".join(
            f"| {name.replace('_', ' ')} | " + " | ".join(f"{100 * x:.1f}" for x in errors) + " |"
            for name, errors in bad["errors"].items()
        ),
        "Off-topic images, AUROC by kind: "
        + ", ".join(f"{kind} {area:.3f}" for kind, area in off["kinds"].items())
        + ".",
        "By slide group (background colour, `bench/slide_groups.py`; all groups were used in training):",
        "| group | images | held out | accuracy |\n|---|---|---|---|\n"
        + "\n".join(
            f"| {group['group']} | {group['images']} | {group['n']} | {_format_accuracy(group)} |"
            for group in found["groups"]
        ),
        (
            "Re-stained as in other laboratories (`bench/restaining.py`): accuracy on five classes with eight "
            "possible answers; with five possible answers; on all classes:"
        ),
        "| staining | crop | five | best of five | all eight |\n|---|---|---|---|---|\n"
        + "\n".join(
            f"| {staining} | {crop} | "
            + " | ".join(_format_accuracy(result[key]) for key in ("five", "best_of_five", "all"))
            + " |"
            for staining, crops in found["restained"].items()
            for crop, result in crops.items()
        ),
        "\n".join(figures),
    ]
    return "\n\n".join(parts)


def _measured_on(found: dict[str, Any]) -> str:
    how = found["measured"]
    return f"`{how['command']}`, {how['minutes']} minutes on {how['machine']}, {how['on']}."


def _format_accuracy(result: dict[str, Any]) -> str:
    low, high = result["interval"]
    return f"{result['accuracy']:.1%} ({low:.0%} to {high:.0%})"


def _draw_figures(name: str, found: dict[str, Any]) -> list[str]:
    metrics = msgspec.convert(found["clean"]["metrics"], Metrics)
    names = {item.id: item.name for item in load_class_set().classes}
    _save(confusion_figure(metrics, class_names=names), f"{name}-confusion.svg")
    images = [f"![Confusion matrix of the held-out images](models/{name}-confusion.svg)"]
    with new_figure(6.4, 3.4) as (figure, axes):
        for index, (kind, errors) in enumerate(found["corrupted"]["errors"].items()):
            colour = (ACCENT, INK, FAINT)[index % 3]
            dash = ("-", (0, (4, 1.5)), (0, (1, 1)), (0, (6, 1, 1, 1)))[index // 3]
            values = [100 * error for error in errors]
            axes.plot(
                range(1, 6), values, color=colour, linestyle=dash, label=kind.replace("_", " ")
            )
        axes.set(xlabel="severity", ylabel="balanced error, per cent", xticks=range(1, 6))
        axes.set_ylim(bottom=0)
        axes.grid(axis="y", color=LINE)
        axes.legend(frameon=False, fontsize=7, ncols=2)
    _save(figure, f"{name}-corruptions.svg")
    images.append(f"![Error by corruption](models/{name}-corruptions.svg)")
    history = OUT / f"{name}.history.json"
    if history.exists():
        epochs = json.loads(history.read_text(encoding="utf-8"))
        with new_figure(6.4, 3.0) as (figure, axes):
            for key, label, colour in (
                ("accuracy", "training, augmented", FAINT),
                ("val_accuracy", "validation", ACCENT),
            ):
                axes.plot(
                    range(1, len(epochs) + 1),
                    [100 * epoch[key] for epoch in epochs],
                    color=colour,
                    label=label,
                )
            axes.set(xlabel="epoch", ylabel="accuracy, per cent")
            axes.grid(axis="y", color=LINE)
            axes.legend(frameon=False, fontsize=8)
        _save(figure, f"{name}-learning.svg")
        images.append(f"![Learning curve](models/{name}-learning.svg)")
    return images


def _save(figure: Any, name: str) -> None:
    from matplotlib import rc_context

    # Without a date and with reproducible ids, so that the same figure gives the same file.
    with rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}):
        figure.savefig(OUT / name, format="svg", facecolor="white", metadata={"Date": None})


def _draw_failures(bundle: Bundle, out: Path) -> None:
    """Draw up to two misclassified sample cells of each class."""
    from matplotlib.figure import Figure

    drawn = []
    for number, kind in enumerate(CELLS):
        for index in range(12):
            rng = np.random.default_rng((11, number, index))
            drawn.append((kind, render_cell(kind, rng, make_slide(rng))))
    size = bundle.card.preprocessing.size
    runtime = open_runtime(bundle, choose_device("cpu"), Job())
    try:
        pixels = np.stack([resize_to_square(image, size) for _, image in drawn])
        ((_, outputs),) = runtime.stream([(None, pixels)])
    finally:
        runtime.close()
    probabilities = softmax(outputs.logits, bundle.card.calibration.temperature)
    wrong: dict[str, list[tuple[Any, str]]] = {}
    correct = 0
    for (kind, image), row in zip(drawn, probabilities, strict=True):
        name = bundle.card.classes[row.argmax()]
        correct += name == kind
        if name != kind and len(wrong.setdefault(kind, [])) < 2:
            caption = f"{kind.replace('_', ' ')}\nread {name.replace('_', ' ')}, {row.max():.0%}"
            wrong[kind].append((image, caption))
    shown = [item for items in wrong.values() for item in items][:10]
    figure = Figure(figsize=(8, 2.1 * -(-max(1, len(shown)) // 5)), dpi=90)
    for position, (image, caption) in enumerate(shown, 1):
        axes = figure.add_subplot(-(-len(shown) // 5), 5, position)
        axes.imshow(image)
        axes.set_title(caption, fontsize=6)
        axes.axis("off")
    figure.suptitle(
        f"{correct} of {len(drawn)} drawn cells classified correctly; some that were not",
        fontsize=8,
    )
    figure.tight_layout()
    figure.savefig(out, metadata={"Software": None})


def _model_card(name: str, title: str, bundle: Bundle, found: dict[str, Any]) -> str:
    card, metrics = bundle.card, found["clean"]["metrics"]
    worst = sorted(metrics["per_class"].items(), key=lambda item: item[1]["recall"])[:3]
    corruptions = {kind: float(np.mean(found["corrupted"]["errors"][kind])) for kind in CORRUPTIONS}
    hard = sorted(corruptions, key=lambda kind: -corruptions[kind])[:3]
    start = "the weights of another model" if card.parent else f"start `{card.recipe['start']}`"
    counts = ", ".join(f"{kind} {n:,}" for kind, n in card.training_data.per_class.items())
    low, high = metrics["accuracy_interval"]
    foreign = [
        result["five"]["accuracy"]
        for staining, crops in found["restained"].items()
        if staining != "own"
        for result in crops.values()
    ]
    return f"""# {title}

**{USE}** Made by `docs/make_models.py`; all figures are in [models.md](../models.md).

- **Model.** {ARCHITECTURES[card.architecture].name}, {card.preprocessing.size} pixels, \
{len(card.classes)} classes, {found["model"]["megabytes"]} MB; model id `{card.model_id[:16]}`.
- **Intended use.** Sorting folders of single cells of normal peripheral blood, one cell per image, stained \
with May Grünwald-Giemsa or a similar stain; finding off-topic images, checking labels, initial weights for \
training. A person decides.
- **Out of scope.** Diagnosis or any decision about a patient; whole fields with several cells; bone marrow; \
abnormal cells, which it has never seen and assigns to one of its classes.
- **Data.** {card.training_data.description} Images per class: {counts}.
- **Licence of the data.** {card.training_data.licence}. {card.training_data.attribution}
- **Training.** `{card.command}`; from {start}, seed {card.recipe["seed"]}, {card.created[:10]}; \
{", ".join(f"{key} {value}" for key, value in card.software.items())}.
- **Figures.** {metrics["accuracy"]:.2%} of {metrics["n"]:,} held-out images (95% interval {low:.1%} to \
{high:.1%}), ROC AUC {metrics["roc_auc"]:.4f}, calibration error {metrics["ece"]:.2%}; corrupted: balanced \
error {found["corrupted"]["mean"]:.1%}, calibration error {found["corrupted"]["ece"]:.1%}. The held-out \
images come from the same laboratory as the training images, and possibly from the same slides.
- **Weakest results.** Recall: \
{", ".join(f"{kind.replace('_', ' ')} {result['recall']:.1%}" for kind, result in worst)}. Corruptions: \
{", ".join(f"{kind.replace('_', ' ')} {corruptions[kind]:.0%} error" for kind in hard)}. Re-stained and \
differently cropped images: {min(foreign):.0%} to {max(foreign):.0%} on five classes, so check some by hand \
before trusting a percentage.
- **Failures.** Drawn cells of the program's sample, which was not used in training:

![Drawn cells that it misclassifies]({name}-drawn.png)
"""


if __name__ == "__main__":
    sys.exit(main())
