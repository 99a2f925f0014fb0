"""The figures of a report as SVG, by name, in the order they are shown."""

from engine.evaluate.figure_style import Words, svg
from engine.exchange.report.report_data import TARGETS, Report


def figures(report: Report, translate: Words = str) -> dict[str, str]:
    """Return what there is to draw: name (`report.figure_<name>` is its title) to SVG element."""
    from engine.evaluate import plots
    from engine.evaluate.confusion_matrix import confusion_figure

    made = {}
    if report.differential.leukocytes:
        made["differential"] = plots.differential_figure(
            report.differential, report.looks, translate
        )
    if found := report.evaluation:
        looks = report.looks
        called = {one: translate(name) for one, (name, _) in looks.items()}
        made["confusion"] = confusion_figure(found.metrics, translate, called)
        if found.roc:
            made["roc"] = plots.roc_figure(found.roc, looks, translate)
        made["precision_recall"] = plots.precision_recall_figure(
            found.precision_recall, looks, translate
        )
        made["reliability"] = plots.reliability_figure(found.reliability, translate)
        made["acceptance"] = plots.acceptance_figure(found.acceptance, TARGETS, translate)
    return {name: svg(figure, name) for name, figure in made.items()}
