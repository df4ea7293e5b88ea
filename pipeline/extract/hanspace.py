"""Spaces that type-setting left in Chinese text: letter-spaced lines, mixed scripts, broken ligatures."""

from __future__ import annotations

import re

_HAN = "\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’…—·"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}])")
_HAN_LATIN = re.compile(rf"(?<=[{_HAN}])[ \u3000]+(?=[A-Za-z0-9(（\[%])|(?<=[A-Za-z0-9)）\]%.])[ \u3000]+(?=[{_HAN}])")
_SPACED_LATIN = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z0-9(（)）] ){1,}[A-Za-z0-9(（)）](?![A-Za-z0-9])")
_BRACKETED = re.compile(r"([(（])[ \u3000]+([^()（）]{1,6}?)[ \u3000]+([)）])")
_LIGATURE = re.compile(r"\b([A-Za-z]*(?:ffi|ffl|fi|fl|ff)) ([a-z]+)")
_ORPHAN = re.compile(r"(?<=[a-z]{4}) ([b-z])(?![\w.’'])")
_REAL_WORDS = frozenset(
    [
        "staff",
        "off",
        "tariff",
        "cliff",
        "stuff",
        "sheriff",
        "plaintiff",
        "takeoff",
        "payoff",
        "layoff",
        "turnoff",
        "cutoff",
        "spinoff",
        "standoff",
        "tradeoff",
        "wifi",
        "scifi",
    ]
)
_ANY_HAN = re.compile(r"[\u3400-\u9fff]")


def close_spaces(text: str) -> str:
    """A printed line with its spaces set right; Latin text keeps the spaces between its words.

    Between Han characters, and between Han and Latin or digits, there is no space.
    """
    text = text.strip(" \t\u3000\u00a0")
    if _ANY_HAN.search(text):
        text = _BRACKETED.sub(r"\1\2\3", text)
        if is_letter_spaced(text):
            text = _SPACED_LATIN.sub(lambda match: match[0].replace(" ", ""), text)
        text = _BETWEEN_HAN.sub("", text)
        text = _HAN_LATIN.sub("", text)
    if " " in text:
        text = _LIGATURE.sub(_join_ligature, text)
        text = _ORPHAN.sub(r"\1", text)
    return re.sub(r"[ \t\u3000\u00a0]+", " ", text)


def close_han_latin(text: str) -> str:
    """No space between Han and Latin letters or digits; those between Han characters stay."""
    return _HAN_LATIN.sub("", text)


def is_letter_spaced(text: str) -> bool:
    """Whether a good part of the line is single characters with spaces between them."""
    tokens = text.split()
    singles = sum(len(token) == 1 for token in tokens)
    return len(tokens) >= 4 and singles * 10 >= 6 * len(tokens)


def display_width(text: str) -> float:
    """Printed width in full-width characters; a Latin letter counts half."""
    return sum(1.0 if "\u2e80" <= ch <= "\uffef" or ch in "“”‘’…—" else 0.5 for ch in text)


def _join_ligature(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _REAL_WORDS else match[1] + match[2]
