"""What is said twice of libraries and versions agrees: in pyproject.toml, the requirements and the code."""

import ast
import re
import sys
import tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from tests import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENGINE = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
APP = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["app"]]
EXTRAS = {  # of hosts; each has a file of requirements of its own
    name: [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"][name]]
    for name in ("cluster", "postgres")
}
IMPORTED_AS = {
    "charset-normalizer": "charset_normalizer",
    "python-calamine": "python_calamine",
    "scikit-learn": "sklearn",
}


def pinned(file: str = "requirements.txt") -> dict[str, Requirement]:
    """The requirements of a file by name, without those of the file that it includes."""
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    requirements = [Requirement(line) for line in lines if line and not line.startswith("-r ")]
    return {requirement.name: requirement for requirement in requirements}


def test_requirements_and_the_package_name_the_same_libraries():
    assert sorted(pinned()) == sorted(requirement.name for requirement in ENGINE + APP)
    for extra, requirements in EXTRAS.items():
        assert sorted(pinned(f"requirements-{extra}.txt")) == [requirement.name for requirement in requirements]


def test_the_version_that_is_tested_is_the_oldest_that_the_package_takes():
    pins = pinned() | pinned("requirements-cluster.txt") | pinned("requirements-postgres.txt")
    for requirement in [*ENGINE, *APP, *EXTRAS["cluster"], *EXTRAS["postgres"]]:
        (pin,) = pins[requirement.name].specifier
        assert requirement.specifier.contains(pin.version), requirement
        (oldest,) = (Version(part.version) for part in requirement.specifier if part.operator in (">=", "~="))
        assert oldest == Version(pin.version), requirement


def test_core_needs_the_engines_libraries_and_no_other_but_a_clusters():
    files = sorted((ROOT / "core").rglob("*.py"))
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    foreign = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names)
    assert foreign - {"dask", "distributed"} == {
        IMPORTED_AS.get(requirement.name, requirement.name) for requirement in ENGINE
    }


def test_before_a_commit_runs_the_ruff_that_ci_runs():
    (version,) = re.findall(r"rev: v(\S+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert pinned("requirements-dev.txt")["ruff"].specifier.contains(version)
