"""Data and functions of one's own as a person brings them: a table that is pasted, a formula that is typed."""

from playwright.sync_api import expect

from tests.browser.comparing import pictures
from tests.browser.running import at_rest, script_at_rest

TABLE = "x1\tx2\ty\n0\t0\t0\n0\t1\t1\n1\t0\t1\n1\t1\t0\n"


def test_a_pasted_table_is_trained(opened):
    page = opened("/?dataset=own&activations=relu&activations=tanh&epochs=20")
    expect(page.get_by_text("There are no data yet.")).to_be_visible()
    page.get_by_role("button", name="Paste a table").click()
    box = page.get_by_role("textbox", name="Paste a table")
    box.fill(TABLE)
    box.press("Control+Enter")
    pictures(page, 2)
    expect(page.get_by_text("pasted table is in use.")).to_be_visible()
    expect(page.locator(".outcome").first).to_contain_text("Training accuracy")
    expect(page.locator(".legend").get_by_text("Test data")).to_have_count(0)
    chips = page.get_by_test_id("stMultiSelect").filter(has_text="Features").locator("[data-tag]")
    expect(chips).to_have_text(["x1", "x2"])


def test_a_typed_formula_joins_and_its_link_has_it_and_a_bad_one_is_marked_and_stays(opened):
    page = opened("/?activations=relu&epochs=5")
    pictures(page, 1)
    box = page.get_by_role("textbox", name="Your own function of x")
    box.fill("max(0.1 * x, x)")
    box.press("Enter")
    pictures(page, 2)
    names = ["ReLU", "max(0.1·x, x)"]
    expect(page.locator("figure .name")).to_have_text(names)
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("window.copied")
    link = page.evaluate("window.copied")
    box.fill("import os")
    box.press("Enter")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text("Only x, numbers, operators and functions")).to_be_visible()
    expect(sidebar.get_by_test_id("stCode")).to_contain_text("import os\n       ^")
    expect(box).to_have_value("import os")
    script_at_rest(page)
    page.goto(link)
    at_rest(page)
    expect(page.locator("figure .name")).to_have_text(names)


def test_chips_of_many_features_are_whole(opened):
    names = [f"measure{k}" for k in range(30)]
    rows = [[*(str(i * (k + 1) % 31) for k in range(30)), "ab"[i % 2]] for i in range(12)]
    table = "\n".join("\t".join(row) for row in [[*names, "kind"], *rows])
    page = opened("/?dataset=own&activations=relu&epochs=1", width=390, height=844)
    page.get_by_role("button", name="Paste a table").click()
    box = page.get_by_role("textbox", name="Paste a table")
    box.fill(table)
    box.press("Control+Enter")
    pictures(page, 1)
    features = page.get_by_test_id("stMain").get_by_test_id("stMultiSelect").filter(has_text="Features").first
    room = features.get_by_test_id("stMultiSelectTagsContainer").bounding_box()
    chips = [chip.bounding_box() for chip in features.locator("[data-tag]").all()]
    bottom = room["y"] + room["height"]
    assert len(chips) == len(names)
    assert all(chip["x"] + chip["width"] <= room["x"] + room["width"] for chip in chips)
    assert not [chip for chip in chips if chip["y"] < bottom < chip["y"] + chip["height"]], "none is cut through"
