"""Copy of the program with one tiny package and a stub window, for testing the setup without a network."""

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
    "engine/matrix_threads.py",
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

def test_environment():
    print("tests in", sys.prefix, os.environ["QT_QPA_PLATFORM"])
"""


def write_wheel(folder: Path, name: str, version: str, body: str) -> str:
    """Write a wheel of one module and return its requirements line."""
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
    """A copy of the program in `folder`, with its wheels in `wheels`."""

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
        # A stand-in for pytest that runs the one test.
        runner = "import runpy, sys\nrunpy.run_path('tests/test_it.py')['test_environment']()\n"
        self.requirements_file("test").write_text(
            write_wheel(wheels, "pytest", "1", runner + "print(sys.argv[1:])\n")
        )

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def requirements_file(self, group: str) -> Path:
        return self.folder / "requirements" / f"{group}.txt"

    def release(self, version: str) -> None:
        """Change the version of its one package that the program needs."""
        self.requirements_file("app").write_text(
            write_wheel(self.wheels, "thing", version, f"VERSION = {version!r}\n")
        )

    def environment(self, **variables: str) -> dict[str, str]:
        """Return environment variables without another environment or a network."""
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
        """Start `main.py`; packages can come from the wheels only."""
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
