"""Why a regenerated row differs from the paper's, from counts and dates, in both languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.overlap.papercells import PaperCell
from pipeline.presence import SPOKEN_KINDS
from pipeline.records import CodedUnit

_TEXTS: dict[str, tuple[str, str]] = {
    "none": (
        "{side}: no sentence of the documents at hand ({units} sentences) speaks of it; the paper rests on others",
        "{side}：现有文件（共{units}句）中没有一句涉及该项；论文所据为其他文件",
    ),
    "thin": (
        "{side}: thin, {count} of {units} sentences in {documents} documents, {needed} needed to rule out stray codings",
        "{side}：证据单薄，{units}句中仅{count}句（{documents}份文件），需{needed}句方可排除零星误标",
    ),
    "found": (
        "{side}: the paper has nothing here, the statements have {count} of {units} sentences in {documents} documents, most in {top}",
        "{side}：论文此处为空，声明中{units}句里有{count}句（{documents}份文件），以{top}最多",
    ),
    "later": (
        "{later} of them later than the paper's last meeting ({until})",
        "其中{later}句晚于论文所及的最后一次会议（{until}）",
    ),
    "spoken": ("{spoken} of them spoken (press calls, remarks)", "其中{spoken}句为口头表述（吹风会、讲话）"),
    "inside": ("dealt with inside {groups}", "该内容归于{groups}"),
    "more": ("{side}: ours has also {ids}", "{side}：我们另有{ids}"),
    "less": ("{side}: the paper has also {ids}", "{side}：论文另有{ids}"),
}
_LABELS = {
    "both": ("both", "双方均有"),
    "left only": ("{left} only", "仅{left}"),
    "right only": ("{right} only", "仅{right}"),
    "neither": ("neither", "双方均无"),
}


@dataclass(frozen=True)
class SideFacts:
    """What one side has for a row: the units that carry its codes, and what the rule says of them."""

    name: str
    present: bool
    hits: tuple[CodedUnit, ...]
    units: int
    needed: int


def describe_cell(cell: PaperCell | None, left: str, right: str, language: str) -> str:
    """The paper's relation and its own words' summary, "" where it has no such row."""
    if cell is None:
        return ""
    at = 0 if language == "en" else 1
    label = _LABELS[cell.relation][at].format(left=left, right=right)
    note = cell.text_zh if language == "zh" else cell.text
    return f"{label}{'：' if at else ': '}{note}" if note else label


def explain_difference(
    cell: PaperCell | None,
    relation: str,
    sides: tuple[SideFacts, SideFacts],
    items: tuple[tuple[str, ...], tuple[str, ...]],
    partial: tuple[tuple[str, ...], tuple[str, ...]],
    language: str,
) -> str:
    """ "" where relation and items agree with the paper, or the paper has no such row."""
    if cell is None:
        return ""
    parts: list[str] = []
    for position, side in enumerate(sides):
        expected = cell.relation in ("both", ("left only", "right only")[position])
        if side.present != expected:
            parts.append(_explain_side(side, cell.until, partial[position], language))
        elif side.present:
            theirs = cell.left if position == 0 else cell.right
            parts += _explain_items(side.name, items[position], theirs, language)
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)


def _explain_side(side: SideFacts, until: str, partial: tuple[str, ...], language: str) -> str:
    documents = Counter(unit.unit.document_id for unit in side.hits)
    facts: dict[str, object] = {
        "side": side.name,
        "units": side.units,
        "count": len(side.hits),
        "documents": len(documents),
        "needed": side.needed,
        "top": min(documents, key=lambda d: (-documents[d], d), default=""),
    }
    if not side.present:
        return _say("thin" if side.hits else "none", language, **facts)
    parts = [_say("found", language, **facts)]
    later = sum(bool(until) and unit.date > until for unit in side.hits)
    spoken = sum(unit.kind in SPOKEN_KINDS for unit in side.hits)
    if later:
        parts.append(_say("later", language, later=later, until=until))
    if spoken:
        parts.append(_say("spoken", language, spoken=spoken))
    if partial:
        parts.append(_say("inside", language, groups=", ".join(partial)))
    return ("，" if language == "zh" else ", ").join(parts)


def _explain_items(side: str, ours: tuple[str, ...], theirs: tuple[str, ...], language: str) -> list[str]:
    more = [item for item in ours if item not in theirs]
    less = [item for item in theirs if item not in ours]
    lines = [("more", more), ("less", less)]
    return [_say(key, language, side=side, ids=", ".join(ids)) for key, ids in lines if ids and (ours or theirs)]


def _say(key: str, language: str, **facts: object) -> str:
    return _TEXTS[key][0 if language == "en" else 1].format(**facts)
