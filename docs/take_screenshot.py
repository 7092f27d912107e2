"""Takes the picture in README from the real page: `PYTHONPATH=. python docs/take_screenshot.py`, while the app runs on
port 8501 and Chromium is installed."""

import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )
    page = browser.new_page(viewport={"width": 1280, "height": 1180})
    page.goto("http://localhost:8501")
    page.locator("svg.marks").nth(4).wait_for()
    page.wait_for_timeout(2000)
    path = Path(__file__).with_name("compare.png")
    page.screenshot(path=path)
    browser.close()
Image.open(path).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)
