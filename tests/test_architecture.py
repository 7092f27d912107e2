"""The arrows of the design: imports go down only, from shelf to shelf, and each ring has its own libraries."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import ROOT

# From the bottom to the top.  Shelves of one line know nothing of each other.
SHELVES = (
    ("core.notes",),
    ("core.registry", "core.limits", "core.readonly", "core.streams"),
    ("core.formula",),
    ("core.data", "core.nn"),
    ("core.train",),
    ("core.analysis",),
    ("core.sweeps",),
    ("core.lessons", "core.claims", "core.export"),
    ("core",),
    ("classroom",),
    ("ui.shell",),
    ("ui.charts",),
    ("ui.jobs",),
    ("ui.missions",),
    ("ui.compare", "ui.sweep", "ui.lessons", "ui.workshop"),
    ("pages", "app"),
)
HEIGHTS = {shelf: height for height, line in enumerate(SHELVES) for shelf in line}
FORBIDDEN = {
    "core": {"streamlit", "altair"},
    "classroom": {"streamlit", "altair"},
    "ui.charts": {"streamlit"},
    "pages": {"numpy", "scipy", "sklearn", "altair"},
    "app": {"numpy", "scipy", "sklearn", "altair"},
}


@cache
def modules() -> dict[str, Path]:
    """All modules of the project but its tests and benchmarks, by their full names; a package is its `__init__`."""
    files = [path for ring in ("core", "classroom", "ui", "pages") for path in sorted((ROOT / ring).rglob("*.py"))]
    return {name_of(path): path for path in [*files, ROOT / "app.py"]}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(module: str) -> frozenset[str]:
    """The modules that a module imports, wherever in it: the project's own by their full names, others' by their first.

    `from package import name` is an import of the module of that name, if there is one, and else of the package.
    """
    path, found = modules()[module], set()
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            source = ".".join([*up, *([node.module] if node.module else [])])
            names = {f"{source}.{alias.name}" for alias in node.names}
            found |= {name if name in modules() else source for name in names}
    return frozenset(name if name in modules() else name.partition(".")[0] for name in found)


def reached(module: str) -> set[str]:
    """The modules that come along when a module is imported, but for those of the packages around them."""
    found, waiting = {module}, [module]
    while waiting:
        new = {name for name in imports(waiting.pop()) if name not in found}
        found |= new
        waiting += new & modules().keys()
    return found


def shelf_of(module: str) -> str:
    """The most special one: `core.data` for `core.data.tables`, and `core` for what stands on none of its shelves."""
    return max((shelf for shelf in HEIGHTS if f"{module}.".startswith(f"{shelf}.")), key=len, default="")


def lesson_of(module: str) -> str | None:
    """The lesson whose folder a module is in."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["ui", "lessons"] and (ROOT / "/".join(parts[:3])).is_dir() else None


def arrows() -> Iterator[tuple[str, str]]:
    """All imports of a module of the project by another."""
    for module in modules():
        for other in imports(module) & modules().keys():
            yield module, other


def test_every_module_stands_on_a_shelf_and_every_shelf_holds_some():
    packages = {"ui"}  # in which there is nothing
    assert {shelf_of(module) for module in modules().keys() - packages} == set(HEIGHTS)
    assert not imports("ui")


def test_imports_go_down_only():
    wrong = [
        f"{module} imports {other}"
        for module, other in arrows()
        if shelf_of(module) != shelf_of(other) and HEIGHTS[shelf_of(module)] <= HEIGHTS[shelf_of(other)]
    ]
    assert not wrong


def test_no_import_goes_in_a_circle():
    """Nowhere, not even on one shelf: of two modules that import each other, neither can be read alone."""
    assert not [
        module for module in modules() if any(module in reached(other) for other in imports(module) & modules().keys())
    ]


def test_lessons_and_pages_know_nothing_of_each_other():
    for module, other in arrows():
        assert lesson_of(other) in (None, lesson_of(module)) or shelf_of(module) == "pages", f"{module}: {other}"
        assert shelf_of(other) not in ("pages", "app"), f"{module}: {other}"


@pytest.mark.parametrize("ring", FORBIDDEN)
def test_each_ring_has_its_own_libraries(ring):
    """For `core` and the charts, whatever they import may not have the forbidden ones either."""
    for module in modules():
        if f"{module}.".startswith(f"{ring}."):
            used = imports(module) if ring in ("pages", "app") else reached(module)
            assert not used & FORBIDDEN[ring], f"{module}: {used & FORBIDDEN[ring]}"


def test_core_imports_itself_relatively():
    """So that it can be installed under another name."""
    for module, path in modules().items():
        if shelf_of(module).startswith("core"):
            nodes = list(ast.walk(ast.parse(path.read_text())))
            named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
            named |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
            assert not [name for name in named if name.split(".")[0] == "core"], module


def test_no_function_has_the_name_of_its_module():
    """`frames.frames` would say nothing, and `from core.analysis import frames` either of two things."""
    for module, path in modules().items():
        if shelf_of(module).startswith("core"):
            functions = {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
            assert path.stem not in functions, module
