"""Entries that lack something, in AppTest: the page says so and stands."""

from dataclasses import replace

import pytest

from core import ACTIVATIONS, OPTIMIZERS
from tests.page import charts, opened

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def downloads(page) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


@pytest.mark.parametrize(("registry", "name"), [(ACTIVATIONS, "tanh"), (OPTIMIZERS, "adam")])
def test_what_pytorch_lacks_is_said_in_place_of_its_script(registry, name, monkeypatch):
    before = opened(activations=["relu", "tanh"], epochs="3")
    assert "PyTorch" in downloads(before)
    assert not [text for text in before.caption if "PyTorch script" in text.value]
    monkeypatch.setitem(registry, name, replace(registry[name], torch=None))
    page = opened(activations=["relu", "tanh"], epochs="3")
    assert downloads(page) == [label for label in downloads(before) if label != "PyTorch"]
    (sentence,) = [text.value for text in page.caption if "PyTorch script" in text.value]
    assert f"because PyTorch does not have {registry[name].label}." in sentence


def test_an_optimizer_without_terms_rates_and_full_name_has_its_path_and_its_step(monkeypatch):
    adam = OPTIMIZERS["adam"]
    fields = {"family": adam.family, "init": adam.init, "step": adam.step, "learning_rate": adam.learning_rate}
    bare = type(adam)(name="adam", label=adam.label, note="Adam, of which nothing is said.", source="nobody", **fields)
    full = opened("pages/optimizers.py", optimizers="adam", optimizer="adam")
    monkeypatch.setitem(OPTIMIZERS, "adam", bare)
    page = opened("pages/optimizers.py", optimizers="adam", optimizer="adam")
    assert charts(page)[0] == charts(full)[0], "the rate that is found is the one that was on the record"
    assert any("**Adam** (nobody). Adam, of which" in text.value for text in page.main.markdown)
    (table,) = [text.value for text in page.main.markdown if text.value.startswith("| Term")]
    assert "**memory 1 before**" in table
    assert "**step** $\\Delta_t$" in table
