"""Write docs/models.md and the card of each shipped model from what was measured.

    python docs/make_models.py

Reads `docs/models/NAME.json` (of `bench/models.py --out`), `NAME.history.json` (the epochs of its
training, where they were kept) and the bundles' own cards; so what stands there was measured, or is not there.
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
from engine.classify.devices import choose
from engine.classify.models import installed
from engine.classify.runtime import open_runtime
from engine.evaluate.confusion_matrix import confusion_figure
from engine.evaluate.corruptions import CORRUPTIONS
from engine.evaluate.figure_style import ACCENT, FAINT, INK, LINE, sheet
from engine.evaluate.metrics import Metrics
from engine.images.class_set import load_class_set
from engine.images.resize import square
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
    for model in installed():
        file = OUT / f"{model.name}.json"
        if not (model.shipped and model.card and file.exists()):
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
    told = [
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
            f"| off-topic pictures without a cell, AUROC of the bundle's statistics | {off['no_cell']:.4f} |\n"
            f"| to look at for 99% accuracy of the rest | {found['clean']['look_at']['0.99']:.1%} of images |\n"
            f"| size on disk | {found['model']['megabytes']} MB |"
        ),
        _measured_on(found),
        "Balanced error of each corruption, in per cent, by severity:",
        "| | 1 | 2 | 3 | 4 | 5 |\n|---|---|---|---|---|---|\n"
        + "\n".join(
            f"| {one.replace('_', ' ')} | " + " | ".join(f"{100 * x:.1f}" for x in errors) + " |"
            for one, errors in bad["errors"].items()
        ),
        "Off topic, AUROC a kind: "
        + ", ".join(f"{kind} {area:.3f}" for kind, area in off["kinds"].items())
        + ".",
        "By group of slides (colour of the glass, `bench/slide_groups.py`; all groups were trained on):",
        "| group | images | held out | accuracy |\n|---|---|---|---|\n"
        + "\n".join(
            f"| {one['group']} | {one['images']} | {one['n']} | {_format_accuracy(one)} |"
            for one in found["groups"]
        ),
        (
            "As other laboratories might show them (`bench/restaining.py`), accuracy on five classes with any "
            "of the eight as answer; with one of the five; on all classes:"
        ),
        "| look | crop | five | best of five | all eight |\n|---|---|---|---|---|\n"
        + "\n".join(
            f"| {look} | {crop} | "
            + " | ".join(_format_accuracy(one[what]) for what in ("five", "best_of_five", "all"))
            + " |"
            for look, crops in found["restained"].items()
            for crop, one in crops.items()
        ),
        "\n".join(figures),
    ]
    return "\n\n".join(told)


def _measured_on(found: dict[str, Any]) -> str:
    how = found["measured"]
    return f"`{how['command']}`, {how['minutes']} minutes on {how['machine']}, {how['on']}."


def _format_accuracy(one: dict[str, Any]) -> str:
    low, high = one["interval"]
    return f"{one['accuracy']:.1%} ({low:.0%} to {high:.0%})"


def _draw_figures(name: str, found: dict[str, Any]) -> list[str]:
    metrics = msgspec.convert(found["clean"]["metrics"], Metrics)
    names = {one.id: one.name for one in load_class_set().classes}
    _save(confusion_figure(metrics, called=names), f"{name}-confusion.svg")
    told = [f"![Confusion matrix of the held-out images](models/{name}-confusion.svg)"]
    with sheet(6.4, 3.4) as (figure, axes):
        for index, (kind, errors) in enumerate(found["corrupted"]["errors"].items()):
            colour = (ACCENT, INK, FAINT)[index % 3]
            dash = ("-", (0, (4, 1.5)), (0, (1, 1)), (0, (6, 1, 1, 1)))[index // 3]
            values = [100 * one for one in errors]
            axes.plot(
                range(1, 6), values, color=colour, linestyle=dash, label=kind.replace("_", " ")
            )
        axes.set(xlabel="severity", ylabel="balanced error, per cent", xticks=range(1, 6))
        axes.set_ylim(bottom=0)
        axes.grid(axis="y", color=LINE)
        axes.legend(frameon=False, fontsize=7, ncols=2)
    _save(figure, f"{name}-corruptions.svg")
    told.append(f"![Error of each corruption](models/{name}-corruptions.svg)")
    history = OUT / f"{name}.history.json"
    if history.exists():
        epochs = json.loads(history.read_text(encoding="utf-8"))
        with sheet(6.4, 3.0) as (figure, axes):
            for key, label, colour in (
                ("accuracy", "training, augmented", FAINT),
                ("val_accuracy", "validation", ACCENT),
            ):
                axes.plot(
                    range(1, len(epochs) + 1),
                    [100 * one[key] for one in epochs],
                    color=colour,
                    label=label,
                )
            axes.set(xlabel="epoch", ylabel="accuracy, per cent")
            axes.grid(axis="y", color=LINE)
            axes.legend(frameon=False, fontsize=8)
        _save(figure, f"{name}-learning.svg")
        told.append(f"![Learning curve](models/{name}-learning.svg)")
    return told


def _save(figure: Any, name: str) -> None:
    from matplotlib import rc_context

    # Without a date and with ids that depend on the name alone: the same figures, the same file.
    with rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}):
        figure.savefig(OUT / name, format="svg", facecolor="white", metadata={"Date": None})


def _draw_failures(bundle: Bundle, out: Path) -> None:
    """Draw the sample's cells that the model reads wrong: up to two of each kind."""
    from matplotlib.figure import Figure

    drawn = []
    for number, kind in enumerate(CELLS):
        for index in range(12):
            rng = np.random.default_rng((11, number, index))
            drawn.append((kind, render_cell(kind, rng, make_slide(rng))))
    size = bundle.card.preprocessing.size
    runtime = open_runtime(bundle, choose("cpu"), Job())
    try:
        pixels = np.stack([square(one, size) for _, one in drawn])
        ((_, outputs),) = runtime.stream([(None, pixels)])
    finally:
        runtime.close()
    said = softmax(outputs.logits, bundle.card.calibration.temperature)
    wrong: dict[str, list[tuple[Any, str]]] = {}
    right = 0
    for (kind, picture), row in zip(drawn, said, strict=True):
        name = bundle.card.classes[row.argmax()]
        right += name == kind
        if name != kind and len(wrong.setdefault(kind, [])) < 2:
            called = f"{kind.replace('_', ' ')}\nread {name.replace('_', ' ')}, {row.max():.0%}"
            wrong[kind].append((picture, called))
    shown = [one for some in wrong.values() for one in some][:10]
    figure = Figure(figsize=(8, 2.1 * -(-max(1, len(shown)) // 5)), dpi=90)
    for place, (picture, called) in enumerate(shown, 1):
        axes = figure.add_subplot(-(-len(shown) // 5), 5, place)
        axes.imshow(picture)
        axes.set_title(called, fontsize=6)
        axes.axis("off")
    figure.suptitle(
        f"{right} of {len(drawn)} drawn cells read right; some that were not", fontsize=8
    )
    figure.tight_layout()
    figure.savefig(out, metadata={"Software": None})


def _model_card(name: str, title: str, bundle: Bundle, found: dict[str, Any]) -> str:
    card, metrics = bundle.card, found["clean"]["metrics"]
    worst = sorted(metrics["per_class"].items(), key=lambda one: one[1]["recall"])[:3]
    corruptions = {kind: float(np.mean(found["corrupted"]["errors"][kind])) for kind in CORRUPTIONS}
    hard = sorted(corruptions, key=lambda kind: -corruptions[kind])[:3]
    start = "the weights of another model" if card.parent else f"start `{card.recipe['start']}`"
    counts = ", ".join(f"{kind} {n:,}" for kind, n in card.training_data.per_class.items())
    low, high = metrics["accuracy_interval"]
    foreign = [
        one["five"]["accuracy"]
        for look, crops in found["restained"].items()
        if look != "own"
        for one in crops.values()
    ]
    return f"""# {title}

**{USE}** Made by `docs/make_models.py`; all figures are in [models.md](../models.md).

- **What it is.** {ARCHITECTURES[card.architecture].name}, {card.preprocessing.size} pixels, \
{len(card.classes)} classes, {found["model"]["megabytes"]} MB; model id `{card.model_id[:16]}`.
- **Meant for.** Sorting folders of single cells of normal peripheral blood, one cell a picture, stained \
with May Grünwald-Giemsa or a stain like it; finding what does not belong, checking labels, a start for \
training. A person decides.
- **Not for.** Diagnosis or any decision about a patient; whole fields with several cells; bone marrow; \
diseased cells, which it has never seen and calls one of its classes.
- **Data.** {card.training_data.description} Images a class: {counts}.
- **Licence of the data.** {card.training_data.licence}. {card.training_data.attribution}
- **Training.** `{card.command}`; from {start}, seed {card.recipe["seed"]}, {card.created[:10]}; \
{", ".join(f"{key} {value}" for key, value in card.software.items())}.
- **Figures.** {metrics["accuracy"]:.2%} of {metrics["n"]:,} held-out images (95% interval {low:.1%} to \
{high:.1%}), ROC AUC {metrics["roc_auc"]:.4f}, calibration error {metrics["ece"]:.2%}; corrupted: balanced \
error {found["corrupted"]["mean"]:.1%}, calibration error {found["corrupted"]["ece"]:.1%}. The held-out \
images come from the same laboratory as those it learned from, and maybe from the same slides.
- **Weakest.** Recall: \
{", ".join(f"{kind.replace('_', ' ')} {one['recall']:.1%}" for kind, one in worst)}. Corruptions: \
{", ".join(f"{kind.replace('_', ' ')} {corruptions[kind]:.0%} error" for kind in hard)}. Pictures stained \
and cropped unlike its own: {min(foreign):.0%} to {max(foreign):.0%} on five classes, so look at some by hand \
before trusting a percentage.
- **Where it fails.** Drawn cells of the program's sample, which it was not trained on:

![Drawn cells that it reads wrong]({name}-drawn.png)
"""


if __name__ == "__main__":
    sys.exit(main())
