"""Korean particles, which change with the sound of the word before them.

A field of a Korean message may name both forms, the one after a consonant first:

    {activation:은/는}   the field, and the particle that suits it: `ReLU는`, `Adam은`
    {epochs:+으로/로}    the particle alone, where marks stand between: `**{epochs}**{epochs:+으로/로}`

How a name, a number or a sign is read decides: `tanh` is 탄젠트 and `10` is 십.  What is in brackets at the end is not
read, unless it is all there is.  `tests/ui/shell/test_korean.py` holds it to every name that a field can have.
"""

import re
import string
from collections.abc import Mapping

from ui.shell.plain import JOINER

_RIEUL = 8  # place of ㄹ among the 28 final sounds of a syllable, none among them: 로 follows it, and not 으로
_FIRST, _LAST, _FINALS = ord("가"), ord("힣"), 28

# How what is no Hangul is read, in its last syllable.
_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구"))
_AFTER_LETTERS = dict(zip("0123456789", "로원투리포브스븐트인"))  # in English: `ReLU6`, `L1`, `L2`
_POWERS = ("", "십", "백", "천", "만", "만", "만", "만", "억")  # of ten: how a number with so many zeros ends
_SIGNS = {"%": "트", "°": "도", "∞": "대", "²": "곱", "³": "곱", "π": "이", "σ": "마", "α": "파", "β": "타", "√": "트"}
_RAISED = dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", "승") | dict(zip("₀₁₂₃₄₅₆₇₈₉", "영일이삼사오육칠팔구"))
# Each by its own name, which words of capitals are read by: `SGD` ends in 디.
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "이비시디이프지치이이이엘엠엔오피큐알스티유이유스이트"))
# Names whose last letter says something else, in small letters.
_READ = {
    "adam": "담", "nadam": "담", "adamax": "스", "adamw": "유", "adadelta": "타", "adagrad": "드", "rmsprop": "롭",
    "momentum": "텀", "nesterov": "프", "relu": "루", "elu": "루", "selu": "루", "gelu": "루", "celu": "루",
    "silu": "루", "swish": "시", "mish": "시", "tanh": "트", "sigmoid": "드", "softplus": "스", "softsign": "인",
    "identity": "티", "step": "텝", "sine": "인", "gaussian": "안", "he": "허", "xavier": "어", "lecun": "쿤",
    "pytorch": "치", "numpy": "이", "auto": "토", "json": "슨", "python": "썬", "csv": "이", "sin": "인", "cos": "인",
    "exp": "프", "erf": "프", "log": "그", "zeros": "로", "moons": "스", "circles": "스", "nan": "엔", "inf": "대",
    "seed": "드", "iris": "스", "wine": "인", "digits": "츠", "parquet": "이", "hardswish": "시",
}  # fmt: skip
# The ends of English words by their sound, the longest first, for all other words.
_ENDS = (
    ("ing", "잉"), ("ong", "옹"), ("ng", "응"), ("um", "움"), ("am", "암"), ("om", "옴"), ("im", "임"), ("em", "엠"),
    ("rm", "름"), ("m", "음"), ("an", "안"), ("en", "엔"), ("in", "인"), ("on", "온"), ("un", "운"), ("n", "은"),
    ("al", "알"), ("el", "엘"), ("il", "일"), ("ol", "올"), ("le", "을"), ("l", "을"), ("ap", "압"), ("op", "옵"),
    ("ep", "엡"), ("ck", "크"), ("ic", "익"), ("ook", "욱"),
)  # fmt: skip
_BRACKETS = re.compile(r"(?<=[^\s(])\s*\([^()]*\)\W*$")
_MARKS = re.compile(r"[\s*_`'\"’”»)\]}>.,:;!?\\\u200d\u2060]+$")
_NUMBER = re.compile(r"(?<![A-Za-z\d])[\d,]*\d(\.\d+)?$")
# Between these signs and Hangul a line may break, as in `90%` and `에서`; between any sign and Hangul, a mark does not
# close bold text.  A joiner mends both.
_LOOSE = re.compile(r"(?<=[%)\]”’°′∞…`$])(?=[가-힣])|(?<=[^\w\s*])(\*\*)(?=[가-힣])")
_JOINED = rf"{JOINER}\1"


def filled(text: str, fields: Mapping[str, object]) -> str:
    """The message with its fields, if it has any, filled in, and the particles that suit them."""
    return _LOOSE.sub(_JOINED, _FORMATTER.vformat(text, (), fields) if fields else text)


def with_particle(word: str, pair: str) -> str:
    """The one of two forms, such as `은/는`, that follows a word."""
    after_consonant, after_vowel = pair.split("/")
    final = _final_sound(word)
    if after_consonant.startswith("으") and final == _RIEUL:
        return after_vowel
    return after_consonant if final else after_vowel


def _final_sound(word: str) -> int:
    """Which of the final sounds a word ends in, 0 for a vowel."""
    read = _last_syllable(word)
    return (ord(read) - _FIRST) % _FINALS if read else 0


def _last_syllable(word: str) -> str:
    """The Hangul of how a word ends, or nothing where nothing in it is read."""
    word = _MARKS.sub("", _BRACKETS.sub("", word))
    if not word:
        return ""
    last = word[-1]
    if _FIRST <= ord(last) <= _LAST:
        return last
    if last.isascii() and last.isdigit():
        return _of_number(word)
    if last in _SIGNS or last in _RAISED:
        return _SIGNS.get(last) or _RAISED[last]
    if last.isascii() and last.isalpha():
        return _of_letters(re.search(r"[A-Za-z]+$", word)[0])
    return _last_syllable(word[:-1])


def _of_number(word: str) -> str:
    found = _NUMBER.search(word)
    if not found:
        return _AFTER_LETTERS[word[-1]]
    digits = found[0].replace(",", "")
    if "." in digits or not digits.strip("0"):
        return _DIGITS[digits[-1]]
    zeros = len(digits) - len(digits.rstrip("0"))
    return _POWERS[min(zeros, len(_POWERS) - 1)] if zeros else _DIGITS[digits[-1]]


def _of_letters(letters: str) -> str:
    small = letters.lower()
    if small in _READ:
        return _READ[small]
    if letters.isupper() or len(letters) == 1:
        return _LETTERS[small[-1]]
    return next((syllable for end, syllable in _ENDS if small.endswith(end)), "이")


class _Formatter(string.Formatter):
    def format_field(self, value: object, pair: str) -> str:
        if "/" not in pair:
            return super().format_field(value, pair)
        word, alone = str(value), pair.startswith("+")
        particle = with_particle(word, pair.removeprefix("+"))
        return particle if alone else word + particle


_FORMATTER = _Formatter()
