"""What the figures of claims come from, read from what is kept and said with labels."""

import pytest

from core import ACTIVATIONS
from core.claims import CLAIMS, Row, kept
from ui.lessons.claims.details import detail, part_label

ROWS = {(name, row.trial): row for name, rows in kept().rows.items() for row in rows}
CODE_NAMES = {name for name in ACTIVATIONS if "_" in name} | {"relu", "elu"}


@pytest.mark.parametrize(
    ("kept_as", "said"),
    [
        ("median epochs: tanh_shifted 12.6 (rate 0.2), relu 17.6 (rate 1e-05)",
         "median epochs: Tanh, shifted 12.6 (learning rate 0.2), ReLU 17.6 (learning rate 1·10⁻⁵)"),
        ("median norms: 20 layers 8.8e-05, 2 layers 0.35", "median norms: 20 layers 8.8·10⁻⁵, 2 layers 0.35"),
        ("made up", "made up"),
    ],
)  # fmt: skip
def test_names_are_labels_and_numbers_as_they_stand_on_screen(kept_as, said):
    assert detail(Row("faster", "moons", (), kept_as)) == said


@pytest.mark.parametrize("row", ROWS.values(), ids=map(" ".join, ROWS))
def test_no_code_name_is_left_of_what_is_kept(row):
    words = detail(row).replace("(", " ").replace(",", " ").split()
    assert not CODE_NAMES & set(words)
    assert "e-" not in detail(row)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_parts_are_datasets_by_their_labels_or_networks_by_their_sizes(claim):
    labels = [part_label(part) for part in claim.parts]
    assert len(set(labels)) == len(labels)
    assert not set(labels) & {"moons", "xor", "breast_cancer"}
    if claim.part_noun == "network":
        assert labels == list(claim.parts)
