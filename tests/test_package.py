"""The wheel, built and installed as a stranger would: the engine as `activation_lab`, and nothing called `core`.

Needs a package index; not among the fast tests.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests import ROOT

SOURCES = ("core", "setup.py", "pyproject.toml", "README.md", "LICENSE")  # all that a wheel is built of
INSTALLED = "activation_lab"

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; nothing of this checkout is on its path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    ask = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(place), "setuptools"]
    if subprocess.run(ask, capture_output=True).returncode:
        pytest.skip("No package index can be reached, and building a wheel needs setuptools from it.")
    sources = place / "sources"  # a copy: building leaves folders behind
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, sources / name)
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", place / "built", sources, cwd=place)
    (built,) = (place / "built").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel, its dependencies and nothing else."""
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", place, cwd=place)
    interpreter = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(interpreter, "-m", "pip", "install", "-q", "-c", ROOT / "requirements.txt", wheel, cwd=place)
    return interpreter


def test_it_holds_all_of_the_engine_under_its_name_and_nothing_else(wheel):
    files = [path for path in (ROOT / "core").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    expected = {f"{INSTALLED}/{path.relative_to(ROOT / 'core').as_posix()}" for path in files}
    assert expected >= {f"{INSTALLED}/py.typed", f"{INSTALLED}/claims/results.json"}
    with ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == expected


def test_nothing_called_core_and_nothing_of_the_app_is_installed(python, tmp_path):
    code = "from importlib.util import find_spec as f; print([n for n in ('core', 'ui', 'app', 'streamlit') if f(n)])"
    assert run(python, "-c", code, cwd=tmp_path).strip() == "[]"


def test_every_module_can_be_imported_where_it_is_installed(python, tmp_path):
    code = f"""
import importlib, pkgutil
import {INSTALLED} as package
for module in pkgutil.walk_packages(package.__path__, "{INSTALLED}."):
    importlib.import_module(module.name)
from {INSTALLED}.claims import CLAIMS, kept
print(set(kept().rows) == set(CLAIMS))
"""
    assert run(python, "-c", code, cwd=tmp_path).strip() == "True"


def test_readmes_notebook_example_runs_under_the_installed_name(python, tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    installed, changed = re.subn(r"^from core import", f"from {INSTALLED} import", code, flags=re.MULTILINE)
    assert changed == 1
    script = tmp_path / "notebook.py"
    script.write_text(installed + "\nprint(W.shape, len(final_figures(history)))\n", encoding="utf-8")
    assert run(python, script, cwd=tmp_path).splitlines()[-1] == "(2, 16) 4"


def test_a_sweep_runs_from_a_terminal_under_the_installed_name(python, tmp_path):
    (tmp_path / "grid.json").write_text('{"factors": {"activation": ["relu", "tanh"]}, "seeds": 2}', encoding="utf-8")
    run(python, "-m", f"{INSTALLED}.sweep", "grid.json", "--out", "out.csv", "--workers", "2", cwd=tmp_path)
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 5
