"""The review loop: which units a coder should look at next, out to a coding tool and back as annotations."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.records import ACTION_LEVELS, CodedUnit, GoldUnit, Tag, UnitTags
from pipeline.steps.files import write_atomic
from pipeline.steps.gold import read_annotations, read_gold, write_annotations
from pipeline.steps.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.codebook import Codebook

FORMATS = ("doccano", "label-studio", "prodigy", "csv")
RANDOM_SHARE = 0.1
SEED = 20261124
_COLUMNS = (
    "document_id",
    "n",
    "start",
    "end",
    "check",
    "sha256",
    "model",
    "reason",
    "section",
    "text",
    "suggested_issues",
    "suggested_industries",
    "suggested_action",
    "score",
    "issues",
    "industries",
    "action",
    "note",
)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A unit to look at. ``reason``: "uncertain", "disagreement", "rare code" or "random".

    Only the random ones may be used to estimate how good the tagger is, or to correct shares.
    """

    coded: CodedUnit
    sha256: str
    check: str
    model: str
    reason: str
    priority: float


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


@dataclass(frozen=True, slots=True)
class _Answer:
    document_id: str
    sha256: str
    start: int
    end: int
    check: str
    issues: tuple[str, ...]
    industries: tuple[str, ...]
    action: str
    note: str


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
    if format == "csv":
        data = ("\ufeff" + _dump_csv(items)).encode("utf-8")
    else:
        to_row = {"doccano": _to_doccano, "label-studio": _to_label_studio, "prodigy": _to_prodigy}[format]
        data = "".join(json.dumps(to_row(item), ensure_ascii=False) + "\n" for item in items).encode("utf-8")
    write_atomic(path, data)
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
    chosen: dict[int, tuple[str, float]] = dict.fromkeys(sorted(drawn), ("random", 0.0))
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
    answers: dict[str, list[_Answer]] = {}
    for place, row in _iter_rows(text, path):
        try:
            answer = _to_answer(row, workspace.codebook)
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


def _to_meta(item: ReviewItem) -> dict[str, Any]:
    unit = item.coded.unit
    return {
        "document_id": unit.document_id,
        "n": unit.n,
        "start": unit.start,
        "end": unit.end,
        "check": item.check,
        "sha256": item.sha256,
        "model": item.model,
        "reason": item.reason,
        "section": unit.section,
        "scores": {tag.code_id: tag.score for tag in item.coded.tags.iter_tags()},
    }


def _to_labels(tags: UnitTags) -> list[str]:
    return [_to_label(tag) for tag in tags.iter_tags()]


def _to_label(tag: Tag) -> str:
    return f"{tag.dimension}:{tag.code_id}"


def _to_doccano(item: ReviewItem) -> dict[str, Any]:
    return {"text": item.coded.unit.text, "label": _to_labels(item.coded.tags), "meta": _to_meta(item)}


def _to_label_studio(item: ReviewItem) -> dict[str, Any]:
    tags = item.coded.tags
    groups = (("issues", tags.issues), ("industries", tags.industries), ("action", (tags.action,)))
    result = [
        {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [t.code_id for t in group]}}
        for name, group in groups
        if group
    ]
    prediction = {"model_version": item.model, "score": tags.issues[0].score, "result": result}
    return {"data": {"text": item.coded.unit.text, **_to_meta(item)}, "predictions": [prediction]}


def _to_prodigy(item: ReviewItem) -> dict[str, Any]:
    tags = item.coded.tags.iter_tags()
    options = [{"id": _to_label(tag), "text": tag.code_id, "score": tag.score} for tag in tags]
    return {
        "text": item.coded.unit.text,
        "options": options,
        "accept": [option["id"] for option in options],
        "meta": _to_meta(item),
    }


def _dump_csv(items: Sequence[ReviewItem]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for item in items:
        tags, meta = item.coded.tags, _to_meta(item)
        writer.writerow(
            {
                **{name: meta[name] for name in _COLUMNS if name in meta},
                "section": _guard(item.coded.unit.section),
                "text": _guard(item.coded.unit.text),
                "suggested_issues": " ".join(tag.code_id for tag in tags.issues),
                "suggested_industries": " ".join(tag.code_id for tag in tags.industries),
                "suggested_action": tags.action.code_id,
                "score": tags.issues[0].score,
            }
        )
    return buffer.getvalue()


def _guard(text: str) -> str:
    """Text that a spreadsheet will not take for a formula; it is not read back, offsets and check are."""
    return "'" + text if text[:1] in "=+-@\t\r" and text else text


def _iter_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their line: CSV with a header (comma, semicolon or tab), JSON Lines, or a JSON list."""
    start = text.lstrip()[:1]
    if start == "[":
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise UsageError(f"{path}: not valid JSON ({error}); export it again") from error
        yield from enumerate((row for row in rows if isinstance(row, dict)), 1)
    elif start == "{":
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except ValueError as error:
                    raise UsageError(f"{path}:{number}: not valid JSON ({error}); export it again") from error
    else:
        head = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=head.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        if "check" not in (reader.fieldnames or ()):
            raise UsageError(f"{path}: not a review file (no column 'check'); keep the columns that export wrote")
        for row in reader:
            yield reader.line_num, row


def _to_answer(row: dict[str, Any], codebook: Codebook) -> _Answer | None:
    """The answer of a row; None where it was left open. ValueError says what is wrong with it."""
    meta = row.get("meta") or row.get("data") or row
    found = _read_labels(row)
    if found is None:
        return None
    issues, industries, action, note = found
    if not issues and not action and not industries:
        return None
    missing = [key for key in ("document_id", "sha256", "start", "end", "check") if meta.get(key) in (None, "")]
    if missing:
        raise ValueError(f"lost its {', '.join(missing)}; keep what export wrote")
    if not 1 <= len(issues) <= 3:
        raise ValueError(f"{len(issues)} issues; give 1 to 3, the main one first")
    for given, known in ((issues, codebook.issues), (industries, codebook.industries), ([action], ACTION_LEVELS)):
        for code_id in given:
            if code_id not in known:
                import difflib

                near = difflib.get_close_matches(code_id, known, n=1)
                raise ValueError(f"no code '{code_id}'{f'; did you mean {near[0]}?' if near else ''}")
    return _Answer(
        str(meta["document_id"]),
        str(meta["sha256"]),
        int(meta["start"]),
        int(meta["end"]),
        str(meta["check"]),
        tuple(issues),
        tuple(industries),
        action,
        note,
    )


def _read_labels(row: dict[str, Any]) -> tuple[list[str], list[str], str, str] | None:
    if "suggested_issues" in row:
        return (
            _split(row.get("issues")),
            _split(row.get("industries")),
            (row.get("action") or "").strip(),
            (row.get("note") or "").strip(),
        )
    if "predictions" in row or "annotations" in row:
        return _read_label_studio(row)
    if "accept" in row:
        if row.get("answer", "accept") != "accept":
            return None
        return (*_sort_labels(row["accept"]), str(row.get("note", "")))
    return (*_sort_labels(row.get("label") or row.get("labels") or []), str(row.get("note", "")))


def _read_label_studio(row: dict[str, Any]) -> tuple[list[str], list[str], str, str] | None:
    done = [a for a in row.get("annotations") or [] if not a.get("was_cancelled")]
    if not done:
        return None
    chosen: dict[str, list[str]] = {}
    for result in done[-1].get("result", []):
        chosen.setdefault(str(result.get("from_name")), []).extend(result.get("value", {}).get("choices", []))
    return chosen.get("issues", []), chosen.get("industries", []), "".join(chosen.get("action", [])[:1]), ""


def _sort_labels(labels: Iterable[Any]) -> tuple[list[str], list[str], str]:
    by_dimension: dict[str, list[str]] = {"issue": [], "industry": [], "action": []}
    for label in labels:
        dimension, _, code_id = str(label).partition(":")
        by_dimension.setdefault(dimension, []).append(code_id)
    unknown = [name for name in by_dimension if name not in ("issue", "industry", "action")]
    if unknown:
        raise ValueError(f"label '{unknown[0]}' is none of issue:..., industry:..., action:...")
    if len(by_dimension["action"]) > 1:
        raise ValueError(f"{len(by_dimension['action'])} action levels; give exactly one")
    return by_dimension["issue"], by_dimension["industry"], "".join(by_dimension["action"])


def _split(value: Any) -> list[str]:
    return str(value or "").replace(",", " ").replace(";", " ").split()


def _store_answers(
    workspace: Workspace, document_id: str, answers: Sequence[_Answer], coder: str, date: str, summary: ImportSummary
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
        )
        old = before.get(place)
        if old is None:
            counts["new"] += 1
        elif replace(old, date=date, note=gold.note) == gold:
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
