"""Entry point: prepares the environment on a fresh machine, then starts the window or the command line.

Standard library only, and no newer syntax (no annotations, no f-strings), so that an old Python gets far
enough to say which version is needed. Everything slow is in engine/setup/.
"""

import os
import sys

MAIN = os.path.realpath(__file__)
ROOT = os.path.dirname(MAIN)
COMMANDS = (
    "classify",
    "cells",
    "evaluate",
    "compare",
    "report",
    "export",
    "import",
    "train",
    "recipes",
    "scan",
    "restore",
    "backups",
    "merge",
    "competency",
    "models",
    "export-model",
    "fetch",
    "sample",
)
# Set for the process that this file starts: the environment has just been checked.
CHECKED_VARIABLE = "BLOODBENCH_DOOR"

USAGE = """\
Bloodbench: classify folders of single blood-cell images, and see why.
For research and curation, not for diagnosis.

python3 main.py [FOLDER]          open the window (and the folder); sets everything up the first time
python3 main.py classify FOLDER   classify every image and write a table
python3 main.py cells FOLDER      find the cells of whole fields and classify them
python3 main.py evaluate FOLDER   measure a model on labelled images
python3 main.py compare MODEL...  measure several models side by side
python3 main.py report FOLDER     differential count and evaluation as PDF, HTML and tables
python3 main.py export FOLDER     export labelled images for other programs
python3 main.py import PROJECT F  import labels from other programs (F) into a project
python3 main.py train FOLDER      train a new model on labelled images
python3 main.py recipes           list the training recipes
python3 main.py scan FOLDER       find copies, faulty images and wrong labels
python3 main.py restore MANIFEST  restore files from a quarantine folder
python3 main.py backups PROJECT   list the earlier states of a project, or restore one
python3 main.py merge PROJECT P2  merge another person's project of the same images
python3 main.py competency        list competency tests, export them, print a certificate
python3 main.py models            list the installed models
python3 main.py export-model      export a model: Keras, ONNX, OpenVINO
python3 main.py fetch             download a public data set
python3 main.py sample FOLDER     write a small sample folder of drawn cells
python3 main.py COMMAND --help    show the options of a command

python3 main.py test [...]        set up and run the tests (arguments go to pytest)
python3 main.py --gpu [--yes]     add the packages for an NVIDIA card (shows the size and asks first)
python3 main.py --repair          rebuild the program's own Python environment
python3 main.py --version

The environment is .venv beside main.py, or the folder named by BLOODBENCH_VENV.
On Windows: py main.py
"""


def main(argv):
    """Run one command line and return the exit status: 0 done, 1 failed, 2 wrong usage."""
    refusal = python_refusal(sys.version_info)
    if refusal:
        return print_error(refusal, 1)
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)
    word = argv[0] if argv else ""
    if word == "--child" and len(argv) == 2:
        return run_child(argv[1])
    if argv in (["--help"], ["-h"]):
        sys.stdout.write(USAGE)
        return 0
    if argv == ["--version"]:
        return print_version()
    if os.environ.pop(CHECKED_VARIABLE, "") or getattr(sys, "frozen", False):
        return run_command(argv)
    if word == "test":
        return run_tests(argv[1:])
    if word in COMMANDS:
        return run_in_environment(argv, ensure_environment(["app"]))
    if argv in (["--gpu"], ["--gpu", "--yes"], ["--yes", "--gpu"]):
        return add_gpu("--yes" in argv)
    if argv == ["--repair"]:
        return rebuild_environment()
    if not argv or word == "--model" or os.path.exists(word):
        return open_window(argv)
    return print_error(usage_error(word), 2)


def run_command(argv):
    """Run the command or open the window; this Python must have all packages."""
    from engine.matrix_threads import use_one_thread

    use_one_thread()
    if argv and argv[0] in COMMANDS:
        from engine.cli.main import leave, run

        return leave(run(argv))
    from gui.app import main as start_gui

    return start_gui(argv)


def run_child(name):
    """Run a child process (engine.processes); its standard output carries messages only."""
    import runpy

    sys.argv = ["engine.child", name]
    runpy.run_module("engine.child", run_name="__main__", alter_sys=True)
    return 0


def open_window(argv):
    """Open the window, if there is a display."""
    from engine.setup.display import has_display

    if not has_display():
        from engine.messages import Message
        from engine.setup.terminal import refuse

        return refuse(Message("setup.no_display"))
    return run_in_environment(argv, ensure_environment(["app"], qt=True))


def run_tests(arguments):
    """Run the tests, without a display unless QT_QPA_PLATFORM is set."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment = ensure_environment(["app", "test"], qt=True)
    os.chdir(ROOT)
    return environment.hand_over(["-m", "pytest"] + arguments, {})


def add_gpu(agreed):
    """Install the packages for an NVIDIA card."""
    from engine.setup.terminal import plain_errors

    with plain_errors():
        from engine.setup import gpu

        return gpu.add_gpu_packages(agreed)


def rebuild_environment():
    """Make the environment again, with the same groups of packages."""
    from engine.setup.terminal import plain_errors

    with plain_errors():
        from engine.setup.preparation import prepare_environment

        prepare_environment(["app"], rebuild=True)
    return 0


def run_in_environment(argv, environment):
    """Continue in the program's own environment, which may be this Python already."""
    if environment.is_current():
        return run_command(argv)
    return environment.hand_over([MAIN] + argv, {CHECKED_VARIABLE: "1"})


def ensure_environment(groups, qt=False):
    """Return the environment with these groups of packages; a complete one is found in milliseconds."""
    from engine.setup.display import is_qt_checked
    from engine.setup.environment import find_environment

    environment = find_environment(groups)
    if environment is None or (qt and not is_qt_checked(environment)):
        from engine.setup.terminal import plain_errors

        with plain_errors():
            from engine.setup import libraries, networks
            from engine.setup.preparation import prepare_environment

            is_new = environment is None
            environment = environment or prepare_environment(groups)
            if qt:
                libraries.check_libraries(environment)
            if is_new:
                networks.make_networks(environment)
    return environment


def print_version():
    """Print the version."""
    import tomllib

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as stream:
        print("Bloodbench " + tomllib.load(stream)["project"]["version"])
    return 0


def python_refusal(version):
    """Return a sentence naming the supported versions, or '' if this Python is one of them."""
    if (3, 11) <= tuple(version[:2]) <= (3, 13):
        return ""
    running = ".".join(str(number) for number in version[:3])
    return (
        "Bloodbench needs Python 3.11, 3.12 or 3.13, but this is Python "
        + running
        + ": install one of them "
        'and start with it, for example with "python3.12 main.py".'
    )


def usage_error(word):
    """Return the sentence for an unknown command, option or folder."""
    if word.startswith("-"):
        return "There is no option " + word + ' here; see "python3 main.py --help".'
    return 'There is no command and no folder "' + word + '"; see "python3 main.py --help".'


def print_error(sentence, status):
    """Print a sentence on standard error and return `status`."""
    sys.stderr.write(sentence + "\n")
    return status


def restart_in_utf8():
    """Restart with UTF-8 file names where the locale has another encoding, so that names stay intact."""
    encoding = sys.getfilesystemencoding().lower().replace("-", "")
    if os.name == "nt" or encoding == "utf8" or getattr(sys, "frozen", False):
        return
    terminal = getattr(sys.stderr, "encoding", None) or "ascii"
    os.environ.setdefault("PYTHONIOENCODING", terminal + ":backslashreplace")
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable] + getattr(sys, "orig_argv", [""] + sys.argv)[1:])


if __name__ == "__main__":
    restart_in_utf8()
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
