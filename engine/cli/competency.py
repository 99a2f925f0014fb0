"""`competency` command: listing, exporting and certifying the competency tests of this computer."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.output_options import OutputKind
from engine.cli.progress import say
from engine.messages import Message, Problem, render

if TYPE_CHECKING:
    from engine.competency.export import TakenTest

_FORMATS = (".csv", ".json", ".pdf")


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "competency",
        help="list competency tests, export them, or print a certificate",
        description="List the competency tests taken on this computer, newest first: number, "
        "person, time, folder, whether it has ended, cells, correct ones, their share with its 95% "
        "interval, and kappa. Tests are taken in the window (Report, Competency test).",
        allow_abbrev=False,
    )
    parser.add_argument(
        "project",
        metavar="PROJECT|FOLDER",
        type=Path,
        nargs="?",
        help="only tests of this .bloodbench file, or of its images (default: all)",
    )
    parser.add_argument(
        "--person", metavar="NAME", default="", help="only the tests of this person"
    )
    parser.add_argument(
        "--number", metavar="N", type=int, help="only the test with this number of the list"
    )
    parser.add_output(
        "--out",
        OutputKind.FILE,
        metavar="FILE",
        type=Path,
        help="write the listed tests as .csv (one row per cell) or .json, or one test as a "
        "certificate (.pdf; the newest one unless --number says otherwise)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the tests, or write them to a file."""
    from engine.competency.export import export_file
    from engine.competency.store import CompetencyStore
    from engine.text import collapse_whitespace, comparable_name

    suffix = args.out.suffix.lower() if args.out else ""
    if args.out and suffix not in _FORMATS:
        raise Problem("competency.no_such_format", file=str(args.out))
    out = export_file(args.out) if args.out else None
    project = _project_id(args.project) if args.project else ""
    with CompetencyStore() as store:
        if store.recovery is not None:
            say(render(store.recovery))
        found = store.tests(project=project)
        person = comparable_name(args.person)
        tests = [test for test in found if person in ("", comparable_name(test.person))]
        if found and not tests:
            people = sorted({collapse_whitespace(test.person) for test in found})
            raise Problem("competency.none_of_person", who=args.person, people=", ".join(people))
        if args.number is not None:
            if not 1 <= args.number <= len(tests):
                raise Problem("competency.no_such", number=args.number, count=len(tests))
            tests = [tests[args.number - 1]]
        taken: list[TakenTest] = [(test, store.cells(test)) for test in tests]
    if not taken:
        say(render(Message("competency.none")))
        return 0 if out is None else 1
    if out is None:
        _print(taken, args.number or 1)
        return 0
    if suffix == ".pdf":
        from engine.competency.certificate import certificate_pdf

        ended = next((pair for pair in taken if pair[0].ended), None)
        if ended is None:
            raise Problem("competency.not_ended")
        out.write(certificate_pdf(*ended))
    else:
        from engine.competency import export

        (export.export_csv if suffix == ".csv" else export.export_json)(taken, out)
    say(render(Message("competency.written", {"file": str(args.out)})))
    return 0


def _project_id(path: Path) -> str:
    from engine.cli.project_input import project_file
    from engine.project.library_index import read_project_summary

    return read_project_summary(project_file(path)).id


def _print(taken: "list[TakenTest]", first: int) -> None:
    from engine.competency.score import score_cells
    from engine.text import collapse_whitespace

    print("number\tperson\ttime\tfolder\tended\tcells\tcorrect\tshare\tlow\thigh\tkappa")
    for number, (test, cells) in enumerate(taken, first):
        overall = score_cells(cells).overall
        low, high = overall.interval
        has_score = bool(test.ended) and overall.share is not None
        figures = (
            [str(overall.agreed), f"{overall.share:.4f}", f"{low:.4f}", f"{high:.4f}"]
            if has_score
            else [""] * 4
        )
        kappa = overall.kappa if has_score else None
        columns = [
            str(number),
            collapse_whitespace(test.person),
            test.started,
            collapse_whitespace(test.folder),
            "yes" if test.ended else "no",
            str(overall.n),
            *figures,
            "" if kappa is None else f"{kappa:.4f}",
        ]
        print("\t".join(columns))
