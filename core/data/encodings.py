"""The bytes of a file as text: which encoding they are in."""

import codecs
import re

from ..notes import Note

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_EASTERN, _SINGLE = ["cp949", "cp932", "euc_jp", "gb18030", "big5"], ["cp1251", "cp1253", "cp1252"]
_WORDS = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_FOREIGN = 0.6  # share of bytes beyond ASCII in such words, from which on their letters are not Latin
# In words of Western Europe these signs never stand between letters; in Central Europe their bytes are letters.
_SIGN_IN_A_WORD = re.compile(r"[^\W\d_][£¥¦¯²³¹¼¾¿][^\W\d_]|\b[¿³¹¼¾¯£]\w|\w[³¿¹]\b")


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding; `ValueError` for an encoding that does not fit."""
    encoding = encoding or encodings_of(content)[0]
    try:
        return content.decode(encoding), encoding
    except (UnicodeError, LookupError) as error:
        raise ValueError(Note("the file is not text in the encoding {encoding}", encoding=repr(encoding))) from error


def encodings_of(content: bytes) -> list[str]:
    """What the text can be in, the likeliest first: UTF-8 or what a mark at the beginning says, if that fits, and else
    what the words beyond ASCII look like."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return [name]
    zeros = [content[start:2000:2].count(0) for start in (0, 1)]
    if max(zeros) > min(len(content), 2000) / 8:
        return ["utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"]
    if _fits(content, "utf-8"):
        return ["utf-8"]
    likely = _of_words(b" ".join(dict.fromkeys(_WORDS.findall(content)))[:20_000])
    return [name for name in likely if _fits(content, name)] or likely[:1]


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True


def _of_words(words: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    letters = words.replace(b" ", b"")
    if sum(byte > 127 for byte in letters) >= _FOREIGN * len(letters):
        likely = [match.encoding for match in from_bytes(words, cp_isolation=[*_EASTERN, *_SINGLE])]
        if likely:
            return list(dict.fromkeys([*likely, *(_EASTERN if likely[0] in _EASTERN else _SINGLE)]))
    latin = ["cp1252", "cp1250"]
    return latin[::-1] if _SIGN_IN_A_WORD.search(words.decode("cp1252", "replace")) else latin
