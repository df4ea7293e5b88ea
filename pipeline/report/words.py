"""The report's own words in both languages, and how numbers, shares and dates are written in each."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from importlib.resources import files

from pipeline.codebook import Codebook
from pipeline.errors import UsageError
from pipeline.records import Interval

LANGUAGES = ("en", "zh")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def check_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages without repeats. Raises UsageError for one that is not offered, or for none."""
    chosen = tuple(dict.fromkeys(languages))
    wrong = [language for language in chosen if language not in LANGUAGES]
    if wrong or not chosen:
        raise UsageError(f"unknown report language '{', '.join(wrong)}'; use en, zh or both")
    return chosen


@cache
def load_words() -> dict[str, dict[str, str]]:
    """key -> {"en": ..., "zh": ...}; places to fill are written {0}, {1}, ..."""
    text = files("pipeline.report").joinpath("static", "words.json").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = json.loads(text)
    return words


def say(key: str, language: str, *values: object) -> str:
    """The words for a key with its places filled; KeyError for a key that is not in words.json."""
    text = load_words()[key][language]
    for position, value in enumerate(values):
        text = text.replace(f"{{{position}}}", str(value))
    return text


def translate(text: str, language: str) -> str:
    """A message of another room in the report's language; one that is not in words.json stays as it is.

    Such messages are told in English; words.json holds them under keys that begin with "msg_".
    """
    if language == "en":
        return text
    for pattern, entry in _load_messages():
        match = pattern.fullmatch(text)
        if match:
            told = entry[language]
            for position, value in enumerate(match.groups()):
                told = told.replace(f"{{{position}}}", value)
            return told
    return text


@cache
def _load_messages() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """Patterns of the messages; the places in the English text come in the order 0, 1, 2."""
    return [
        (re.compile(re.sub(r"\\{\d\\}", "(.+?)", re.escape(entry["en"]))), entry)
        for key, entry in load_words().items()
        if key.startswith("msg_")
    ]


def name_round(codebook: Codebook, framework: str, round_id: str, language: str) -> str:
    """Display name of a round; an unknown one keeps its id."""
    for known in codebook.frameworks:
        if known.id == framework:
            for one in known.rounds:
                if one.id == round_id:
                    return one.name.in_language(language)
    return round_id


def format_count(count: int) -> str:
    """1234 -> 1,234, in both languages."""
    return f"{count:,}"


def format_share(interval: Interval, language: str) -> str:
    """A share in [0, 1] as a percentage with its interval: 12.3% (10.1–14.9)."""
    value, low, high = (f"{100 * number:.1f}" for number in (interval.value, interval.low, interval.high))
    return f"{value}%（{low}–{high}）" if language == "zh" else f"{value}% ({low}–{high})"


def format_value(interval: Interval, language: str) -> str:
    """A value that is no share, with its interval: 0.62 (0.55–0.70)."""
    value, low, high = (f"{number:.2f}" for number in (interval.value, interval.low, interval.high))
    return f"{value}（{low}–{high}）" if language == "zh" else f"{value} ({low}–{high})"


def format_p(value: float) -> str:
    """A p value with its sign: = 0.012, or < 0.001."""
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def format_date(iso: str, language: str) -> str:
    """2023-05-31 -> 31 May 2023 or 2023年5月31日, 2024-09 -> September 2024 or 2024年9月; anything else stays."""
    try:
        day = date.fromisoformat(f"{iso}-01" if len(iso) == 7 else iso)
    except ValueError:
        return iso
    if language == "zh":
        return f"{day.year}年{day.month}月" + (f"{day.day}日" if len(iso) > 7 else "")
    return (f"{day.day} " if len(iso) > 7 else "") + f"{_MONTHS[day.month - 1]} {day.year}"


def join_names(names: list[str], language: str) -> str:
    """A list in a sentence: a, b and c; in Chinese a、b和c."""
    if len(names) < 2:
        return "".join(names)
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(names[:-1]) + last + names[-1]
