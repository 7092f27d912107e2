"""The arrows of the design: pages -> ui -> core, and each ring's own libraries."""

import ast
from pathlib import Path

import pytest

from tests import ROOT

FORBIDDEN = {
    "core": {"streamlit", "altair", "ui", "pages", "app"},
    "ui/charts": {"streamlit", "pages", "app"},
    "ui": {"pages", "app"},
    "pages": {"numpy", "scipy", "sklearn", "app"},
    "app.py": {"numpy", "scipy", "sklearn", "pages"},
}


def imports(path: Path) -> set[str]:
    """Top-level names of all modules that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | parts}


@pytest.mark.parametrize("ring", FORBIDDEN)
def test_imports_go_inwards_only(ring):
    place = ROOT / ring
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    for path in files:
        wrong = imports(path) & FORBIDDEN[ring]
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


def test_the_rings_are_where_the_arrows_look():
    for ring in ("core", "ui", "ui/charts"):
        assert list((ROOT / ring).glob("*.py")), ring
