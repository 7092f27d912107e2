"""Korean particles: after what a word ends in as it is read, whatever letters it is written in."""

import pytest

from core import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from ui.shell.korean import filled, with_particle

# How each label is read, by somebody who speaks the language: whether its last syllable ends in a consonant.
AFTER_CONSONANT = {
    "Adam", "Nadam", "RAdam", "RMSProp", "Momentum", "Softsign", "Gaussian", "Arctan", "Wine", "XOR", "He normal",
    "He uniform", "Xavier normal", "Xavier uniform", "LeCun normal", "LeCun uniform", "Small normal",
    "4 × Xavier normal",
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "topic", "way"),
    [
        ("사과", "는", "로"), ("신경망", "은", "으로"), ("물", "은", "로"),  # a vowel, a consonant, and ㄹ
        ("ReLU", "는", "로"), ("Adam", "은", "으로"), ("SGD", "는", "로"),
        ("tanh", "는", "로"), ("RMSProp", "은", "으로"),
        ("0", "은", "으로"), ("1", "은", "로"), ("2", "는", "로"), ("3", "은", "으로"), ("6", "은", "으로"),
        ("7", "은", "로"), ("8", "은", "로"), ("9", "는", "로"), ("10", "은", "으로"), ("200", "은", "으로"),
        ("1,000", "은", "으로"), ("20,000", "은", "으로"), ("0.5", "는", "로"),
        ("0.10", "은", "으로"), ("−2", "는", "로"),
        ("95.6%", "는", "로"), ("4.5·10⁻⁵", "은", "으로"), ("∞", "는", "로"),
        ("x₁", "은", "로"), ("ReLU6", "는", "로"), ("L1", "은", "으로"), ("L2", "는", "로"), ("시드 4", "는", "로"),
        ("ReLU (시드 3)", "는", "로"), ("(0, −2.5)", "는", "로"), ("**ReLU**", "는", "로"), ("`Adam`", "은", "으로"),
        ("“초승달”", "은", "로"), ("", "는", "로"),
    ],
)  # fmt: skip
def test_particles_follow_what_is_heard(word, topic, way):
    assert (with_particle(word, "은/는"), with_particle(word, "으로/로")) == (topic, way)


def test_fields_bring_their_particles():
    fields = {"name": "Adam", "share": "95.6%", "number": 2}
    assert (
        filled("{name:은/는} {number:을/를} 고르고, {share:+이/가} 남습니다.", fields)
        == "Adam은 2를 고르고, 가 남습니다."
    )
    assert filled("**{name}**{name:+과/와} {name}", fields) == "**Adam**과 Adam"


def test_bold_text_that_ends_in_a_sign_is_closed_before_hangul():
    """CommonMark closes it only where what stands before the mark is no sign, or what follows is no letter."""
    assert filled("**{share}**{share:+은/는} **{name}**의", {"share": "95.6%", "name": "Adam"}) == (
        "**95.6%\u2060**는 **Adam**의"
    )


def test_a_line_does_not_break_between_a_sign_and_its_particle():
    """Browsers break there, even with `word-break: keep-all`; with fields and without."""
    assert filled("우연 수준은 {share}입니다", {"share": "50.0%"}) == "우연 수준은 50.0%\u2060입니다"
    assert filled("식 $z = {z}$이면", {"z": 0}) == "식 $z = 0$\u2060이면"
    assert filled("“발화”(fire)하면 {} 90%에서 (가)", {}) == "“발화”(fire)\u2060하면 {} 90%\u2060에서 (가)"


@pytest.mark.parametrize("registry", [ACTIVATIONS, OPTIMIZERS, INITIALIZERS, LOSSES, DATASETS, SCHEDULES])
def test_every_label_is_read(registry):
    """As it is said in Korean, or by its Latin letters."""
    from ui.shell.language import _, speaking

    with speaking("ko"):
        labels = [_(record.label) for record in registry.values()]
    for label in labels:
        assert with_particle(label, "은/는") in "은는"
    latin = {label for label in labels if label[-1].isascii() and label[-1].isalpha()}
    other = {label for label in latin if with_particle(label, "은/는") == "은"} ^ (latin & AFTER_CONSONANT)
    assert not other, (
        f"{other}: read in Korean, does it end in a consonant? If so, it goes into AFTER_CONSONANT here; "
        "where a particle is wrong, its last syllable goes into _READ of ui/shell/korean.py"
    )
