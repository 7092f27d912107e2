"""The style sheets: what they know of the containers that Python makes, and what the browser makes of a selector."""

import re

import pytest

from tests import ROOT

SHEETS = sorted((ROOT / "ui").rglob("*.css"))
SOURCES = [path.read_text() for folder in ("ui", "pages") for path in (ROOT / folder).rglob("*.py")]
PAGE = (ROOT / "ui/shell/page.css").read_text()


def test_page_css_has_every_container_of_a_kind():
    kinds = {
        "bounded": {name for text in SOURCES for name in re.findall(r'\{BOUNDED\} ([a-z ]+)"', text)},
        "wide": {name for text in SOURCES for name in re.findall(r'wide_chart\([^"]*?"(\w+)"\)', text)},
    }
    for kind, names in kinds.items():
        written = set(re.findall(rf"\.st-key-{kind}-([a-z-]+)", PAGE))
        assert written == {name.replace(" ", "-") for name in names} != set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_part_of_a_key_stands_before_what_is_inside(sheet):
    selectors = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert not re.findall(r"\[class[*^$|~]=[^\]]*\][^,{}]*\s[^\s,{}]", selectors)
