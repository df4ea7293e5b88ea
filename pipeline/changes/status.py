"""Status of a linked commitment, from action levels and details, with the signals that decided it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.changes.profile import Profile
from pipeline.records import ACTION_LEVELS, Status

_GOES_ON = re.compile(
    r"\b(?:continu\w+|remain\w*|reaffirm\w*|reiterate\w*|maintain\w*|uphold\w*|recall\w*|keep|ongoing|without prejudice)\b"
    r"|继续|重申|保持|一如既往|持续|仍然"
)
_RESULT = re.compile(
    r"\b(?:launched|established|issued|published|completed|signed|concluded|adopted|released|extended|updated|created|"
    r"operationali[sz]\w+|implemented|developed|agreed|finali[sz]ed|endors\w+|advanced|begun|started|held)\b"
    r"|已经?(?:建立|启动|签署|发布|完成|通过|达成|设立)|正式(?:启动|建立)|建立了|启动了|签署了|发布了|完成了|达成了"
)
_WIDER = re.compile(
    r"\b(?:further|additional|expand\w*|new|scale up|intensif\w+|including|special emphasis|joint\w*)\b|进一步|扩大|新的|新增|包括"
)
_FAINT = re.compile(
    r"\b(?:look forward|hope|could|may|explor\w+|consider\w*|where appropriate|as appropriate|possible)\b|期待|探讨|考虑|适时|可能"
)


ENOUGH = 0.5
"""Points from which a commitment counts as strengthened (set on the development pairs)."""
TOO_LITTLE = -1.0
"""Points down to which a commitment counts as weakened."""


def decide_status(
    unit: Profile, antecedents: Sequence[Profile], known_words: frozenset[str]
) -> tuple[Status, tuple[str, ...]]:
    """Status of a commitment with at least one antecedent, best first; never "new" or "dropped".

    ``known_words``: stems of the whole earlier round; names and figures outside it count as added detail.
    """
    best = antecedents[0]
    before, after = best.unit.tags.action.code_id, unit.unit.tags.action.code_id
    if _plain(unit) == _plain(best):
        step = ACTION_LEVELS.index(after) - ACTION_LEVELS.index(before)
        same: Status = "strengthened" if step > 0 else "weakened" if step < 0 else "kept"
        return same, (f"action {before}>{after}",) if step else ("same words",)
    points, signals = _weigh_levels(before, after)
    for weight, signal in (*_weigh_details(unit, antecedents, known_words), *_weigh_wording(unit, best)):
        points += weight
        signals.append(signal)
    if points >= ENOUGH:
        return "strengthened", tuple(signals)
    return ("weakened" if points <= TOO_LITTLE else "kept"), tuple(signals)


def _weigh_levels(before: str, after: str) -> tuple[float, list[str]]:
    step = ACTION_LEVELS.index(after) - ACTION_LEVELS.index(before)
    points = 0.5 if step > 0 else max(step, -2) * 0.25
    if after == "deliver":
        points += 0.9
    return points, [f"action {before}>{after}"] if step else []


def _weigh_details(unit: Profile, antecedents: Sequence[Profile], known: frozenset[str]) -> list[tuple[float, str]]:
    old = [a.mentions for a in antecedents]
    found = []
    if set(unit.mentions.dates) - {d for m in old for d in m.dates}:
        found.append((0.7, "date added"))
    if set(unit.mentions.sums) - {s for m in old for s in m.sums}:
        found.append((0.9, "sum added"))
    if set(unit.mentions.counts) - {c for m in old for c in m.counts}:
        found.append((0.4, "figure added"))
    if unit.places - frozenset(p for a in antecedents for p in a.places):
        found.append((0.4, "country added"))
    if any(part not in known for name in unit.mentions.proper for part in name):
        found.append((0.8, "name added"))
    if {d for m in old for d in m.dates} and not unit.mentions.dates and not found:
        found.append((-0.3, "date gone"))
    return found


def _weigh_wording(unit: Profile, best: Profile) -> list[tuple[float, str]]:
    text, old = unit.unit.unit.text, best.unit.unit.text
    found = []
    if _GOES_ON.search(text.lower()):
        found.append((-0.7, "goes on"))
    if _RESULT.search(text.lower()) and not _RESULT.search(old.lower()):
        found.append((0.5, "result"))
    if _WIDER.search(text.lower()):
        found.append((0.4, "wider"))
    if _FAINT.search(text.lower()) and not _FAINT.search(old.lower()):
        found.append((-0.3, "hedged"))
    return found


def _plain(profile: Profile) -> str:
    return " ".join(profile.unit.unit.text.split()).casefold()
