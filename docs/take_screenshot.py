"""Takes the picture in README from the real page: `PYTHONPATH=. python docs/take_screenshot.py`."""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.running import launch, running_app

path = Path(__file__).with_name("compare.png")
with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "log") as url, sync_playwright() as playwright:
    browser = launch(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page.goto(url)
    page.locator("svg.marks").nth(4).wait_for()
    page.wait_for_timeout(2000)
    for _ in range(9):
        page.get_by_label("Epoch shown").press("ArrowLeft")
    page.get_by_role("heading").first.click()
    page.wait_for_timeout(1000)
    page.screenshot(path=path)
    browser.close()
Image.open(path).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)
