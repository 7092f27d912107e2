"""A sweep in a browser: run, stopped, continued, found again, and a click on it that leads to Compare."""

import re
from contextlib import suppress

import psutil
from playwright.sync_api import Page, expect

from tests.browser.comparing import choose, pictures
from tests.browser.running import at_rest, wait_until
from tests.browser.test_trainings import workers_of

SMALL = "/sweep?activations=relu&activations=tanh&rate_multiples=1&rate_multiples=3&seeds=2&epochs=10"
CELL = """([row, column]) => [...document.querySelectorAll('svg.marks path')].find(path => {
    const datum = path.__data__?.datum
    return datum?.network === row && datum.column === column && datum.cell !== undefined
})"""
MARKED = """() => [...document.querySelectorAll('svg.marks path')]
    .filter(path => path.getAttribute('stroke')?.toUpperCase() === '#D55E00' && path.__data__?.datum?.cell >= 0)
    .map(path => [path.__data__.datum.network, path.__data__.datum.column ?? ''])"""
# A part of a second for each of many blocks, and more than a server starts unasked.
LONG = (
    "/sweep?vary=activation&vary=layers&activations=relu&activations=tanh&layer_counts=8&layer_counts=10&seeds=10"
    "&epochs=150"
)
LONGEST = LONG + "".join(f"&layer_counts={count}" for count in range(1, 8)) + "&activations=elu&activations=gelu"


def click(page: Page, row: str, column: str) -> None:
    """Clicks a cell of the heat map; what Vega has drawn has its datum in `__data__`."""
    at_rest(page)  # a click draws the charts anew
    cell = page.wait_for_function(CELL, arg=[row, column]).as_element()
    cell.scroll_into_view_if_needed()
    cell.click(force=True)  # the numbers in it lie above its middle, and are clicked in its stead


def marked(page: Page) -> list[list[str]]:
    """(network, column of the heat map) of what is marked as chosen in any chart."""
    return page.evaluate(MARKED)


def open_in_compare(page: Page, first: tuple[str, str], second: tuple[str, str], *, is_link: bool) -> None:
    """Two settings of the heat map, chosen one after the other."""
    click(page, *first)
    expect(page.get_by_text(f"Chosen: {first[0]}")).to_be_visible()
    click(page, *second)
    expect(page.get_by_text(re.compile(f"Chosen: {first[0]} .* and {second[0]}"))).to_be_visible()
    page.get_by_role("link" if is_link else "button", name="Open in Compare").click()
    pictures(page, 2)


def start(page: Page) -> None:
    """Starts one, and waits until it has got somewhere."""
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_test_id("stProgress")).to_contain_text(re.compile(r"[1-9]\d* of \d+ networks trained"))


def trained(progress: str) -> int:
    """The number of networks in a sentence on how far a sweep is."""
    return int(re.search(r"(\d+) of \d+ networks", progress).group(1))


def finished(page: Page) -> None:
    expect(page.get_by_text("all trained")).to_be_visible()
    at_rest(page)


def test_a_sweep_can_be_stopped_continued_and_found_again(opened):
    page = opened(LONGEST)
    start(page)
    stop = page.get_by_role("button", name="Stop here")
    stop.click()
    stopped = page.get_by_text(re.compile(r"Stopped: \d+ of 360 networks"))
    expect(stopped).to_be_visible()
    expect(page.locator("svg.marks").first).to_be_visible()
    until = trained(stopped.inner_text())
    assert until >= 1
    again = opened(f"/sweep?{page.url.partition('?')[2]}")
    expect(again.get_by_text("Stopped:")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(stopped).to_have_count(0)
    page.reload()
    progress = page.get_by_test_id("stProgress")
    wait_until(lambda: trained(progress.inner_text()) > until)
    expect(page.get_by_role("button", name="Start the sweep")).to_have_count(0)
    stop.click()  # the next test has the workers for itself
    expect(stopped).to_be_visible()


def test_a_killed_worker_is_survived(opened, server):
    page = opened(LONG + "&seed=2")
    start(page)
    for worker in workers_of(server):
        with suppress(psutil.NoSuchProcess):  # where loky was faster
            worker.kill()
    finished(page)


def test_two_cells_open_in_compare_paired(opened):
    page = opened(SMALL + "&seed=3")
    finished(page)
    address = page.url
    open_in_compare(page, ("ReLU", "1 ×"), ("Tanh", "1 ×"), is_link=True)
    expect(page).to_have_url(re.compile("activations=relu&activations=tanh&.*redraw=everything"))
    page.get_by_test_id("stSidebar").get_by_role("link", name="Sweep").click()
    finished(page)
    expect(page.get_by_role("link", name="Open in Compare")).to_be_visible()
    page.get_by_role("link", name="Open in Compare").click()
    pictures(page, 2)
    page.go_back()
    finished(page)
    assert page.url == address


def test_cells_that_differ_twice_are_held_by_compare_as_they_are(opened):
    page = opened(SMALL + "&seed=4")
    finished(page)
    open_in_compare(page, ("ReLU", "1 ×"), ("Tanh", "3 ×"), is_link=False)
    expect(page.get_by_text("This is the experiment that you opened")).to_be_visible()


def test_a_setting_chosen_from_the_list_is_marked_in_all_charts(opened):
    page = opened(SMALL + "&seed=5")
    finished(page)
    assert not marked(page)
    choose(page, "Choose a setting", "Tanh · 3 × default learning rate")
    expect(page.get_by_text("Chosen: Tanh")).to_be_visible()
    at_rest(page)
    page.wait_for_function(f"({MARKED})().length > 2")
    assert {(network, column) for network, column in marked(page) if column} == {("Tanh", "3 ×")}


def test_other_columns_are_shown_and_kept_in_the_address(opened):
    page = opened(SMALL + "&vary=activation&vary=rate_multiple&vary=layers&layer_counts=1&layer_counts=2&seed=6")
    finished(page)
    page.wait_for_function(CELL, arg=["ReLU", "2"])
    choose(page, "Columns", "Relative learning rate")
    page.wait_for_function(CELL, arg=["ReLU", "3 ×"])
    expect(page).to_have_url(re.compile("columns=rate_multiple"))
    page.reload()
    finished(page)
    page.wait_for_function(CELL, arg=["ReLU", "3 ×"])
