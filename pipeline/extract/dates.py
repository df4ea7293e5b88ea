"""Dates as statements write them, in English and Chinese, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LAST = r"(?:\s*(?:-|–|—|to|and|&|,)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_OTHER = (
    r"(?:\s*(?:-|–|—|to|and)\s*(?:"
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")\.?\s+\d{1,2}(?:st|nd|rd|th)?)?"
)
_HAN_DIGITS = {ch: str(n) for n, ch in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_DAY}{_LAST}(?:\s+of)?\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\s+{_DAY}{_LAST}{_OTHER},?\s+(?P<year>(?:19|20)\d\d)\b",
        r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日號号]?"
        r"(?:\s*(?:-|–|—|~|～|至|到|和|、)\s*(?:\d{1,2}\s*月\s*)?(?P<last>\d{1,2})\s*[日號号])?",
        r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)",
    )
)
_HAN_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日號号]"
)
_MONTH_ONLY = re.compile(rf"\b{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
_HAN_MONTH_ONLY = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date at [start, end) of the text; ``first`` and ``iso`` are the first and last day of a range."""

    iso: str
    start: int
    end: int
    first: str


def iter_dates(text: str) -> Iterator[DateFound]:
    """All full dates in the text in order of place; impossible ones (31 June) are passed over."""
    found = [hit for pattern in _PATTERNS for match in pattern.finditer(text) if (hit := _to_date(match))]
    found += [hit for match in _HAN_DATE.finditer(text) if (hit := _to_han_date(match))]
    end = -1
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= end:
            yield hit
            end = hit.end


def parse_date(text: str) -> str:
    """The first date in a short text as ISO, also only a month ("2024-04") or a year; else ""."""
    hit = next(iter_dates(text), None)
    if hit:
        return hit.iso
    match = re.search(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])\b", text)
    if match:
        return match[0]
    for pattern in (_MONTH_ONLY, _HAN_MONTH_ONLY):
        match = pattern.search(text)
        if match and 1 <= _month(match["month"]) <= 12:
            return f"{match['year']}-{_month(match['month']):02d}"
    match = re.fullmatch(r"\s*((?:19|20)\d\d)\s*", text)
    return match[1] if match else ""


def _to_date(match: re.Match[str]) -> DateFound | None:
    parts = match.groupdict()
    year, month = int(parts["year"]), _month(parts["month"])
    first = _iso(year, month, int(parts["day"]))
    last = _iso(year, month, int(parts["last"])) if parts.get("last") else first
    return DateFound(last or first, match.start(), match.end(), first) if first else None


def _to_han_date(match: re.Match[str]) -> DateFound | None:
    year = int("".join(_HAN_DIGITS[ch] for ch in match[1]))
    iso = _iso(year, _han_number(match[2]), _han_number(match[3]))
    return DateFound(iso, match.start(), match.end(), iso) if iso else None


def _han_number(text: str) -> int:
    if "十" not in text:
        return int(_HAN_DIGITS.get(text, "0"))
    tens, _, ones = text.partition("十")
    return 10 * int(_HAN_DIGITS.get(tens, "1")) + int(_HAN_DIGITS.get(ones, "0") if ones else 0)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text.lower()]


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
