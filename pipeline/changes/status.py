"""Status of a linked commitment, from action levels, facts and wording, with the signals that decided it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.changes.profile import Profile
from pipeline.changes.weights import FITTED, Weights
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
_PLANNED = re.compile(r"\b(?:intend|plan|aim|seek|could|explor|look forward)\w*\b|计划|打算|拟|探讨|期待|争取")
_FAINT = re.compile(
    r"\b(?:look forward|hope|could|may|explor\w+|consider\w*|where appropriate|as appropriate|possible)\b|期待|探讨|考虑|适时|可能"
)
_YEAR = re.compile(r"20\d\d")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12}
SHORT = 12
"""A sentence of fewer content words rarely carries news."""
NEAR_COPY = 0.5
"""Share of words in common from which a later date or a smaller sum counts as one and the same promise made weaker."""


def decide_status(
    unit: Profile, antecedents: Sequence[Profile], known_words: frozenset[str], weights: Weights = FITTED
) -> tuple[Status, tuple[str, ...]]:
    """Status of a commitment with at least one antecedent, best first; never "new" or "dropped".

    ``known_words``: stems of the whole earlier round; names outside it count as added detail.
    """
    best = antecedents[0]
    before, after = best.unit.tags.action.code_id, unit.unit.tags.action.code_id
    step = ACTION_LEVELS.index(after) - ACTION_LEVELS.index(before)
    moved = (f"action {before}>{after}",) if step else ()
    if _plain(unit) == _plain(best):
        same: Status = "strengthened" if step > 0 else "weakened" if step < 0 else "kept"
        return same, moved or ("same words",)
    signals = (*moved, *_find_signals(unit, antecedents, known_words, step))
    less = _find_weakening(unit, best, step)
    if less:
        return "weakened", (*signals, less)
    points = weights.status_base + sum(weights.status.get(signal, 0.0) for signal in signals)
    points += weights.status["level up"] if step > 0 else 0.0
    return ("strengthened" if points >= 0 else "kept"), signals


def _find_signals(unit: Profile, antecedents: Sequence[Profile], known: frozenset[str], step: int) -> list[str]:
    """The signals that hold, by name, in the order of weights.py."""
    old, best = [a.mentions for a in antecedents], antecedents[0]
    text, before = unit.unit.unit.text.lower(), best.unit.unit.text.lower()
    holds = {
        "name added": any(part not in known for name in unit.mentions.proper for part in name),
        "delivered": unit.unit.tags.action.code_id == "deliver",
        "delivered before": best.unit.tags.action.code_id == "deliver",
        "only planned before": bool(_PLANNED.search(before)),
        "kind of initiative added": bool(set(unit.mentions.heads) - {h for a in antecedents for h in a.mentions.heads}),
        "country added": bool(unit.places - frozenset(p for a in antecedents for p in a.places)),
        "date added": bool(set(unit.mentions.dates) - {d for m in old for d in m.dates}),
        "sum added": bool(set(unit.mentions.sums) - {s for m in old for s in m.sums}),
        "result": bool(_RESULT.search(text)) and not _RESULT.search(before),
        "goes on": bool(_GOES_ON.search(text)),
        "short": len(unit.words) < SHORT,
    }
    return [name for name in FITTED.status if holds.get(name)]


def _find_weakening(unit: Profile, best: Profile, step: int) -> str:
    """What makes a promise weaker: a fall to mere intention with hedges, a postponed year, a smaller sum; "" for none."""
    text, before = unit.unit.unit.text.lower(), best.unit.unit.text.lower()
    if step <= -1 and unit.unit.tags.action.code_id == "intend" and _FAINT.search(text) and not _FAINT.search(before):
        return "hedged"
    common = len(unit.words.keys() & best.words.keys())
    if not unit.words or not best.words or common / min(len(unit.words), len(best.words)) < NEAR_COPY or step > 0:
        return ""
    years, were = _YEAR.findall(" ".join(unit.mentions.dates)), _YEAR.findall(" ".join(best.mentions.dates))
    if years and were and min(years) > max(were) and "continu" not in text:
        return "date postponed"
    sums, had = [_amount(s) for s in unit.mentions.sums], [_amount(s) for s in best.mentions.sums]
    return "sum cut" if sums and had and max(sums) < max(had) else ""


def _amount(text: str) -> float:
    """The number in a sum of money as written; currencies are not converted."""
    number = _NUMBER.search(text)
    value = float(number[0].replace(",", "")) if number else 0.0
    scales = [size for word, size in _SCALE.items() if word in text]
    return value * max(scales, default=1.0)


def _plain(profile: Profile) -> str:
    return " ".join(profile.unit.unit.text.split()).casefold()
