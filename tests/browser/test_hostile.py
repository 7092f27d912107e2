"""What a link may not do in a browser: put links, pictures, headings or formulas on the page."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.running import script_at_rest

NOT_HERE = [
    "[press here](https://evil.example)", "![i](https://evil.example/i.png)", "https://evil.example/a",
    "www.evil.example", "someone@evil.example", "x\n\n# A heading", "x\n===", "$\\frac{1}{2}$", ":red[hot]",
    ":material/home:", ":streamlit:", ":smile:", "<img src=https://evil.example/i.png>", "x\n\n    code", "`code`",
]  # fmt: skip
ELEMENTS = (
    "a", "img", "h1", "h3", "code", "pre", ".katex", "hr", "span[style*=color]", "[aria-label*=icon]", "em", "ul",
)  # fmt: skip
FIELDS = ("layers", "units", "epochs", "noise", "samples", "seed", "seeds", "batch_size", "loss", "redraw", "dataset")


def test_a_strangers_text_is_text(opened):
    asked = list(zip(FIELDS, NOT_HERE)) + [(text, "1") for text in NOT_HERE] + [("activations", "relu")]
    page = opened(f"/?{urlencode(asked)}")
    alerts = page.get_by_test_id("stAlert")
    expect(alerts.filter(has_text="this page does not have")).to_be_visible()
    script_at_rest(page)
    expect(alerts.filter(has_text="In the address")).to_have_count(len(FIELDS), timeout=5_000)
    for element in ("a", "img", "h1", "h2", "code", "pre", ".katex", "hr", "span[style*=color]", "[aria-label*=icon]"):
        found = alerts.get_by_test_id("stMarkdownContainer").locator(element)
        assert found.count() == 0, found.first.evaluate("element => element.outerHTML")


def test_a_strangers_mission_is_text_before_the_prediction_and_after_it(opened):
    words = " ".join(NOT_HERE)[:390]
    view = {"dataset": "moons", "activations": ["relu", "tanh"], "epochs": "3"}
    page = opened(f"/mission?{urlencode(view | {'question': words, 'reason': f'{words} end'}, doseq=True)}")
    question = page.get_by_role("heading", level=2).filter(has_text="press here")
    expect(question).to_contain_text("red[hot]")
    page.get_by_role("button", name="ReLU").click()
    reason = page.get_by_test_id("stMarkdownContainer").filter(has_text="press here").last
    expect(reason).to_contain_text("end")
    for text in (question, reason):
        for element in ELEMENTS:
            found = text.locator(element)
            assert found.count() == 0, found.first.evaluate("element => element.outerHTML")
