"""Compare as a person finds it: its pictures, its replay bar, its controls."""

from collections.abc import Callable

import numpy as np
from playwright.sync_api import Locator, Page, expect

from tests.browser.running import at_rest, wait_until

BLUE, RED = (68, 119, 170), (238, 102, 119)  # the first two classes


def pictures(page: Page, count: int = 4) -> Locator:
    """The networks' pictures, once they are there and the app has come to rest."""
    found = page.locator(".picture")
    expect(found).to_have_count(count)
    at_rest(page)
    return found


def share_near(image: np.ndarray, hue: tuple[int, int, int], page_colour: int) -> float:
    """Share of pixels that are this class's shade on this page: between half strength and full."""
    shades = [np.array(hue) * k + page_colour * (1 - k) for k in (0.3, 0.4, 0.5)]
    return np.mean([np.abs(image - shade).max(axis=2) < 25 for shade in shades], axis=0).astype(bool).mean()


def point_at(element: Locator) -> None:
    """Moves the mouse to its middle, whatever lies there."""
    element.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = element.bounding_box()
    element.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def bar(page: Page) -> Locator:
    """The replay bar's slider."""
    return page.get_by_label("Epoch shown")


def all_shown(page: Page) -> Callable[[], list[str]]:
    """Says what the replay bar has shown from now on, one after the other: a look now and then misses some of a
    replay."""
    bar(page).evaluate("""slider => {
      slider.allShown = []
      const note = () => slider.allShown.push(slider.getAttribute("aria-valuetext"))
      new MutationObserver(note).observe(slider, { attributeFilter: ["aria-valuetext"] })
    }""")
    return lambda: bar(page).evaluate("slider => slider.allShown")


def unfolded(page: Page, title: str) -> Locator:
    """What is folded under that title, opened if it is not."""
    folded = page.locator("details").filter(has=page.locator("summary").get_by_text(title))
    folded.evaluate("details => details.open || details.querySelector('summary').click()")
    expect(folded).to_have_attribute("open", "")
    expect(folded.get_by_test_id("stElementContainer").first).to_be_attached()  # which may come when it is unfolded
    sizes = []
    wait_until(lambda: sizes.append(folded.bounding_box()) or sizes[-2:-1] == sizes[-1:])  # it unfolds gently
    return folded


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input")
    box.click()
    box.fill(option)  # the list holds only what is in view of it
    page.get_by_role("option", name=option, exact=True).click()
