"""Find sentences by words and codes within a scope, and read numbers and dates in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from pipeline.records import CodedUnit
from pipeline.terms import compile_term, has_term, is_han

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+")
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_WORDS |= {f"{ten}-{one}": 10 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES[1:10], 1)}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
        ],
        1,
    )
}
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<suffix>st|nd|rd|th)?(?![\w-]|[.,]\d)"
    r"|(?<![\w-])(?P<word>" + "|".join(sorted([*_WORDS, *_ORDINALS], key=len, reverse=True)) + r")(?![\w-])"
    r"|(?P<han>[零一二两三四五六七八九十]+)(?=[个轮次项国名位大])",
    re.IGNORECASE,
)
_MONTHS = {
    name: n
    for n, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_TODAY = re.compile(r"\btoday\b|今天|今日|本日", re.IGNORECASE)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<m1>{_MONTH})\.? (?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?,? )?(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH})\.? (?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)\s?年(?:\s?(?P<m3>\d{1,2})\s?月)?(?:\s?(?P<d3>\d{1,2})\s?日)?"
    r"|(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)"
    r"|(?<![\d,.])(?P<y5>(?:19|20)\d\d)(?![\d,]|\.\d)",
    re.IGNORECASE,
)


def select_units(units: Iterable[CodedUnit], scope: Mapping[str, object]) -> tuple[CodedUnit, ...]:
    """Units inside a scope: framework, rounds, kinds, documents, from, until; each may be left out.

    ``until`` may be a prefix of a date ("2023-12"): the whole of that month is inside.
    """
    chosen = list(units)
    if names := _strings(scope.get("framework")):
        chosen = [unit for unit in chosen if unit.framework in names]
    if names := _strings(scope.get("rounds")):
        chosen = [unit for unit in chosen if unit.round in names]
    if names := _strings(scope.get("kinds")):
        chosen = [unit for unit in chosen if unit.kind in names]
    if names := _strings(scope.get("documents")):
        chosen = [unit for unit in chosen if unit.unit.document_id in names]
    if first := str(scope.get("from") or ""):
        chosen = [unit for unit in chosen if unit.date and unit.date >= first]
    if last := str(scope.get("until") or ""):
        chosen = [unit for unit in chosen if unit.date and unit.date[: len(last)] <= last]
    return tuple(chosen)


def match_query(units: Iterable[CodedUnit], query: Mapping[str, object]) -> tuple[CodedUnit, ...]:
    """Units whose sentence fits the query's ``terms``, ``without`` and ``near`` (see match_units)."""
    near = query.get("near")
    return match_units(units, query.get("terms"), query.get("without"), near=int(str(near)) if near else None)


def match_units(
    units: Iterable[CodedUnit], terms: object, without: object = (), *, near: int | None = None
) -> tuple[CodedUnit, ...]:
    """Units whose sentence has one word of each group of ``terms`` and none of ``without``.

    ``terms``: a list of groups; a group is a word or a list of alternatives. "standard*" stands for
    any ending; a word that begins with "@" may also stand in the section title or the list's lead-in.
    ``near``: the groups must stand within so many words (of Chinese: twice as many characters).
    """
    groups = list_groups(terms)
    banned = _strings(without)
    return tuple(
        unit
        for unit in units
        if all(any(_stands(unit, term) for term in group) for group in groups)
        and not any(_stands(unit, term) for term in banned)
        and (near is None or _stand_near(unit.unit.text, groups, near))
    )


def carry_codes(units: Iterable[CodedUnit], codes: Sequence[str]) -> tuple[CodedUnit, ...]:
    """Units that carry one of the issue or industry codes."""
    wanted = set(codes)
    return tuple(u for u in units if any(t.code_id in wanted for t in (*u.tags.issues, *u.tags.industries)))


def iter_numbers(text: str) -> Iterator[tuple[int, int, float, bool]]:
    """Numbers in a sentence as (start, end, value, ordinal): digits, English words, Chinese numerals."""
    for match in _NUMBER.finditer(text):
        if match["digits"]:
            yield match.start(), match.end(), float(match["digits"].replace(",", "")), bool(match["suffix"])
        elif match["word"]:
            word = match["word"].lower()
            yield match.start(), match.end(), float((_WORDS | _ORDINALS)[word]), word in _ORDINALS
        else:
            yield (
                match.start(),
                match.end(),
                float(_read_han(match["han"])),
                text[match.start() - 1 : match.start()] == "第",
            )


def iter_dates(text: str, today: str = "") -> Iterator[str]:
    """Dates in a sentence as "YYYY", "YYYY-MM" or "YYYY-MM-DD"; days without a year are left out.

    ``today``: the date of the sentence's document, which the word "today" stands for.
    """
    for match in _DATE.finditer(text):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        month = _MONTHS.get(parts.get("m", "").lower()) or int(parts.get("m", 0) or 0)
        date = parts["y"]
        if month:
            date += f"-{month:02d}"
            if parts.get("d"):
                date += f"-{int(parts['d']):02d}"
        yield date
    if today and _TODAY.search(text):
        yield today


def list_groups(terms: object) -> list[tuple[str, ...]]:
    """The groups of ``terms`` as tuples of alternatives."""
    return [_strings(group) for group in _entries(terms)]


def _stands(unit: CodedUnit, term: str) -> bool:
    own = unit.unit
    if not term.startswith("@"):
        return has_term(own.text, term)
    word = term.lstrip("@")
    return has_term(own.text, word) or has_term(own.section, word) or has_term(own.lead, word)


def _stand_near(text: str, groups: Sequence[Sequence[str]], words: int) -> bool:
    """Whether some choice of one match a group lies within a stretch of so many words.

    Groups that stand only in the heading are left out.
    """
    spans = [[m.span() for term in group for m in compile_term(term.lstrip("@")).finditer(text)] for group in groups]
    return any(
        _measure(text[min(start for start, _ in choice) : max(end for _, end in choice)]) <= words
        for choice in product(*(found for found in spans if found))
        if choice
    )


def _measure(text: str) -> float:
    """Length in words; two Chinese characters count as one."""
    return sum(0.5 if is_han(token) else 1 for token in _TOKEN.findall(text))


def _strings(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(entry) for entry in value) if isinstance(value, list | tuple) else (str(value),)


def _entries(value: object) -> Sequence[object]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _read_han(text: str) -> int:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    value = 0
    for character in text:
        value = 10 * value + _DIGITS[character]
    return value
