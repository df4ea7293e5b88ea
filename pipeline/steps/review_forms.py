"""Review files: what doccano, Label Studio, Prodigy and spreadsheets read, and the answers they give back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError, hint_nearest
from pipeline.records import ACTION_LEVELS, CodedUnit, Tag, UnitTags

if TYPE_CHECKING:
    from pipeline.codebook import Codebook

FORMATS = ("doccano", "label-studio", "prodigy", "csv")
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
class Answer:
    document_id: str
    sha256: str
    start: int
    end: int
    check: str
    issues: tuple[str, ...]
    industries: tuple[str, ...]
    action: str
    note: str
    reason: str


def dump_items(items: Sequence[ReviewItem], format: str) -> bytes:
    """The file for a coding tool: JSON Lines, or a CSV with a byte order mark so that Excel reads UTF-8."""
    if format == "csv":
        return ("\ufeff" + _dump_csv(items)).encode("utf-8")
    to_row = {"doccano": _to_doccano, "label-studio": _to_label_studio, "prodigy": _to_prodigy}[format]
    return "".join(json.dumps(to_row(item), ensure_ascii=False) + "\n" for item in items).encode("utf-8")


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


def iter_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
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


def to_answer(row: dict[str, Any], codebook: Codebook) -> Answer | None:
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
                raise ValueError(f"no code '{code_id}'; {hint_nearest(code_id, known, 'see corpus/codebook.yaml')}")
    return Answer(
        str(meta["document_id"]),
        str(meta["sha256"]),
        int(meta["start"]),
        int(meta["end"]),
        str(meta["check"]),
        tuple(issues),
        tuple(industries),
        action,
        note,
        str(meta.get("reason", "")),
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
