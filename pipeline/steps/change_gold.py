"""Hand-made links between rounds (corpus/annotations/changes), brought to the units of today and scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import UsageError
from pipeline.records import CodedUnit, GoldChange, GoldSpan, GoldUnit, ScoreRow, Tag, UnitTags
from pipeline.steps.gold import read_gold
from pipeline.steps.workspace import Workspace

Find = Callable[[str, str], "Sequence[CodedUnit]"]
"""(document id, SHA-256 of its bytes) -> its units as tagged, empty where the document is not at hand."""
CODES = ("as tagged", "by hand")


@dataclass(frozen=True, slots=True)
class ChangePair:
    """Two documents with the judgements of one coder, offsets those of the units of today.

    ``lost``: judgements that no longer fit any unit and were left out.
    """

    name: str
    coder: str
    earlier: tuple[CodedUnit, ...]
    later: tuple[CodedUnit, ...]
    gold: tuple[GoldChange, ...]
    lost: int = 0


def evaluate_change_gold(workspace: Workspace) -> tuple[tuple[ScoreRow, ...], tuple[str, ...]]:
    """Scores of each pair whose documents are in the store, and what is missing for the others, a line each.

    Twice where the documents have codes by hand: as tagged, and with those codes, which shows what the tagger costs.
    Raises UsageError where no pair can be scored.
    """
    from pipeline.changes import evaluate_changes, track_changes

    pairs, missing = read_change_pairs(workspace, find_in_store(workspace))
    if not pairs:
        hint = "no pair of coded documents is in the store: fetch or ingest them first"
        raise UsageError("; ".join((hint, *missing)))
    rows: list[ScoreRow] = []
    for pair in pairs:
        for codes in CODES:
            sides = [
                code_by_hand(workspace, side) if codes == "by hand" else side for side in (pair.earlier, pair.later)
            ]
            if codes == "by hand" and None in sides:
                continue
            older, newer = (side or () for side in sides)
            changes = track_changes(older, newer, framework="", round_from="earlier", round_to="later")
            found = evaluate_changes(changes, pair.gold, name=f"{codes}, {pair.coder}")
            rows.extend(replace(row, slice=pair.name) for row in found)
    return tuple(rows), missing


def read_change_pairs(workspace: Workspace, find: Find) -> tuple[tuple[ChangePair, ...], tuple[str, ...]]:
    """All coded pairs whose documents ``find`` knows, and a line for each document that it does not."""
    from pipeline.changes import parse_gold

    pairs, missing = [], []
    for path in sorted((workspace.annotations / "changes").glob("*.jsonl")):
        gold = parse_gold(path.read_text("utf-8").splitlines(), path.name)
        if not gold:
            continue
        first = gold[0]
        earlier = tuple(find(first.earlier_id, first.earlier_sha256))
        later = tuple(find(first.later_id, first.later_sha256))
        missing += [
            f"{name} is not in the store (SHA-256 {sha[:12]}…)"
            for name, sha, units in (
                (first.earlier_id, first.earlier_sha256, earlier),
                (first.later_id, first.later_sha256, later),
            )
            if not units
        ]
        if earlier and later:
            moved = realign_changes(gold, earlier, later)
            pairs.append(
                ChangePair(path.name.rsplit(".", 2)[0], first.coder, earlier, later, moved, len(gold) - len(moved))
            )
    return tuple(pairs), tuple(dict.fromkeys(missing))


def realign_changes(
    gold: Sequence[GoldChange], earlier: Sequence[CodedUnit], later: Sequence[CodedUnit]
) -> tuple[GoldChange, ...]:
    """The judgements with the offsets of today's units, found by the hash of their text, else by overlap.

    A judgement whose commitment, or whose antecedents all, are found no more is left out.
    """
    before = _map_spans([span for g in gold for span in g.sources], earlier)
    after = _map_spans([g.to for g in gold if g.to], later)
    moved = []
    for g in gold:
        sources = tuple(before[span] for span in g.sources if span in before)
        if (g.to and g.to not in after) or (g.sources and not sources):
            continue
        moved.append(replace(g, to=after[g.to] if g.to else None, sources=sources))
    return tuple(moved)


def code_by_hand(workspace: Workspace, units: Sequence[CodedUnit]) -> tuple[CodedUnit, ...] | None:
    """The units with a coder's codes in place of the tagger's; None where some unit has none."""
    from pipeline.evaluate.alignment import align_gold
    from pipeline.segment import unit_check

    gold = read_gold(workspace.annotations).get(units[0].unit.document_id, ()) if units else ()
    pairs = align_gold(gold, [u.unit for u in units], check=unit_check).pairs
    by_number = {unit.n: coded for coded, unit in pairs}
    if len(by_number) < 0.95 * len(units) or not units:
        return None
    return tuple(replace(u, tags=_to_tags(by_number[u.unit.n])) if u.unit.n in by_number else u for u in units)


def _map_spans(spans: Iterable[GoldSpan], units: Sequence[CodedUnit]) -> dict[GoldSpan, GoldSpan]:
    from pipeline.evaluate.alignment import align_gold
    from pipeline.segment import unit_check

    stand_ins = {
        GoldUnit("", "", s.start, s.end, s.check, ("other.procedural",), (), "none", "", ""): s
        for s in sorted(set(spans), key=lambda s: (s.start, s.end))
    }
    aligned = align_gold(list(stand_ins), [u.unit for u in units], check=unit_check)
    return {stand_ins[g]: GoldSpan(unit.start, unit.end, unit_check(unit.text)) for g, unit in aligned.pairs}


def find_in_store(workspace: Workspace) -> Find:
    from pipeline.steps.status import require_store

    with require_store(workspace) as store:
        known = {d.sha256: d.id for d in store.iter_documents()}
        units: dict[str, list[CodedUnit]] = {}
        for unit in store.read_coded_units(sorted(known.values())):
            units.setdefault(unit.unit.document_id, []).append(unit)
    return lambda name, sha: units.get(known.get(sha, ""), [])


def _to_tags(gold: GoldUnit) -> UnitTags:
    return UnitTags(
        tuple(Tag("issue", code_id, 1.0, f"coder:{gold.coder}") for code_id in gold.issues),
        tuple(Tag("industry", code_id, 1.0, f"coder:{gold.coder}") for code_id in gold.industries),
        Tag("action", gold.action, 1.0, f"coder:{gold.coder}"),
    )
