"""What an English sentence is about, as against what it names in passing: ends, grounds, circumstances.

"Code what the sentence is about, not every word it mentions": an issue that stands only in an end
("with a view to stronger supply chains"), a ground ("guided by shared democratic values"), a
circumstance ("in the context of the pandemic") or a use ("essential to the energy transition")
counts less than one in the predicate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, product
from typing import Any

from pipeline.tag.asides import Aside

_CUES = {
    "end": (
        *("in order to", "so that", "so as to", "with a view (of|to)", "with the (aim|goal|objective|view) (of|to)"),
        *("aim(ed|ing) (at|to)", "in an effort to", "thereby"),
    ),
    "ground": (
        *("based (up|)on", "(guided|driven|underpinned) by", "(grounded|rooted|anchored) in", "founded on"),
        *("consistent(ly|) with", "in (line|accordance|keeping) with", "without prejudice to", "subject to"),
    ),
    "circumstance": (
        *("in (the |)(context|light|wake|face|recognition|view) of", "against the backdrop of", "due to"),
        *("because of", "(caus|pos)ed by", "given (that|the|our)", "as a result of"),
    ),
    "use": ("(essential|critical|necessary|vital|crucial|key|needed|indispensable|required) (to|for)",),
    "stress": ("especially", "particularly", "in particular", "notably"),
}
"""Words that open an aside; alternatives in brackets."""
_GOOD = (
    *("help", "support", "ensur", "enabl", "promot", "strengthen", "advanc", "allow", "lead", "contribut", "reduc"),
    *("increas", "creat", "mak", "improv", "enhanc", "boost", "foster", "bolster", "maintain", "respect", "protect"),
    *("safeguard", "address", "preserv", "minimis", "minimiz", "avoid"),
)
"""What a participle at the end of a sentence brings about: an end as well."""
_PARTICIPLE = rf"(?P<while>(?:(?<=, )|while (?:also )?)(?:{'|'.join(_GOOD)})\w*ing)"
_CUE = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{'|'.join(cues).replace('(', '(?:')})" for kind, cues in _CUES.items())
    + rf"|{_PARTICIPLE})\b"
)
_BREAK = "\n"
_REACH = {"end": re.compile(r"[^;.]*"), "stress": re.compile(r"[^;.]*")}
_CLAUSE = re.compile(r"[^;.,]*")
_SHARE = 0.7


def find_asides(texts: Sequence[str], lasts: Sequence[int]) -> dict[int, list[Aside]]:
    """For the normalised texts that have any, the asides that open before where the last issue begins.

    One search for all cues in all texts is many times as fast as the expression alone.
    """
    found = _search().find_matches_as_indexes(_BREAK.join(texts), overlapping=True)
    begins = [0, *accumulate([len(text) + 1 for text in texts])]
    cues: dict[int, list[int]] = {}
    for start in sorted({start + 2 if number < len(_GOOD) else start for number, start, _ in found}):
        row = bisect_right(begins, start) - 1
        cues.setdefault(row, []).append(start - begins[row])
    return {row: list(_read_asides(texts[row], starts, lasts[row])) for row, starts in cues.items()}


def _read_asides(text: str, starts: Sequence[int], last: int) -> Iterator[Aside]:
    """The asides whose cues begin at some of ``starts`` and end before ``last``."""
    end = -1
    for start in starts:
        if start <= end or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
            continue
        if cue := _CUE.match(text, start, last):
            end = cue.end()
            reach = _REACH.get(cue.lastgroup or "", _CLAUSE).match(text, end)
            yield end, reach.end() if reach else end, _SHARE


@cache
def _search() -> Any:
    """Where a cue may begin: at a participle two characters behind the comma."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    cues = [text for group in _CUES.values() for cue in group for text in _expand(cue)]
    return AhoCorasick(
        [*(f", {stem}" for stem in _GOOD), "while ", *cues],
        matchkind=MatchKind.Standard,
        implementation=Implementation.DFA,
    )


def _expand(cue: str) -> list[str]:
    """Every wording of a cue with alternatives in brackets."""
    parts = re.split(r"\(([^()]*)\)", cue)
    return ["".join(wording) for wording in product(*(part.split("|") for part in parts))]
