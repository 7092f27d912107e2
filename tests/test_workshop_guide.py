"""The leader's guide tells the plans that the page has, in each language."""

import pytest

from tests import ROOT
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES
from ui.shell.language import _, speaking

GUIDES = {
    language: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for language, name in {"en": "workshop.md", "ko": "workshop.ko.md"}.items()
}


@pytest.mark.parametrize("language", GUIDES)
def test_it_has_the_plans_of_the_page_in_their_order(language):
    table = GUIDES[language].partition("\n| ")[2].partition("\n\n")[0]
    with speaking(language):
        assert table.splitlines()[2:] == [
            f"| {_(plan.title)} | "
            + ", ".join(f"{_(MISSIONS[step.mission].title)} ({step.minutes})" for step in plan.steps)
            + " |"
            for plan in SEQUENCES.values()
        ]


@pytest.mark.parametrize("language", GUIDES)
def test_it_fits_two_pages(language):
    assert len(GUIDES[language].split()) <= 1000
