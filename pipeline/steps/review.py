"""The review loop: which units a coder should look at next, out to a coding tool and back as annotations."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.records import GoldUnit, UnitTags
from pipeline.steps.files import write_atomic
from pipeline.steps.gold import CHOSEN, read_annotations, read_gold, write_annotations
from pipeline.steps.review_forms import FORMATS, Answer, ReviewItem, dump_items, iter_rows, to_answer
from pipeline.steps.workspace import Workspace

RANDOM = "random"
RANDOM_SHARE = 0.1
SEED = 20261124


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """``new``, ``changed`` and ``same``: units by what the coder's file held before. ``refused``: one line each."""

    coder: str
    new: int
    changed: int
    same: int
    refused: tuple[str, ...]
    files: tuple[str, ...]
    differences: tuple[str, ...] = ()


def export_review(workspace: Workspace, path: Path, *, format: str = "csv", size: int = 100) -> int:
    """Write up to ``size`` units that nobody has coded yet, the most instructive first; returns how many.

    A tenth, at least one, is drawn at random: those keep evaluation honest. The same store, model and
    size give the same file. Raises UsageError for an unknown format or a size below 1.
    """
    if format not in FORMATS:
        raise UsageError(f"no format '{format}'; use one of: {', '.join(FORMATS)}")
    if size < 1:
        raise UsageError(f"--size {size}: must be at least 1")
    items = choose_units(workspace, size=size)
    write_atomic(path, dump_items(items, format))
    return len(items)


def choose_units(workspace: Workspace, *, size: int, seed: int = SEED) -> tuple[ReviewItem, ...]:
    """Units without any annotation, chosen for what a coder's answer would teach."""
    from pipeline.segment import unit_check

    taken = _read_taken(workspace)
    with workspace.open_store(read_only=True) as store:
        documents = {document.id: document for document in store.read_overview()}
        coded = [c for c in store.read_coded_units() if not documents[c.unit.document_id].edition_of]
    free = [c for c in coded if (c.unit.document_id, unit_check(c.unit.text)) not in taken]
    share = max(1, round(size * RANDOM_SHARE))
    drawn = random.Random(seed).sample(range(len(free)), min(share, len(free)))
    chosen: dict[int, tuple[str, float]] = dict.fromkeys(sorted(drawn), (RANDOM, 0.0))
    counts = Counter(tag.code_id for c in free for tag in c.tags.issues)
    ranked = sorted(
        ((*_rate_unit(c.tags, counts, len(free)), row) for row, c in enumerate(free) if row not in chosen),
        key=lambda entry: (-entry[0], entry[2]),
    )
    for priority, reason, row in ranked[: max(0, size - len(chosen))]:
        chosen[row] = (reason, priority)
    # in reading order within a document, so that a coder sees the context grow
    return tuple(
        ReviewItem(
            free[row],
            documents[free[row].unit.document_id].sha256,
            unit_check(free[row].unit.text),
            workspace.model_name or "rules",
            *chosen[row],
        )
        for row in sorted(chosen)
    )


def import_review(workspace: Workspace, path: Path, *, coder: str, date: str = "") -> ImportSummary:
    """Store a coder's answers as stand-off annotations, beside those of other coders.

    Reads what export_review wrote, answered in doccano, Label Studio, Prodigy or a spreadsheet.
    An answer with unknown codes, or whose text is no longer what the store has, is refused with a
    line; the others are kept. Raises UsageError for a file or coder name that cannot be used.
    """
    if not coder or not coder.replace("-", "").isalnum() or not coder.isascii():
        raise UsageError(f"coder '{coder}': use letters, digits and hyphens, as in --coder anna")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: cannot be read as UTF-8 text ({error}); save it as CSV UTF-8 or JSON Lines"
        ) from error
    refused: list[str] = []
    answers: dict[str, list[Answer]] = {}
    for place, row in iter_rows(text, path):
        try:
            answer = to_answer(row, workspace.codebook)
        except ValueError as error:
            refused.append(f"{path.name}:{place}: {error}")
            continue
        if answer is not None:
            answers.setdefault(answer.document_id, []).append(answer)
    summary = ImportSummary(coder, 0, 0, 0, tuple(refused), ())
    for document_id in sorted(answers):
        summary = _store_answers(workspace, document_id, answers[document_id], coder, date, summary)
    return summary


def _read_taken(workspace: Workspace) -> set[tuple[str, str]]:
    return {(document_id, g.check) for document_id, gold in read_gold(workspace.annotations).items() for g in gold}


def _rate_unit(tags: UnitTags, counts: Counter[str], total: int) -> tuple[float, str]:
    """How instructive, from 0, and why: unsure scores, rules and model apart, codes that are rare."""
    main = tags.issues[0]
    unsure = 1 - abs(2 * min(main.score, 1.0) - 1)
    apart = 1.0 if main.by.startswith("model:") or (main.by.startswith("rule:") and len(tags.issues) > 1) else 0.0
    rarest = min(counts[tag.code_id] for tag in tags.issues)
    rare = 1 / (1 + 50 * rarest / max(total, 1))
    parts = {"uncertain": unsure, "disagreement": 0.7 * apart, "rare code": 0.8 * rare}
    return sum(parts.values()), max(parts, key=lambda name: parts[name])


def _store_answers(
    workspace: Workspace, document_id: str, answers: Sequence[Answer], coder: str, date: str, summary: ImportSummary
) -> ImportSummary:
    from pipeline.segment import unit_check

    with workspace.open_store(read_only=True) as store:
        units = {(u.start, u.end): unit_check(u.text) for u in store.read_units(document_id)}
    before = {(g.start, g.end): g for g in read_annotations(workspace.annotations, document_id, coder)}
    after, refused, differences = dict(before), [], []
    counts = Counter(new=summary.new, changed=summary.changed, same=summary.same)
    for answer in answers:
        place = (answer.start, answer.end)
        if units.get(place) != answer.check:
            refused.append(
                f"{document_id} {answer.start}-{answer.end}: the text is not what the store has; export anew"
            )
            continue
        gold = GoldUnit(
            document_id,
            answer.sha256,
            *place,
            answer.check,
            answer.issues,
            answer.industries,
            answer.action,
            coder,
            date,
            answer.note,
            RANDOM if answer.reason == RANDOM else CHOSEN,
        )
        old = before.get(place)
        if old is None:
            counts["new"] += 1
        elif replace(old, date=date, note=gold.note, drawn=gold.drawn) == gold:
            counts["same"] += 1
            continue
        else:
            counts["changed"] += 1
            differences.append(f"{document_id} {answer.start}-{answer.end}: {_show(old)} -> {_show(gold)}")
        after[place] = gold
    files = summary.files
    if after != before:
        files = (*files, write_annotations(workspace.annotations, document_id, coder, after.values()).name)
    return replace(
        summary,
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        refused=(*summary.refused, *refused),
        files=files,
        differences=(*summary.differences, *differences),
    )


def _show(gold: GoldUnit) -> str:
    return f"{' '.join(gold.issues)} | {' '.join(gold.industries)} | {gold.action}"


__all__ = ["FORMATS", "ImportSummary", "ReviewItem", "choose_units", "export_review", "import_review"]
