"""Figures of a report as SVG."""

from engine.evaluate.figure_style import Translate, to_svg
from engine.exchange.report.report_data import ACCURACY_TARGETS, Report


def draw_figures(report: Report, translate: Translate = str) -> dict[str, str]:
    """Draw the figures that the report has data for: SVG elements by name, in order.

    The message `report.figure_<name>` is a figure's title.
    """
    from engine.evaluate import plots
    from engine.evaluate.confusion_matrix import confusion_figure

    drawn = {}
    if report.differential.leukocytes:
        drawn["differential"] = plots.differential_figure(
            report.differential, report.class_styles, translate
        )
    if evaluation := report.evaluation:
        class_styles = report.class_styles
        class_names = {class_id: translate(name) for class_id, (name, _) in class_styles.items()}
        drawn["confusion"] = confusion_figure(evaluation.metrics, translate, class_names)
        if evaluation.roc:
            drawn["roc"] = plots.roc_figure(evaluation.roc, class_styles, translate)
        drawn["precision_recall"] = plots.precision_recall_figure(
            evaluation.precision_recall, class_styles, translate
        )
        drawn["reliability"] = plots.reliability_figure(evaluation.reliability, translate)
        drawn["acceptance"] = plots.acceptance_figure(
            evaluation.acceptance, ACCURACY_TARGETS, translate
        )
    return {name: to_svg(figure, name) for name, figure in drawn.items()}
