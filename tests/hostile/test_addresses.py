"""Settings of an address that are not what they should be: each is read or refused in a few plain words."""

import pytest

from tests.hostile.kinds import SHOWN, TEXTS, bounded
from ui.shell.factors import layer_activations
from ui.shell.plain import plain
from ui.shell.readers import texts
from ui.sweep.settings import SETTINGS  # with those of Compare


@pytest.mark.parametrize("kind", TEXTS)
def test_a_setting_is_read_or_refused_in_a_few_words(kind):
    readers = {key: setting.parse() for key, setting in SETTINGS.items()} | {
        "activations": lambda texts: layer_activations(texts[-1])
    }
    for key, parse in readers.items():
        for asked in ([TEXTS[kind]], [TEXTS[kind], "relu"], [f"{TEXTS[kind][:100]}{i}" for i in range(5000)]):
            with bounded(f"{key}={kind}"):
                for text in texts(parse(asked)):
                    text.encode()


@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_of_a_strangers_text_is_read_as_markdown(kind):
    """What is left of it can be read by Streamlit in no other way; the browser's test looks at what it does with it."""
    shown = plain(TEXTS[kind])
    assert len(shown) < 2 * SHOWN
    assert shown.isprintable() or "\u2060" in shown
    assert "\n" not in shown
    for mark in ("http://", "https://", "www.", "evil.example/a)", ":material", ":smile", "@evil"):
        assert mark not in shown.replace("\\", "")
    for mark in "[]`*_$<>#":
        assert shown.replace(f"\\{mark}", "").count(mark) == 0
