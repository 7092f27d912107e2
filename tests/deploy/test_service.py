"""nginx with the shipped configuration in front of processes of the app, and a real Chromium: what visitors meet."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import numpy as np
import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FrameLocator, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from classroom import State
from tests.browser.comparing import bar, choose, pictures
from tests.browser.running import PATIENCE, at_rest, pixels, script_at_rest, wait_until
from tests.browser.test_every_page import ADDRESSES
from tests.deploy.serving import TOKEN, Service, fetch, service
from ui.jobs.rooms import rooms
from ui.missions.records import MISSIONS
from ui.shell.page import PAGES

pytestmark = pytest.mark.slow
POLICY = "Content Security Policy"  # what Chromium says of what it forbids has these words
NOTICE = """() => {
  const app = document.querySelector("[data-testid=stApp]")
  const look = () => { window.wasCut ||= app.dataset.testConnectionState !== "CONNECTED" }
  new MutationObserver(look).observe(app, { attributeFilter: ["data-test-connection-state"] })
}"""
SMALL = "activations=relu&activations=tanh&epochs=10&layers=1"  # trained at once
DRAWN = "dataset=drawn&points=AAAe5V.eo89R4&activations=relu&epochs=1"  # four points
OWN = "dataset=own&activations=relu&epochs=10"
QUESTION = "line_on_circles"
SIDE_BY_SIDE = 5  # windows: more would make each wait for long on a loaded machine


@pytest.fixture(scope="module")
def foreign() -> Iterator[str]:
    """The address of another site, which has a frame for the address after its question mark."""

    class Frame(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{self.path[2:]}" width=1000 height=800></iframe>'.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Frame) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


@pytest.fixture(scope="module")
def two(tmp_path_factory, without, foreign) -> Iterator[Service]:
    """Two processes, which that other site may show in a frame."""
    settings = {
        "ACTIVATION_LAB_FRAME_ANCESTORS": f"'self' {foreign}",
        "STREAMLIT_SERVER_XSRF_COOKIE_SAME_SITE": "none",
    }
    try:
        with service(tmp_path_factory.mktemp("two"), servers=2, **settings) as running:
            yield running
    except FileNotFoundError as missing:
        without(missing)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody who has not been here."""
    context = chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(1000 * PATIENCE)
    yield context
    context.close()


@pytest.fixture
def opened(visitor: BrowserContext) -> Iterator[Callable[[], Page]]:
    """Opens windows whose consoles must stay free of complaints, those about the security policy among them."""
    complaints = []
    # On a deep link Streamlit looks for its base path; a line that a test has cut is said to be cut.
    expected = ("404 (Not Found)", "WebSocket", "Failed to fetch", "ERR_")

    def listen(message: ConsoleMessage) -> None:
        is_expected = POLICY not in message.text and any(part in message.text for part in expected)
        if message.type == "error" and not is_expected:
            complaints.append(f"{message.page.url}: {message.text}")

    def open_window() -> Page:
        window = visitor.new_page()
        window.on("pageerror", lambda error: complaints.append(f"{window.url}: {error}"))
        window.on("console", listen)
        return window

    yield open_window
    for window in visitor.pages:
        window.evaluate("true")  # what its console has said until now is heard
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(opened: Callable[[], Page]) -> Page:
    return opened()


def side_by_side(opened: Callable[[], Page], addresses: list[str]) -> list[Page]:
    """Windows that load at the same time: each waits for most of it."""
    windows = [opened() for _ in addresses]
    for window, address in zip(windows, addresses):
        window.goto(address, wait_until="commit")
    return windows


def upload(place: Page | FrameLocator) -> None:
    """Gives Compare a table of one's own, and waits for the network that is trained on it."""
    points = np.random.default_rng(0).normal(size=(100, 2))
    rows = [f"{x:.3f},{y:.3f},{'in' if x * x + y * y < 1 else 'out'}" for x, y in points]
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": "\n".join(["a,b,where", *rows]).encode()}
    uploader = place.get_by_test_id("stMain").get_by_test_id("stFileUploader").first

    def is_taken() -> bool:
        """Streamlit loses a file that comes while its uploader is being put in place: then it is sent once more."""
        uploader.locator("input[type=file]").set_input_files(file)
        with suppress(NotInTime):
            uploader.get_by_text("mine.csv").wait_for(timeout=5_000)
        return uploader.get_by_text("mine.csv").is_visible()

    expect(place.get_by_text("Open an experiment")).to_be_visible()  # the last of the sidebar
    wait_until(is_taken)
    expect(place.locator(".picture")).to_have_count(1)


def cut(service: Service, page: Page) -> None:
    """Cuts the line, and waits until the browser has noticed it and has found a new one."""
    page.evaluate(NOTICE)
    service.nginx.cut()
    page.wait_for_function("window.wasCut")
    reconnected(page)


def cut_for_long(service: Service, page: Page) -> None:
    """Cuts the line, mends it when the servers and the browser have noticed, and waits until there is a new one."""
    service.nginx.stop()
    wait_until(lambda: service.sessions() == 0)
    expect(page.locator("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])")).to_be_attached()
    service.nginx.start()
    expect(connected(page)).to_be_attached()


def reconnected(page: Page) -> None:
    expect(connected(page)).to_be_attached()
    script_at_rest(page)


def connected(page: Page) -> Locator:
    return page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")


def with_a_file_and_layers(service: Service, page: Page) -> Locator:
    """Compare with own data and with another number of layers than its link had; gives the slider."""
    page.goto(f"{service.url}/?{OWN}&layers=2")
    upload(page)
    layers = page.get_by_role("slider", name="Hidden layers")
    set_layers(page, layers, 3)
    return layers


def set_layers(page: Page, layers: Locator, count: int) -> None:
    """One more than there were."""
    layers.press("ArrowRight")
    page.wait_for_url(f"**layers={count}*")
    script_at_rest(page)
    expect(layers).to_have_value(str(count))


def test_a_deep_link_a_link_of_the_menu_and_the_replay(two, page):
    page.goto(f"{two.url}/neuron")
    at_rest(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Compare").click()
    picture = pictures(page, 4).nth(2)
    before = pixels(picture)
    bar(page).press("Home")  # before the training
    wait_until(lambda: (pixels(picture) != before).any())


def test_no_page_does_what_the_policy_forbids(two, opened):
    addresses = [*(ADDRESSES.get(name, f"/{name}") for name in PAGES), f"/?{DRAWN}"]
    for place in range(0, len(addresses), SIDE_BY_SIDE):
        windows = side_by_side(opened, [two.url + each for each in addresses[place : place + SIDE_BY_SIDE]])
        for window in windows:
            at_rest(window)
    expect(windows[-1].locator(".st-key-canvas .canvas")).to_be_visible()


def test_no_page_of_a_room_does_what_the_policy_forbids(two, opened):
    room = rooms().open([f"mission={QUESTION}"])  # in the database that the servers have too
    rooms().go_to(room.secret, 0, State.OPEN)
    phone, screen = side_by_side(opened, [f"{two.url}/{page}?room={room.code}" for page in ("join", "screen")])
    phone.get_by_role("button", name="Join").click()
    phone.get_by_role("button", name=MISSIONS[QUESTION].answers.texts[0]).click()
    expect(screen.locator(".st-key-projected-points svg.marks")).to_be_visible()
    rooms().go_to(room.secret, 0, State.REVEALED)
    expect(phone.locator(".st-key-pictures[data-drawn]")).to_be_visible()
    expect(screen.locator(".st-key-outcome svg.marks").first).to_be_visible()


def test_a_file_goes_up_and_figures_come_down_and_both_outlive_a_cut(two, page, tmp_path):
    page.goto(f"{two.url}/?{OWN}")
    upload(page)
    script_at_rest(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Results (CSV)").click()
    assert "relu" in download.value.path().read_text()
    cut(two, page)
    expect(page.get_by_text("mine.csv").first).to_be_visible()
    page.get_by_role("button", name="Present").click()  # a run of the script, in which the session still has the file
    expect(page.get_by_role("button", name="Leave presentation")).to_be_visible()
    script_at_rest(page)
    expect(page.locator(".picture")).to_have_count(1)


def test_a_session_that_waits_for_its_browser_has_all_of_it_and_the_file(two, page):
    layers = with_a_file_and_layers(two, page)
    before = two.returns()
    cut_for_long(two, page)
    set_layers(page, layers, 4)
    assert two.returns() == before + 1
    expect(page.locator(".picture")).to_have_count(1)
    expect(page.get_by_text("choose it again")).to_have_count(0)


def test_a_session_that_has_expired_loses_nothing_but_the_file(tmp_path, without, page):
    try:
        with service(tmp_path, 1, STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="0") as running:  # seconds
            layers = with_a_file_and_layers(running, page)
            cut_for_long(running, page)
            set_layers(page, layers, 4)
            assert running.returns() == 0, "it is another session"
            assert set(OWN.split("&")) < set(urlsplit(page.url).query.split("&"))
            expect(page.get_by_text("choose it again").first).to_be_visible()
            upload(page)
            expect(page.get_by_text("choose it again")).to_have_count(0)
            expect(layers).to_have_value("4")
    except FileNotFoundError as missing:
        without(missing)


def test_a_frame_of_another_site_takes_a_file_too(two, page, foreign):
    page.goto(f"{foreign}/?{two.url}/?embed=true&{OWN}")
    upload(page.frame_locator("iframe"))


def test_a_site_that_is_not_named_gets_no_frame(two, visitor, foreign):
    window = visitor.new_page()
    refused = []
    window.on("console", lambda message: "frame-ancestors" in message.text and refused.append(message.text))
    window.goto(f"{foreign.replace('127.0.0.1', 'localhost')}/?{two.url}/?embed=true")
    wait_until(lambda: bool(refused))


def test_headers_caches_and_what_is_closed(two):
    page = fetch(two.url)
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    seat = page.headers["set-cookie"].partition(";")[0]
    assert seat.startswith("seat=")
    assert "seat=" not in fetch(two.url, Cookie=seat).headers.get("set-cookie", "")
    script = page.text.partition('crossorigin src=".')[2].partition('"')[0]
    first, second = (fetch(two.url + script, Accept_Encoding="gzip") for _ in range(2))
    assert "immutable" in first.headers["cache-control"]
    assert (second.headers["x-cache"], second.headers["content-encoding"]) == ("HIT", "gzip")
    direct = fetch(two.servers[0].url + script, Accept_Encoding="gzip")
    assert direct.headers["content-encoding"] == "gzip", "a host without nginx, too"
    for path in ("metrics", "agent/openapi.json", "agent/interact"):
        assert fetch(f"{two.url}/_stcore/{path}", Authorization=f"Bearer {TOKEN}").status == 404, path
    for path in ("metrics", "agent/openapi.json"):
        assert fetch(f"{two.servers[0].url}/_stcore/{path}").status == 404, path
    assert fetch(f"{two.url}/_stcore/upload_file/a/b", b"x" * 13_000_000).status == 413


def test_a_host_name_that_is_not_named_gets_no_session(two):
    """This machine is, without a word from its host."""

    def session(host: str) -> connect:
        line = socket.create_connection(("127.0.0.1", urlsplit(two.url).port))
        return connect(f"ws://{host}/_stcore/stream", sock=line)

    for host in ("localhost", "127.0.0.1"):
        with session(host):
            pass
    with pytest.raises(InvalidStatus, match="403"), session("elsewhere.example"):
        pass


def test_a_killed_process_loses_no_view(two, page):
    """The last test of these two: one of them is gone after it."""
    page.goto(f"{two.url}/?{SMALL}")
    pictures(page, 2)
    choose(page, "Dataset", "Circles")
    page.wait_for_url("**dataset=circles**")
    pictures(page, 2)
    wait_until(lambda: two.sessions() == 1)
    gone, other = sorted(two.servers, key=lambda each: each.sessions(), reverse=True)
    family = [psutil.Process(gone.process.pid), *psutil.Process(gone.process.pid).children(recursive=True)]
    for process in family:
        process.kill()
    wait_until(lambda: other.sessions() == 1)
    reconnected(page)
    pictures(page, 2)
    assert "dataset=circles" in page.url
    expect(page.get_by_test_id("stSelectbox").filter(has_text="Dataset").locator("input")).to_have_value("Circles")


def test_the_app_lives_below_a_path(tmp_path, without, page):
    try:
        with service(tmp_path, 1, base_path="/lab") as running:
            page.goto(f"{running.url}/neuron")
            at_rest(page)
            page.get_by_test_id("stSidebar").get_by_role("link", name="Compare").click()
            pictures(page, 4)
            assert page.url.rstrip("/") == running.url
            assert fetch(running.url + "/_stcore/metrics", Authorization=f"Bearer {TOKEN}").status == 404
    except FileNotFoundError as missing:
        without(missing)
