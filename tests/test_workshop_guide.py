"""The leader's guide tells the plans that the page has."""

from tests import ROOT
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES

GUIDE = (ROOT / "docs" / "workshop.md").read_text(encoding="utf-8")


def test_it_has_the_plans_of_the_page_in_their_order():
    table = GUIDE.partition("| plan |")[2].partition("\n\n")[0]
    assert table.splitlines()[2:] == [
        f"| {plan.title} | "
        + ", ".join(f"{MISSIONS[step.mission].title} ({step.minutes})" for step in plan.steps)
        + " |"
        for plan in SEQUENCES.values()
    ]


def test_it_fits_two_pages():
    assert len(GUIDE.split()) <= 1000
