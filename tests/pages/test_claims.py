"""The page of claims in AppTest: every claim can be read, and measured again."""

from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from core.claims import CLAIM, CLAIMS, Row, UnderWay, kept, verdict
from tests.page import address, charts, choose, links, messages, opened, press
from ui.jobs.limits import PUBLIC
from ui.lessons.claims import measuring
from ui.lessons.claims.controls import COMPARED, LESSONS, ONE_RULE
from ui.lessons.claims.measuring import Measuring
from ui.lessons.claims.words import APART, about_picture, badges, formula_words, in_words, rule, summary
from ui.shell.conversion import experiment_for, settings_for
from ui.shell.page import PAGES
from ui.shell.settings import query

PAGE = "pages/claims.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def texts(page) -> str:
    return " ".join(text.value for text in (*page.main.markdown, *page.main.header, *page.main.caption))


def listed(page) -> list[str]:
    """The lines of the list of all claims."""
    (said,) = [text.value for text in page.main.markdown if text.value.startswith(ONE_RULE)]
    return [line for line in said.splitlines() if line.startswith("* ")]


def always(figure: float):
    """Instead of measuring: every figure of every trial is that far above its line."""

    def go_on(name: str, part: str, given, seconds: float) -> UnderWay:
        claim = CLAIMS[name]
        rows = tuple(
            Row(trial.name, part, ((trial.line or 0) + figure,) * claim.repeats, "made up") for trial in claim.trials
        )
        return UnderWay(("all",), 1, rows)

    return go_on


def made_up(part: str) -> UnderWay:
    return always(1.0)("leaky_cure", part, (), 1)


def test_it_opens_with_the_first_claim_and_what_is_kept_of_it():
    page = opened(PAGE)
    assert page.selectbox(key="claim").value == "six_times"
    assert page.header[0].value == "“ReLU learns six times faster than Tanh.”"
    assert f"**Stored results of {kept().date}**" in texts(page)
    assert len(charts(page)) == 1
    assert not messages(page)
    assert address(page) == {}


def test_every_claim_has_its_verdict_its_pictures_and_its_text():
    page = opened(PAGE)
    for name, claim in CLAIMS.items():
        choose(page, "selectbox", "claim", name)
        said, found = texts(page), verdict(claim, kept().rows[name])
        assert len(charts(page)) == len(claim.pictures)
        for words in (f"{badges(found)} {summary(claim, found)}", *rule(claim, found), formula_words(found)):
            assert words in said
        for words in (claim.source, *claim.design, claim.cannot_tell):
            assert words in said
        assert (APART in said) == any(trial.role != CLAIM for trial in claim.trials)
    assert address(page) == {"claim": [name]}
    assert texts(opened(PAGE, claim=name)) == texts(page), "and so by its link"


@pytest.mark.parametrize("name", CLAIMS)
def test_the_verdict_and_all_figures_are_said(name):
    claim, found = CLAIMS[name], verdict(CLAIMS[name], kept().rows[name])
    *_, counts = rule(claim, found)
    for condition, each in found.findings.items():
        assert (f"badge[{condition}: {each.word}]" if condition else f"badge[{each.word}]") in badges(found)
        assert f"{each.tests}" in counts
        assert f"Hold: {each.holds}, fail: {each.fails}. The claim is **{each.word}**." in counts
    for trials in claim.pictures:
        said = about_picture(trials, found)
        for trial in trials:
            its = found.trials[trial.name]
            assert f"**{in_words(trial, its.median)}**" in said
            assert (f"**{its.holds}**, fail: {its.fails}, open: " in said) or trial.line is None


@pytest.mark.parametrize("name", CLAIMS)
def test_a_summary_has_the_numbers_of_its_trials(name):
    claim = CLAIMS[name]
    of_other_figures = [row for part in claim.parts for row in always(1.0)(name, part, (), 1).rows]
    said, other = (summary(claim, verdict(claim, rows)) for rows in (kept().rows[name], of_other_figures))
    assert said != other
    assert "{" not in said


def test_the_list_has_the_verdict_of_every_claim():
    page = opened(PAGE)
    choices = page.selectbox(key="claim").options
    lines = listed(page)
    assert len(choices) == len(lines) == len(CLAIMS)
    for choice, line, (name, claim) in zip(choices, lines, CLAIMS.items()):
        assert claim.statement in choice
        assert choice in line
        for each in verdict(claim, kept().rows[name]).findings.values():
            assert f"{each.word}]" in line


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    page = opened(PAGE, claim="six_time", nonsense="1")
    said = " ".join(messages(page))
    assert "unknown claim 'six_time'; did you mean 'six_times'" in said
    assert "nonsense" in said
    assert len(charts(page)) == 1


def test_the_links_lead_to_the_lesson_and_to_compare():
    page = opened(PAGE)
    for name in CLAIMS:
        choose(page, "selectbox", "claim", name)
        there = links(page)
        assert PAGES[LESSONS[name]].path.removeprefix("pages/").removesuffix(".py") in " ".join(there.values())
        (asked,) = [link for link in there.values() if "?" in link]
        assert asked.lstrip("?") == urlencode(query(COMPARED[name]), doseq=True)


@pytest.mark.parametrize("name", CLAIMS)
def test_what_compare_shows_of_a_claim_can_be_trained_and_asked_for(name):
    asked = settings_for(experiment_for(COMPARED[name]))
    assert asked.items() >= COMPARED[name].items()


@pytest.mark.parametrize(("figure", "word"), [(1.0, "supported"), (-0.5, "not supported")])
def test_measuring_again_gives_the_verdict_of_what_was_measured(monkeypatch, figure, word):
    monkeypatch.setattr(measuring, "go_on", always(figure))
    monkeypatch.setattr(measuring, "LOOK_AGAIN", 600.0)  # so long that it waits for what is under way
    page = opened(PAGE, claim="leaky_cure")
    press(page, "measure")
    assert "**Measured just now on this machine**" in texts(page)
    assert "Stored results" not in texts(page)
    assert f"The claim is **{word}**" in texts(page)
    assert f"badge[{word}]" in listed(page)[list(CLAIMS).index("leaky_cure")]
    assert page.selectbox(key="claim").value == "leaky_cure"
    choose(page, "selectbox", "claim", "six_times")
    assert "**Stored results" in texts(page), "the others are as they were"
    choose(page, "selectbox", "claim", "leaky_cure")
    assert "**Measured just now on this machine**" in texts(page)


class Stub:
    """An executor whose results come when the test says so."""

    def __init__(self) -> None:
        self.futures: list[Future] = []

    def submit_part(self, seconds, waiting, function, *args) -> Future:
        self.futures.append(Future())
        self.futures[-1].asked = args
        return self.futures[-1]


@pytest.fixture
def stub(monkeypatch) -> Stub:
    executor = Stub()
    monkeypatch.setattr(measuring, "executor", lambda: executor)
    return executor


def test_while_it_is_measured_the_page_shows_how_far_it_is_and_stays_usable(stub):
    page = opened(PAGE, claim="leaky_cure")
    press(page, "measure")
    assert "**Stored results" in texts(page)
    assert len(charts(page)) == len(CLAIMS["leaky_cure"].pictures)
    assert not [button for button in page.button if button.key == "measure"]
    assert [future.asked[:2] for future in stub.futures] == [("leaky_cure", "moons")], "one turn at a time"
    choose(page, "selectbox", "claim", "six_times")
    assert page.button(key="measure").label == "Measure again on this machine"
    stub.futures[0].set_result(made_up("moons"))
    choose(page, "selectbox", "claim", "leaky_cure")
    assert [future.asked[1] for future in stub.futures] == ["moons", "circles"]


def test_strangers_measure_one_claim_at_a_time(stub, monkeypatch):
    monkeypatch.setenv(PUBLIC, "1")
    page = opened(PAGE, claim="leaky_cure")
    assert not page.button(key="measure").disabled
    press(page, "measure")
    choose(page, "selectbox", "claim", "six_times")
    assert page.button(key="measure").disabled
    assert "Finish that one first." in page.button(key="measure").help


def test_a_part_whose_worker_is_killed_is_measured_again(stub):
    claim = replace(CLAIMS["leaky_cure"], parts=("moons", "xor"))
    measuring_now = Measuring(claim)
    assert not measuring_now.advance(seconds=0)
    stub.futures[-1].set_exception(BrokenExecutor())
    assert not measuring_now.advance(seconds=0)
    assert [future.asked[1] for future in stub.futures] == ["moons", "moons"]
    for part in claim.parts:
        stub.futures[-1].set_result(made_up(part))
        finished = measuring_now.advance(seconds=0)
    assert finished
    assert {row.part for row in measuring_now.rows} == {"moons", "xor"}


def test_a_part_is_measured_in_turns_that_go_on_where_the_one_before_stopped(stub):
    measuring_now = Measuring(replace(CLAIMS["leaky_cure"], parts=("moons", "xor")))
    assert not measuring_now.advance(seconds=0)
    stub.futures[-1].set_result(UnderWay(("first",), 0.5, None))
    assert not measuring_now.advance(seconds=0)
    assert measuring_now.progress == 0.25
    assert [future.asked[2] for future in stub.futures] == [(), ("first",)]
    stub.futures[-1].set_result(made_up("moons"))
    assert not measuring_now.advance(seconds=0)
    assert measuring_now.progress == 0.5
    assert stub.futures[-1].asked[1:3] == ("xor", ())


def test_workers_that_are_killed_again_and_again_are_a_message_and_the_kept_results_stay(monkeypatch):
    class Broken:
        def submit_part(self, *args) -> Future:
            future = Future()
            future.set_exception(BrokenExecutor())
            return future

    with monkeypatch.context() as patched:
        patched.setattr(measuring, "executor", Broken)
        page = opened(PAGE)
        press(page, "measure")
        assert "stopped from outside" in " ".join(messages(page))
        assert "**Stored results" in texts(page)
        assert len(charts(page)) == 1
    monkeypatch.setattr(measuring, "go_on", always(-0.5))
    monkeypatch.setattr(measuring, "LOOK_AGAIN", 600.0)  # so long that it waits for what is under way
    press(page, "measure")
    assert not messages(page)
    assert "**Measured just now" in texts(page)
