"""A room's report in a real browser: it runs nothing, fits a phone and paper, and prints."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from classroom import GoalOf, State
from tests.browser.stage import Stage
from tests.ui.workshop.made_up import AT, around, asked, best, of_cells, of_goal, record, results
from ui.jobs.rooms import rooms
from ui.missions.outcomes import cells, networks
from ui.workshop.report import report

HOSTILE = '<script>window.ran = 1</script><img src=x onerror="window.ran = 1">'
PAIRS = [("0", "0"), ("0", "1"), ("1", "0"), ("2", None)]
# What lies outside of its page, or is wider than its place.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && (box.right > document.documentElement.clientWidth + 1 || box.left < -1)
}).map(element => element.outerHTML.slice(0, 200))"""

# Heads of columns of one word that stands in several lines.
BROKEN = """() => [...document.querySelectorAll('thead th')].filter(head => {
    const words = document.createRange()
    words.selectNodeContents(head)
    return !head.closest('details') && !head.textContent.includes(' ') && words.getClientRects().length > 1
}).map(head => head.textContent)"""


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> Page:
    """The report of thirty people, with foreign words that try to be more."""
    grid = cells(of_cells())
    attempts = [GoalOf(n, HOSTILE, {"layers": 1, "units": "7,3"}, 3.0 + n, 5, 5) for n in range(12)]
    questions = [
        asked(0, best(reason=HOSTILE), around(30, 0.9, 0.8, 0.4), PAIRS),
        asked(1, of_cells(), results(*[[0.5] * len(networks(of_cells()))] * len(grid), cells=grid), PAIRS),
        asked(2, of_goal(), [], [], attempts),
        *(asked(number, best("test_loss"), around(30, 0.4, 0.3, 0.2), PAIRS) for number in range(3, 8)),
    ]
    file = tmp_path / "report.html"
    file.write_text(report(record(*questions, people=30, name=HOSTILE + " {}"), "https://lab.example", AT))
    page = stage.context.new_page()
    page.goto(file.as_uri())
    yield page
    page.close()


def test_nothing_in_a_report_runs(page: Page):
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.scripts.length + document.images.length") == 0
    assert page.get_by_text("window.ran = 1").count() > 0


@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_a_window_and_paper(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("summary").first.click()
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(BROKEN) == []
    page.emulate_media(media="print")
    assert page.evaluate(OUTSIDE) == []


def test_it_prints(page: Page):
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert 4 <= printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 16


def test_a_leader_downloads_both_files(stage: Stage, opened: Callable[..., Page]):
    room = rooms().open(["mission=line_on_circles"])
    token = rooms().join(room.code, "here").token
    rooms().go_to(room.secret, 0, State.OPEN)
    rooms().answer(token, 0, "1")
    stage.context.clear_cookies()
    page = opened(f"/workshop?leader={room.secret}")
    for name, ending, has in (
        ("Report (HTML)", ".html", "1 participant"),
        ("All answers and results (CSV)", ".csv", "vote 1"),
    ):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"workshop-{room.code}{ending}"
        assert has in Path(download.value.path()).read_text("utf-8-sig")
    stage.context.clear_cookies()
