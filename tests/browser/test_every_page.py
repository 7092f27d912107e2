"""Every page as it opens: pictures, sizes of the window, colours, and what axe-core says.

Each page is opened once, for all tests here: loading it is what takes time.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.running import at_rest, pixels, wait_until
from tests.browser.stage import Stage, Windows
from ui.shell.page import PAGES

DESK = (1280, 720)
SIZES = [DESK, (1920, 1080), (2560, 1440), (844, 390), (390, 844)]
BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 22, 20)"}
A_LINE = 60  # pixels: one control with its label, some of which Streamlit loads when it first needs them
# What moves up or down in the main part while the page loads, and how far.  Sideways all moves once: the menu comes.
# Chromium counts texts, too, that nobody has seen where they were, so each frame notes which elements it shows.
OBSERVE = """window.jumps = []
const frames = []
const look = time => {
    const isThere = document.querySelector('.st-key-page')?.clientHeight > 1
    const all = isThere ? [...document.querySelectorAll('[data-testid=stMain] [data-testid=stElementContainer]')] : []
    const shown = all.filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    frames.push({time, shown: new Set(shown)})
    if (!window.isLoaded) requestAnimationFrame(look)
}
requestAnimationFrame(look)
const wasSeen = (element, time) => {
    const now = frames.findLastIndex(frame => frame.time <= time)
    const one = element.closest('[data-testid=stElementContainer]')
    return !one || now < 1 || frames[now - 1].shown.has(one)
}
window.observer = new PerformanceObserver(list => { for (const entry of list.getEntries())
    for (const {node, previousRect, currentRect} of entry.sources) {
        const element = node?.parentElement
        if (previousRect.height && currentRect.height && element?.closest('[data-testid=stMain]')
            && wasSeen(element, entry.startTime))
            window.jumps.push({pixels: currentRect.y - previousRect.y, when: Math.round(entry.startTime),
                what: (node.innerText ?? element.innerText ?? '').slice(0, 80)})
    }
})
window.observer.observe({type: 'layout-shift', buffered: true})"""
ADDRESSES = {"compare": "/", "mission": "/mission?mission=line_on_circles"}  # where not that of the page's name
PICTURES = "[data-testid=stMain] :is(svg, canvas, img)"
LARGE = 60  # pixels: smaller ones are signs on buttons


@pytest.fixture(scope="module", params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def window(the_stage: Stage, name: str) -> Iterator[Page]:
    """A page in a window of its own, opened once and light; the browser's console must stay free of complaints."""
    the_stage.get_ready()
    windows = Windows(the_stage)
    page = windows.open(ADDRESSES.get(name, f"/{name}"), *DESK, script=OBSERVE)
    at_rest(page)
    page.evaluate("window.observer.disconnect(); window.isLoaded = true")
    yield page
    windows.close()
    assert not windows.complaints, windows.complaints


@pytest.fixture
def page(stage: Stage, window: Page) -> Page:
    """The page at rest, large and light."""
    set_size(window, DESK)
    set_colours(window, "light")
    at_rest(window)
    return window


def set_size(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})


def set_colours(page: Page, colours: str) -> None:
    page.emulate_media(color_scheme=colours)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[colours])


def overflowing(page: Page) -> list[str]:
    """What reaches beyond the right edge of the window, though nothing around it scrolls."""
    return page.evaluate("""() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(element => {
        if (element.getBoundingClientRect().right <= document.documentElement.clientWidth + 1) return false
        for (let around = element; around; around = around.parentElement)
            if (getComputedStyle(around).overflowX !== 'visible' && around.dataset.testid !== 'stMain') return false
        return true
    }).map(element => element.outerHTML.slice(0, 200))""")


def overlapping(page: Page) -> list[str]:
    """Pairs of texts, controls or charts that lie over one another; of what scrolls in a row, what is in sight."""
    return page.evaluate("""() => {
        const inSight = element => {
            let {left, right, top, bottom} = element.getBoundingClientRect()
            for (let around = element.parentElement; around; around = around.parentElement)
                if (getComputedStyle(around).overflowX !== 'visible') {
                    const box = around.getBoundingClientRect();
                    [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
                }
            return {left, right, top, bottom, element}
        }
        const shared = (one, other, low, high) => Math.min(one[high], other[high]) - Math.max(one[low], other[low])
        const shown = [...document.querySelectorAll('[data-testid=stMain] [data-testid=stElementContainer]')]
            .filter(element => element.innerText && element.checkVisibility({visibilityProperty: true})).map(inSight)
            .filter(({left, right, top, bottom}) => right - left > 4 && bottom - top > 4)
        return shown.flatMap((one, place) => shown.slice(place + 1)
            .filter(other => !one.element.contains(other.element) && !other.element.contains(one.element)
                && shared(one, other, 'left', 'right') > 6 && shared(one, other, 'top', 'bottom') > 6)
            .map(other => `${one.element.innerText.slice(0, 60)} | ${other.element.innerText.slice(0, 60)}`))
    }""")


def first_picture_top(page: Page) -> float:
    """How far below the window's upper edge the first picture begins, when nothing was scrolled."""
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    boxes = [picture.bounding_box() for picture in page.locator(PICTURES).all()]
    return min(box["y"] for box in boxes if box and min(box["width"], box["height"]) >= LARGE)


def test_it_shows_its_pictures_before_the_first_click(page, name):
    expect(page.get_by_role("heading", name=PAGES[name].question)).to_be_visible()
    for colours in ("light", "dark"):
        set_colours(page, colours)
        at_rest(page)
        wait_until(lambda: all(pixels(chart).std() > 3 for chart in page.locator("svg.marks").all()))


def test_nothing_jumps_while_it_loads(page):
    jumps = [jump for jump in page.evaluate("window.jumps") if abs(jump["pixels"]) > A_LINE]
    assert not jumps, "\n".join(map(str, jumps))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_it_fits_into_the_window_with_a_picture_in_the_first_screen(page, size):
    set_size(page, size)
    at_rest(page)
    width, height = size
    wait_until(lambda: page.evaluate("document.documentElement.scrollWidth") <= width and not overflowing(page), 5)
    assert first_picture_top(page) < height
    assert not overlapping(page)


@pytest.mark.parametrize("colours", BACKGROUNDS)
def test_axe_finds_nothing(page, colours):
    set_colours(page, colours)
    found = violations(page)
    assert not found, "\n".join(found)
