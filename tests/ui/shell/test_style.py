"""The style sheets: what they know of the containers that Python makes, and what the browser makes of a selector."""

import re

import pytest

from tests import ROOT

SHEETS = sorted((ROOT / "ui").rglob("*.css"))
PAGE = (ROOT / "ui/shell/page.css").read_text()
PYTHON = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "ui").rglob("*.py")]
TEXTS = [path.read_text() for path in PYTHON]


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("bounded", r'\{BOUNDED\} ([a-z ]+)"'),
        ("strip", r'\{STRIP\} ([a-z]+)"'),
        ("wide", r'wide_chart\([^"]*"(\w+)"\)'),
    ],
)
def test_page_css_has_every_container_of_a_kind(kind, made):
    names = {name.replace(" ", "-") for text in TEXTS for name in re.findall(made, text)}
    assert set(re.findall(rf"\.st-key-{kind}-([a-z-]+)", PAGE)) == names != set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_part_of_a_key_stands_before_what_is_inside(sheet):
    selectors = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert not re.findall(r"\[class[*^$|~]=[^\]]*\][^,{}]*\s[^\s,{}]", selectors)


def test_a_has_before_a_sibling_is_only_where_it_is_taken_away_or_rarely_there():
    before_a_sibling = r":has\((?:[^()]|\([^()]*\))*\)[^\s,{}]*\s*~"
    found = {path.name: len(re.findall(before_a_sibling, path.read_text())) for path in SHEETS}
    # After loading, on a sweep's page, and on a phone that is held sideways.
    assert {name: number for name, number in found.items() if number} == {
        "loading.css": 1,
        "results.css": 1,
        "page.css": 1,
    }
