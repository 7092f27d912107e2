"""A browser whose server was started anew: it comes back with a new session, in which nothing may be lost."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.comparing import unfolded
from tests.browser.running import free_port, running_app, script_at_rest, wait_until
from tests.browser.stage import Stage

SHOWN = """() => {
  window.shown = []
  const look = (changes) => changes.forEach(({ target }) =>
    target.ariaLabel === "Hidden layers" && window.shown.push(target.getAttribute("aria-valuetext")))
  new MutationObserver(look).observe(document, { attributeFilter: ["aria-valuetext"], subtree: true })
}"""
CSV = "a,b,kind\n" + "".join(f"{i % 7},{i % 5},{'xy'[i % 2]}\n" for i in range(60))


class Restarted:
    """An app of its own with a window, and the same app after it was killed and started again on its port."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.page: Page = stage.context.new_page()
        self._running = running_app(folder / "first.txt", self._port)
        self.url = self._running.__enter__()

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        script_at_rest(self.page)
        return self.page

    def freeze(self) -> None:
        """What the browser sends from now on arrives nowhere."""
        (server,) = (each for each in psutil.Process().children() if f"--server.port={self._port}" in each.cmdline())
        server.send_signal(signal.SIGSTOP)

    def restart(self, while_it_is_gone: Callable[[], object] = lambda: None) -> None:
        self._running.__exit__(None, None, None)
        expect(self.page.locator("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])")).to_be_attached()
        while_it_is_gone()
        self._running = running_app(self._folder / "second.txt", self._port)
        self._running.__enter__()
        expect(self.page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")).to_be_attached()

    def close(self) -> None:
        self.page.close()
        self._running.__exit__(None, None, None)


@pytest.fixture
def app(stage: Stage, tmp_path: Path) -> Iterator[Restarted]:
    app = Restarted(stage, tmp_path)
    yield app
    app.close()


def layers(page: Page):
    return page.get_by_role("slider", name="Hidden layers")


def test_the_first_change_after_it_stays(app):
    page = app.open("/?activations=relu&epochs=1&layers=3")
    layers(page).press("ArrowRight")
    page.wait_for_url("**layers=4*")
    app.restart()
    layers(page).press("ArrowRight")
    page.wait_for_url("**layers=5*")
    script_at_rest(page)
    expect(layers(page)).to_have_value("5")
    assert "epochs=1" in page.url, "as the link had it"


def test_a_change_that_the_server_had_no_time_for_stays(app):
    page = app.open("/?activations=relu&epochs=1&layers=3")
    expect(layers(page)).to_be_visible()  # its script may come after the page's own, and would not from a frozen server
    app.freeze()
    page.evaluate(SHOWN)
    layers(page).press("ArrowRight")
    app.restart()
    page.wait_for_url("**layers=4*")
    script_at_rest(page)
    expect(layers(page)).to_have_value("4")
    assert set(page.evaluate("window.shown")) == {"4"}, "never what the address had"


def test_a_change_of_what_was_unfolded_stays(app):
    page = app.open("/?activations=relu&epochs=1")
    unfolded(page, "More settings")
    seeds = page.get_by_role("slider", name="Seeds for each network")
    expect(seeds).to_be_visible()
    app.freeze()
    seeds.press("ArrowRight")
    app.restart()
    page.wait_for_url("**seeds=2*")
    script_at_rest(page)
    expect(seeds).to_have_value("2")


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(app):
    page = app.open("/?dataset=own&epochs=1&activations=relu")
    choose_file(page)
    app.restart()
    expect(page.get_by_text("choose it again").first).to_be_visible()
    choose_file(page)
    expect(page.get_by_text("choose it again")).to_have_count(0)


def test_points_that_the_server_had_no_time_for_stay(app):
    sent = []
    app.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page = app.open("/?dataset=drawn&points=AAAe5V.eo89R4&epochs=1&activations=relu")
    drawn = page.locator(".st-key-canvas .canvas")
    drawn.click(position={"x": 150, "y": 50})
    expect(page.get_by_role("button", name="class 0: 3")).to_be_visible()
    page.wait_for_function("!location.href.includes('AAAe5V.eo89R4')")
    app.freeze()
    before = len(sent)
    drawn.click(position={"x": 50, "y": 150})
    expect(page.get_by_role("button", name="class 0: 4")).to_be_visible()
    wait_until(lambda: page.evaluate("true") and len(sent) > before)  # it has told what is drawn
    address = page.url
    app.restart()
    wait_until(lambda: page.evaluate("location.href") != address)
    script_at_rest(page)
    expect(page.get_by_role("button", name="class 0: 4")).to_be_visible()


def choose_file(page: Page) -> None:
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    page.locator(".st-key-own-file input[type=file]").set_input_files(file)
    expect(page.get_by_text("Column with the classes")).to_be_visible()
    script_at_rest(page)
