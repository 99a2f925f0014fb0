"""The door: prepares the environment on a fresh machine, then hands over to the window or the command line.

Standard library only, and without the words of newer Pythons (no annotations, no f-strings), so that an
old Python gets far enough to say which one is needed. All that is longer than a look is in engine/setup/.
"""

import os
import sys

MAIN = os.path.realpath(__file__)
ROOT = os.path.dirname(MAIN)
COMMANDS = (
    "classify",
    "evaluate",
    "compare",
    "report",
    "export",
    "import",
    "train",
    "recipes",
    "scan",
    "restore",
    "models",
    "export-model",
    "fetch",
    "sample",
)
# Set for the one process that the door starts: the checks were made a moment ago.
OPEN = "BLOODBENCH_DOOR"

USAGE = """\
Bloodbench: classify folders of single blood-cell images, and see why.
For research and curation, not for diagnosis.

python3 main.py [FOLDER]          open the window (and the folder); the first time, set everything up
python3 main.py classify FOLDER   what the model says of every image, as a table
python3 main.py evaluate FOLDER   how well it does on images with labels
python3 main.py compare MODEL...  how well several models do, side by side
python3 main.py report FOLDER     a differential count and an evaluation, as PDF, HTML and tables
python3 main.py export FOLDER     labelled images in a format of other programs
python3 main.py import PROJECT F  labels from other programs (F) into a project
python3 main.py train FOLDER      a new model from images with labels
python3 main.py recipes           the ways a model can be trained
python3 main.py scan FOLDER       what does not belong in it, and why
python3 main.py restore MANIFEST  put back what was moved to a quarantine folder
python3 main.py models            the models that are installed
python3 main.py export-model      a model for other programs: Keras, ONNX, OpenVINO
python3 main.py fetch             public data sets
python3 main.py sample FOLDER     a folder of drawn cells to try things on
python3 main.py COMMAND --help    the options of a command

python3 main.py test [...]        set up what the tests need and run them (arguments go to pytest)
python3 main.py --gpu [--yes]     add what an NVIDIA card needs (says how much, and asks first)
python3 main.py --repair          make the program's own Python environment again
python3 main.py --version

The environment is .venv beside main.py, or the folder named by BLOODBENCH_VENV.
On Windows: py main.py
"""


def main(argv):
    """Do what the command line asks and return the exit status: 0 done, 1 not possible, 2 wrong use."""
    refusal = wrong_python(sys.version_info)
    if refusal:
        return complain(refusal, 1)
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)
    word = argv[0] if argv else ""
    if word == "--child" and len(argv) == 2:
        return child(argv[1])
    if argv in (["--help"], ["-h"]):
        sys.stdout.write(USAGE)
        return 0
    if argv == ["--version"]:
        return version()
    if os.environ.pop(OPEN, "") or getattr(sys, "frozen", False):
        return work(argv)
    if word == "test":
        return test(argv[1:])
    if word in COMMANDS:
        return enter(argv, prepared(["app"]))
    if argv in (["--gpu"], ["--gpu", "--yes"], ["--yes", "--gpu"]):
        return add_gpu("--yes" in argv)
    if argv == ["--repair"]:
        return repair()
    if not argv or word == "--model" or os.path.exists(word):
        return window(argv)
    return complain(wrong_use(word), 2)


def work(argv):
    """Do the work itself; this Python has all the packages."""
    if argv and argv[0] in COMMANDS:
        from engine.cli.main import run

        return run(argv)
    from gui.app import main as open_window

    return open_window(argv)


def child(name):
    """Run a child process (engine.processes); standard output belongs to its messages."""
    import runpy

    sys.argv = ["engine.train.child", name]
    runpy.run_module("engine.train.child", run_name="__main__", alter_sys=True)
    return 0


def window(argv):
    """Open the window, if there is something to show it on."""
    from engine.setup.desktop import has_display

    if not has_display():
        from engine.messages import Message
        from engine.setup.saying import refuse

        return refuse(Message("setup.no_display"))
    return enter(argv, prepared(["app"], qt=True))


def test(arguments):
    """Run the tests, without a screen unless told otherwise."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment = prepared(["app", "test"], qt=True)
    os.chdir(ROOT)
    return environment.hand_over(["-m", "pytest"] + arguments, {})


def add_gpu(agreed):
    """Add the packages for an NVIDIA card."""
    from engine.setup.saying import plainly

    with plainly():
        from engine.setup import gpu

        return gpu.add(agreed)


def repair():
    """Make the environment again, with all that was in it."""
    from engine.setup.saying import plainly

    with plainly():
        from engine.setup.prepare import prepare

        prepare(["app"], anew=True)
    return 0


def enter(argv, environment):
    """Go on in the program's own environment; this Python may be it already."""
    if environment.is_current():
        return work(argv)
    return environment.hand_over([MAIN] + argv, {OPEN: "1"})


def prepared(groups, qt=False):
    """Return the environment with these groups of packages; what is whole already is found in milliseconds."""
    from engine.setup.desktop import is_checked
    from engine.setup.environment import find

    environment = find(groups)
    if environment is None or (qt and not is_checked(environment)):
        from engine.setup.saying import plainly

        with plainly():
            from engine.setup import libraries, networks
            from engine.setup.prepare import prepare

            made = environment is None
            environment = environment or prepare(groups)
            if qt:
                libraries.check(environment)
            if made:
                networks.make(environment)
    return environment


def version():
    """Print the version."""
    import tomllib

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as stream:
        print("Bloodbench " + tomllib.load(stream)["project"]["version"])
    return 0


def wrong_python(version):
    """Return the sentence that says which Python is needed, or nothing if this one will do."""
    if (3, 11) <= tuple(version[:2]) <= (3, 13):
        return ""
    this = ".".join(str(number) for number in version[:3])
    return (
        "Bloodbench needs Python 3.11, 3.12 or 3.13, and this is Python "
        + this
        + ": install one of them "
        'and start with it, for example with "python3.12 main.py".'
    )


def wrong_use(word):
    """Return the sentence for a command line that means nothing."""
    if word.startswith("-"):
        return "There is no option " + word + ' here; see "python3 main.py --help".'
    return 'There is no command and no folder "' + word + '"; see "python3 main.py --help".'


def complain(sentence, status):
    """Say one sentence on standard error and return the status."""
    sys.stderr.write(sentence + "\n")
    return status


def in_utf8():
    """Start again with names in UTF-8 where the locale says otherwise: so names of files stay whole."""
    encoding = sys.getfilesystemencoding().lower().replace("-", "")
    if os.name == "nt" or encoding == "utf8" or getattr(sys, "frozen", False):
        return
    terminal = getattr(sys.stderr, "encoding", None) or "ascii"
    os.environ.setdefault("PYTHONIOENCODING", terminal + ":backslashreplace")
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable] + getattr(sys, "orig_argv", [""] + sys.argv)[1:])


if __name__ == "__main__":
    in_utf8()
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
