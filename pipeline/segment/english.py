"""English sentence boundaries by one scan for terminators and a list of abbreviations."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "messrs",
        "dr",
        "prof",
        "rev",
        "hon",
        "gov",
        "gen",
        "lt",
        "col",
        "maj",
        "sgt",
        "capt",
        "cmdr",
        "adm",
        "sen",
        "rep",
        "amb",
        "sec",
        "pres",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "art",
        "arts",
        "para",
        "paras",
        "sec",
        "secs",
        "fig",
        "figs",
        "vol",
        "vols",
        "ch",
        "chap",
        "pp",
        "ed",
        "eds",
        "al",
        "cf",
        "vs",
        "viz",
        "approx",
        "est",
        "dept",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "assn",
        "univ",
        "ave",
        "blvd",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "u.n",
        "u.k",
        "e.u",
        "d.c",
        "ph.d",
    ]
)
_NEVER_END = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "messrs",
        "dr",
        "prof",
        "rev",
        "hon",
        "gov",
        "gen",
        "lt",
        "col",
        "sen",
        "rep",
        "amb",
        "v",
        "ref",
        "refs",
        "art",
        "para",
        "fig",
        "cf",
        "vs",
        "e.g",
        "i.e",
        "approx",
    ]
)
_NUMBERED = frozenset(["no", "nos"])
"""Abbreviations before a number, words of their own before anything else."""
_STARTERS = frozenset(
    [
        "The",
        "This",
        "These",
        "Those",
        "That",
        "There",
        "They",
        "Their",
        "We",
        "Our",
        "Us",
        "It",
        "Its",
        "In",
        "On",
        "At",
        "As",
        "And",
        "But",
        "Or",
        "If",
        "When",
        "While",
        "With",
        "To",
        "For",
        "From",
        "By",
        "Both",
        "Each",
        "All",
        "Also",
        "Through",
        "Building",
        "Under",
        "Since",
        "After",
        "Following",
        "Today",
        "He",
        "She",
        "His",
        "Her",
        "You",
        "I",
        "Such",
        "Participants",
        "Ministers",
        "Leaders",
        "However",
        "Moreover",
        "Furthermore",
        "Finally",
        "Additionally",
        "So",
        "Then",
        "Meanwhile",
        "Later",
        "Here",
        "Another",
        "Other",
        "Many",
        "Most",
        "Some",
        "Several",
        "A",
        "An",
        "Not",
        "What",
        "How",
        "Why",
    ]
)
_CANDIDATE = re.compile(
    r"([.!?…]+)((?:[\"'”’»)\]]|\[\d{1,3}\])*)(\s+|(?<=[a-z]{3}[.!?])(?=[A-Z][a-z]*\s))(?=[\"'“‘«(\[]*([^\s\"'“‘«(\[]))"
)
"""A mark and what follows it; between them white space, or nothing where an editor lost it."""
_NEXT_ITEM = re.compile(r"\((?:[a-z]|[ivx]{1,4})\)\s+[A-Z]")
_OPENING = "([“\"‘'"
_DASHES = "-–—/"
_DASH = re.compile(f"[{_DASHES}]")
_BEFORE_A_LETTER = frozenset(["", ".", *_DASHES])
_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([\w'’-]+)")
_ENUMERATOR = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\Z")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.){1,5}[A-Za-z]?\Z")


def split_english(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences in ``text``, white space around them left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _is_boundary(text, start, match):
            spans.append((start, match.end(2)))
            start = match.end(3)
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, span))]


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    marks, following = match[1], match[4]
    if following.islower():
        return bool(_NEXT_ITEM.match(text, match.end(3)))
    if marks[0] in "!?" and match[3]:
        return True
    if following in ",;:)]%":
        return False
    if not match[3]:
        return _starts_sentence(text, match.end(3))
    word = _get_last_word(text[max(start, match.start() - 40) : match.start()])
    if not word:
        return len(marks) == 1 and bool(match[2])
    if start + len(word) == match.start() and (len(word) <= 5 and _ENUMERATOR.match(word + ".")):
        return False
    lower = word.lower().lstrip(_DASHES)
    if lower in _NEVER_END:
        return False
    if lower in _NUMBERED:
        return not following.isdigit() and _starts_sentence(text, match.end(3))
    if _ends_as_acronym(word):
        if len(word) == 1:
            return False if word.isupper() else not following.isdigit()
        return _starts_sentence(text, match.end(3))
    if lower in _ABBREVIATIONS:
        return _starts_sentence(text, match.end(3))
    return True


def _get_last_word(text: str) -> str:
    """The end of the text that holds no white space, opening bracket or quotation mark."""
    if not text or text[-1].isspace():
        return ""
    word = text.rsplit(None, 1)[-1]
    for mark in _OPENING:
        if mark in word:
            word = word.rpartition(mark)[2]
    return word


def _ends_as_acronym(word: str) -> bool:
    """Of "ASEAN-U.S. Summit" the last part tells, as in "U.S. Summit"; ``word`` is without its last dot."""
    if word[-2:-1] not in _BEFORE_A_LETTER:
        return False
    last = _DASH.split(word)[-1]
    return len(last) <= 10 and bool(_ACRONYM.match(last + "."))


def _starts_sentence(text: str, position: int) -> bool:
    word = _NEXT_WORD.match(text, position)
    return bool(word) and word[1] in _STARTERS if word else False


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    start, end = span
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
