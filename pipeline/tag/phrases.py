"""The phrase language of the codebook: text into elements of literals, with gaps between them.

One phrase reads like the words it finds:

==================  =====================================================================
``supply chain``    the words in that order; the last one also in the plural, each word
                    also in British or American spelling; hyphen and space are the same
``decarboni*``      any ending
``(port|harbour)``  alternatives; an empty one makes the part optional
``{name}``          a list of the codebook's ``settings: macros``
``A .. B``          B after A, at most 6 words (12 Chinese characters) between; ``..3`` sets it
``A & B``           both in the same unit, in any order
``=WHO``            exactly this case
==================  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

ANYWHERE = -1
"""The gap of ``&``: both parts in the same unit, in any order."""

_DEFAULT_GAP = {"en": 6, "zh": 12}
_LIMIT = 4000
_JOINT = re.compile(r"\s+(\.\.\d*|&)\s+")
_GROUP = re.compile(r"\(([^()]*)\)")
_MACRO = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"(?<!\S)=")
_SPELLINGS = tuple(
    (letters, re.compile(american), british)
    for letters, american, british in (
        ("labor", r"labor\b", "labour"),
        ("center", r"center\b", "centre"),
        ("program", r"program\b", "programme"),
        ("defense", r"defense\b", "defence"),
        ("license", r"license\b", "licence"),
        ("aluminum", r"aluminum\b", "aluminium"),
        ("fiber", r"fiber\b", "fibre"),
        ("sulfur", r"sulfur\b", "sulphur"),
        ("favor", r"favor", "favour"),
        ("behavior", r"behavior", "behaviour"),
        ("harbor", r"harbor\b", "harbour"),
        ("fulfill", r"fulfill\b", "fulfil"),
        ("catalog", r"catalog\b", "catalogue"),
        ("modeling", r"modeling\b", "modelling"),
        ("iz", r"(?<=[a-z]{3})iz(?=(e|es|ed|ing|ation|ations|er|ers)\b)", "is"),
        ("iz", r"(?<=[a-z]{3})iz(?=\*)", "is"),
    )
)
"""Letters without which a pattern does not fit, the pattern, and what stands instead in British spelling."""


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A string to find in normalised text. ``exact``: the case it must have, "" for any."""

    text: str
    open_right: bool = False
    exact: str = ""


Element = tuple[Literal, ...]
"""The literals any of which fills one place of a phrase."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Elements in order; ``gaps[i]`` is the most words between element i and i + 1, or ANYWHERE."""

    source: str
    elements: tuple[Element, ...]
    gaps: tuple[int, ...]


def parse_phrase(source: str, language: str, macros: Mapping[str, Sequence[str]]) -> Phrase:
    """Read one phrase; PhraseError says what is wrong with it."""
    parts: list[str] = []
    gaps: list[int] = []
    tokens = _JOINT.split(" ".join(source.split()))
    for position, token in enumerate(tokens):
        if position % 2:
            gaps.append(ANYWHERE if token == "&" else int(token[2:] or _DEFAULT_GAP[language]))
            continue
        pieces = token.replace("* ", "*\n").split("\n") if "(" not in token else [token]
        parts.extend(pieces)
        gaps.extend([0] * (len(pieces) - 1))
    elements = tuple(_expand_element(part, language, macros) for part in parts)
    return Phrase(source, elements, tuple(gaps))


def _expand_element(part: str, language: str, macros: Mapping[str, Sequence[str]]) -> Element:
    body = _MACRO.sub(lambda match: _macro(match[1], macros), part)
    choices: list[list[str]] = []
    end = 0
    for match in _GROUP.finditer(body):
        choices += [[body[end : match.start()]], match[1].split("|")]
        end = match.end()
    choices.append([body[end:]])
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _LIMIT:
        raise PhraseError(f"'{part}' stands for {count} phrases; split it with ' .. '")
    found: dict[Literal, None] = {}
    for combination in product(*choices):
        text = " ".join("".join(combination).split()) if language == "en" else "".join(combination).strip()
        exact = text.startswith("=")  # the whole part, or one alternative, as =WHO in a list
        for literal in _literals(_MARK.sub("", text), language, exact):
            found[literal] = None
    return tuple(found)


def _macro(name: str, macros: Mapping[str, Sequence[str]]) -> str:
    if name not in macros:
        raise PhraseError(f"no macro '{name}'; declare it under settings: macros, or use: {', '.join(sorted(macros))}")
    return "(" + "|".join(macros[name]) + ")"


def _literals(text: str, language: str, exact: bool) -> list[Literal]:
    open_right = text.endswith("*")
    stem = text.rstrip("*").rstrip() if open_right else text
    if not stem or "*" in stem or any(mark in stem for mark in "(){}|"):
        raise PhraseError(f"'{text}' cannot be read; end a word with *, close every bracket, join parts with ' .. '")
    if exact:
        return [Literal(stem.replace("-", " ").lower(), open_right, stem)]
    stem = stem.lower()
    if language == "zh":
        return [Literal(stem, open_right)]
    forms = _spellings(stem.replace("-", " "), open_right)
    if not open_right:
        forms = [form for one in forms for form in _inflect(one)]
    return [Literal(form, open_right) for form in dict.fromkeys(forms)]


def _spellings(text: str, open_right: bool) -> list[str]:
    probe = text + ("*" if open_right else "")
    other = probe
    for letters, pattern, british in _SPELLINGS:
        if letters in other:
            other = pattern.sub(british, other)
    return [text] if other == probe else [text, other.rstrip("*")]


def _inflect(text: str) -> list[str]:
    """The text and its plural (which is also the third person of a verb)."""
    if len(text) < 3 or not text[-1].isalpha() or text.endswith("ss") or not text[-2].isalpha():
        return [text, text + "es"] if text.endswith("ss") else [text]
    if text.endswith("s"):
        return [text]
    if text.endswith(("ch", "sh", "x", "z")):
        return [text, text + "es"]
    if text.endswith("y") and text[-2] not in "aeiou":
        return [text, text[:-1] + "ies"]
    return [text, text + "s"]
