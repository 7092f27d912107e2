"""Strangers' text as it stands on screen; `tests/hostile` has more of it, and a browser to look at it."""

import pytest

from ui.shell.plain import MOST, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("unknown activation 'rleu'; did you mean 'relu'? Choices: a, b", "as it is"),
        ("row 3, column 'größe': 1.5 is 7 % of 21", "as it is"),
        ("[a](b) *c* _d_ $e$ #f", r"\[a\]\(b\) \*c\* \_d\_ \$e\$ \#f"),
        ("https://a.example", "https\\:\u2060//a.example"),
        ("WWW.a.example", "WWW\u2060.a.example"),
        ("me@a.example", "me@\u2060a.example"),
        (":smile:", "\\:\u2060smile\\:"),
        ("a\n\n# b\tc", r"a \# b c"),
        ("50.0%\u2060입니다", "as it is"),
        ("a\ud800\x00\u202eb", "a\ufffd\ufffd\ufffdb"),
        ("é" * 5000, "é" * MOST + "…"),
    ],
)
def test_it_is_one_plain_line(text, shown):
    assert plain(text) == (text.replace(":", "\\:") if shown == "as it is" else shown)
