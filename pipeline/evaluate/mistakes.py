"""Where the tagger and the gold part: confusion of main issues, and the worst units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.codes import Judged


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often units whose gold main issue is ``gold`` were given ``found`` as main issue."""

    gold: str
    found: str
    count: int


def count_confusions(judged: Sequence[Judged]) -> tuple[Confusion, ...]:
    """All pairs of main issues that occur, right ones included, the most frequent first."""
    counts = Counter((unit.gold.main_issue, unit.found.main_issue) for unit in judged)
    return tuple(
        Confusion(*pair, count) for pair, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def find_worst(judged: Sequence[Judged], *, limit: int = 30) -> tuple[Judged, ...]:
    """The units with the gravest mistakes: most codes wrong or missed, then the surest first."""
    wrong = [unit for unit in judged if count_mistakes(unit)]
    return tuple(sorted(wrong, key=lambda u: (-count_mistakes(u), -u.score, u.document_id, u.n))[:limit])


def count_mistakes(judged: Judged) -> int:
    """Codes given wrongly or missed; a wrong main issue counts once more."""
    gold, found = judged.gold, judged.found
    return (
        len(set(gold.issues) ^ set(found.issues))
        + len(set(gold.industries) ^ set(found.industries))
        + (gold.action != found.action)
        + (gold.main_issue != found.main_issue)
    )
