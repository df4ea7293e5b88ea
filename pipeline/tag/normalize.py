"""Text as the rules see it: lower case, plain punctuation, simplified Chinese; offsets can be traced back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\t\n\r\v\f\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000‐‑‒–\u00ad", " "),
        **dict.fromkeys("’‘ʼ′＇", "'"),
        **dict.fromkeys("“”„«»", '"'),
    }
)
_WIDE = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LOOSE_HAN = re.compile(rf"(?<=[{_HAN}，。、；：（）“”《》])[ \t\n\r\u00a0\u3000]+(?=[{_HAN}，。、；：（）“”《》])")
_VARIANTS = {"甦": "苏", "衞": "卫", "敍": "叙"}
"""Forms of characters that OpenCC turns into simplified ones only as part of a word."""
_REGIONAL = {
    **{
        "人工智慧": "人工智能",
        "晶片": "芯片",
        "数位": "数字",
        "数码": "数字",
        "资讯": "信息",
        "网路": "网络",
        "软体": "软件",
    },
    **{
        "硬体": "硬件",
        "奈米": "纳米",
        "贪腐": "腐败",
        "便捷化": "便利化",
        "计画": "计划",
        "离岸风电": "海上风电",
        "关务": "海关",
    },
    **{
        "业者": "企业",
        "输出管制": "出口管制",
        "外人投资": "外国投资",
        "行动通讯": "移动通信",
        "通讯": "通信",
        "伺服器": "服务器",
    },
    **{
        "永续": "持续",
        "签章": "签名",
        "资安": "网安",
        "国营事业": "国有企业",
        "资料中心": "数据中心",
        "资料库": "数据库",
    },
}
"""Words of Taiwan, Hong Kong and Macau for those of the mainland, each of the same length, so that offsets hold."""
_REGIONAL_WORD = re.compile("|".join(sorted(_REGIONAL, key=len, reverse=True)))
_SEPARATOR = "\x00"
_RUN = re.compile(r"  +")


class Plain(NamedTuple):
    """Normalised text. ``offsets[i]`` is where character i stands in the original; None: at i.

    ``cased``: the same with its capitals and hyphens, for English.
    """

    text: str
    offsets: tuple[int, ...] | None = None
    cased: str = ""

    def trace(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original text behind [start, end) of the normalised one."""
        if self.offsets is None or end <= start:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normalize_text(text: str, language: str) -> Plain:
    """The text in the form in which phrases are looked up, see the module's head."""
    if language == "zh":
        simple = _lower(text.translate(_Simplified.table()))
        return Plain(*_squeeze(_REGIONAL_WORD.sub(lambda found: _REGIONAL[found[0]], simple), _LOOSE_HAN, ""))
    cased = text.replace(" – ", " , ").replace(" - ", " , ").translate(_PLAIN)
    return _to_plain(_lower_plain(cased), cased)


def normalize_texts(texts: Sequence[str], language: str) -> list[Plain]:
    """As ``normalize_text`` for many texts: one pass over all of them, the same result."""
    joined = _SEPARATOR.join(texts)
    if language == "zh" or joined.count(_SEPARATOR) != len(texts) - 1:
        return [normalize_text(text, language) for text in texts]
    joined = joined.replace(" – ", " , ").replace(" - ", " , ")
    for code, put in _PLAIN.items():  # far faster than str.translate on text that is not ASCII
        joined = joined.replace(chr(code), put)
    lowered = joined.replace("-", " ").lower()
    if len(lowered) != len(joined):
        return [normalize_text(text, language) for text in texts]
    parts = zip(lowered.split(_SEPARATOR), joined.split(_SEPARATOR), strict=True)
    if "  " in lowered:
        return [_to_plain(text, cased) for text, cased in parts]
    return [Plain(text, None, cased) for text, cased in parts]


def _lower_plain(cased: str) -> str:
    """Without capitals and hyphens, with as many characters."""
    return _lower(cased.replace("-", " "))


def _to_plain(text: str, cased: str) -> Plain:
    if "  " not in text:
        return Plain(text, None, cased)
    text, offsets = _squeeze(text, _RUN, " ")
    return Plain(text, offsets, "".join(map(cased.__getitem__, offsets or ())))


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _squeeze(text: str, pattern: re.Pattern[str], put: str) -> tuple[str, tuple[int, ...] | None]:
    """Shorten every match of ``pattern`` to ``put``; where each character stood, None if nothing was shortened."""
    if not pattern.search(text):
        return text, None
    kept: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in pattern.finditer(text):
        kept += [text[end : match.start()], put]
        offsets.extend(range(end, match.start()))
        offsets.extend([match.start()] * len(put))
        end = match.end()
    kept.append(text[end:])
    offsets.extend(range(end, len(text)))
    return "".join(kept), tuple(offsets)


class _Simplified(dict[int, str]):
    """A translation table that looks up each character once: traditional to simplified, wide to plain.

    Character for character, never by phrase, so that offsets hold.
    """

    @classmethod
    @cache
    def table(cls) -> _Simplified:
        return cls((ord(wide), plain) for wide, plain in {**_WIDE, **_VARIANTS}.items())

    def __missing__(self, key: int) -> str:
        char = chr(key)
        if "\u3400" <= char <= "\u9fff":
            simple = str(_converter().convert(char))
            char = simple if len(simple) == 1 else char
        self[key] = char
        return char


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
