"""README promises what is true, and the links of all documents lead somewhere."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.md")])
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """What GitHub calls the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", document.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_notebook_example_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict = {}
    exec(code, names)
    history = names["history"]
    assert history.train_loss.shape[0] == 4
    np.testing.assert_allclose(history.predict([[0.5, -0.2]]).sum(axis=2), 1, rtol=1e-5)
    assert names["W"].shape == (2, 16)


def test_readme_is_read_in_a_minute():
    assert len(README.splitlines()) <= 100


def test_one_line_of_readme_runs_the_app_and_one_the_tests():
    commands = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
    assert len(commands) == 2
    assert "requirements.txt" in commands[0] and commands[0].endswith("streamlit run app.py")
    assert "requirements-dev.txt" in commands[1] and "-m pytest" in commands[1]
    assert README.count("requirements-dev.txt") == 1  # .ci/run finds the line by it


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_its_links_lead_somewhere(document):
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (document.parent / path).resolve() if path else document
        assert place.exists(), target
        if anchor:
            assert anchor in anchors(place), target


def test_every_document_can_be_reached_from_readme():
    linked = {(ROOT / path).resolve() for path in re.findall(r"\]\(([^)#\s]+\.md)", README)}
    assert linked >= {path for path in DOCUMENTS if ".github" not in path.parts and path.name != "README.md"}
