"""A copy of the program with a tiny lock and a tiny window, to go through the real door without a network."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "main.py",
    "pyproject.toml",
    "engine/__init__.py",
    "engine/locks.py",
    "engine/messages.py",
    "engine/paths.py",
)
WINDOW = """
import sys
import thing

def main(argv):
    print("window", thing.VERSION, sys.prefix, *argv)
    return 7
"""
TEST = """
import os
import sys

def test_that_it_is_the_environment():
    print("tests in", sys.prefix, os.environ["QT_QPA_PLATFORM"])
"""


def write_wheel(folder: Path, name: str, version: str, body: str) -> str:
    """Write a wheel of one module and return its line for a lock."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": body,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{info}/RECORD,,\n"
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        record += f"{path},sha256={digest.decode()},{len(text.encode())}\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Program:
    """The copy in `folder`, its wheels in `wheels`."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        self.wheels = wheels
        for part in PARTS:
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part, folder / part)
        shutil.copytree(ROOT / "engine/setup", folder / "engine/setup")
        shutil.copytree(ROOT / "resources/words", folder / "resources/words")
        for path, text in {"gui/app.py": WINDOW, "tests/test_it.py": TEST}.items():
            (folder / path).parent.mkdir()
            (folder / path).write_text(text)
        (folder / "requirements").mkdir()
        wheels.mkdir()
        self.release("1")
        # pytest itself is not in a wheel here: a module of that name which runs our one test.
        runner = "import runpy, sys\nrunpy.run_path('tests/test_it.py')['test_that_it_is_the_environment']()\n"
        self.lock("test").write_text(
            write_wheel(wheels, "pytest", "1", runner + "print(sys.argv[1:])\n")
        )

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def lock(self, group: str) -> Path:
        return self.folder / "requirements" / f"{group}.txt"

    def release(self, version: str) -> None:
        """Make the program need another version of its one package."""
        self.lock("app").write_text(
            write_wheel(self.wheels, "thing", version, f"VERSION = {version!r}\n")
        )

    def environment(self, **variables: str) -> dict[str, str]:
        """Return the variables the program runs with: no other environment, no network."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in ("BLOODBENCH_VENV", "PYTHONPATH")
        }
        return {
            **inherited,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "UV_NO_INDEX": "1",
            "UV_FIND_LINKS": str(self.wheels),
            "UV_NO_CACHE": "1",
            "UV_OFFLINE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            **variables,
        }

    def start(
        self, *arguments: str, python: str = sys.executable, **variables: str
    ) -> "subprocess.Popen[str]":
        """Start `main.py`; what it fetches can only come from the wheels."""
        env = self.environment(**variables)
        command = [python, str(self.folder / "main.py"), *arguments]
        return subprocess.Popen(
            command,
            env=env,
            cwd=self.folder.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        """Run `main.py` to its end; return status, standard output and standard error."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err
