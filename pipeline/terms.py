"""Words and phrases found in a text, in English and Chinese. Shared by the rooms overlap and claims."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.codebook import GroupDef

_GROUP_WORD = re.compile(r"working group|task force|pillar|工作组|支柱", re.IGNORECASE)
_NEAR = 25
"""Characters between a group's name and the word for it, at most."""
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def has_term(text: str, term: str) -> bool:
    """Whether a word or phrase stands in a text: whole words in any case, "standard*" with any ending.

    A blank in the phrase also fits a hyphen. Chinese is found anywhere in the text.
    """
    return _find_longest(term) in _fold(text) and bool(compile_term(term).search(text))


def is_han(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return bool(_HAN.search(text))


def names_group(text: str, group: GroupDef) -> bool:
    """Whether a text names a working group or pillar: by an alias, or by its name beside the word for it.

    The subject of a group is common speech ("technology standards"), so its name alone does not count.
    """
    if any(has_term(text, alias) for alias in group.aliases):
        return True
    words = [match.span() for match in _GROUP_WORD.finditer(text)]
    places = [match.span() for name in (group.name.en, group.name.zh) for match in compile_term(name).finditer(text)]
    return any(max(start - end, begin - stop) <= _NEAR for begin, end in words for start, stop in places)


@lru_cache(maxsize=4096)
def _find_longest(term: str) -> str:
    """The longest word of a term in small letters, which its pattern cannot match without; "" for none in ASCII."""
    return max(re.findall(r"[a-z0-9]+", term.lower()), key=len, default="") if term.isascii() else ""


@lru_cache(maxsize=65536)
def _fold(text: str) -> str:
    """Small letters, as a pattern in any case takes them: it also reads ſ as s, İ and ı as i."""
    return text.lower() if text.isascii() else text.replace("ſ", "s").replace("İ", "i").replace("ı", "i").lower()


@lru_cache(maxsize=4096)
def compile_term(term: str) -> re.Pattern[str]:
    """The pattern that has_term looks for."""
    if is_han(term):
        return re.compile(re.escape(term.rstrip("*")))
    body = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", term.rstrip("*").strip()))
    return re.compile(rf"(?<!\w){body}" + (r"\w*" if term.endswith("*") else r"(?!\w)"), re.IGNORECASE)
