"""The findings in sentences built from the numbers, each with its interval and a pointer to the evidence.

A finding is a sentence without the pointer, plus the pointer: the section of the page to open, and the
table that holds the number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.records import Change, DriftRow, Interval, Overlap, Presence
from pipeline.report.data import ReportData
from pipeline.report.words import (
    format_count,
    format_p,
    format_share,
    format_value,
    join_names,
    load_words,
    name_round,
    say,
    translate,
)

_LARGEST = 3
_ALPHA = 0.05


@dataclass(frozen=True)
class Finding:
    """``section``: key of the section it belongs to; ``table``: name of the table behind it."""

    section: str
    table: str
    text: str


def build_findings(data: ReportData, language: str) -> tuple[Finding, ...]:
    """All findings in the order of the summary's sections; a section without data says so."""
    return (
        *_find_overlap(data, language),
        *_find_apart(data, language),
        *_find_new(data, language),
        *_find_trends(data, language),
        *_find_claims(data, language),
        *_find_quality(data, language),
        *_find_basis(data, language),
    )


def name_measure(measure: str, language: str) -> str:
    """Display name of a measure; an unknown one keeps its own name."""
    word = load_words().get(f"measure_{measure}")
    return word[language] if word else measure.replace("_", " ")


def latest_pairs(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """The last compared pair of rounds of each framework, (framework, from, to); changes come in order of rounds."""
    last: dict[str, tuple[str, str]] = {}
    for change in changes:
        last[change.framework] = (change.round_from, change.round_to)
    return [(framework, *pair) for framework, pair in last.items()]


def _find_overlap(data: ReportData, language: str) -> list[Finding]:
    rows = _by_side(data)
    if not rows:
        return [Finding("ov_overlap", "domains", say("sum_nothing", language))]
    numbers = [number for dimension in ("domain", "issue", "industry") for number in _count_shared(data, dimension)]
    found = [Finding("ov_overlap", "domains", say("ov_counts", language, *numbers))]
    found += [_tell_measure(row, language) for row in _first_measures(data)]
    both = [
        p
        for p in data.presence
        if p.dimension == "domain" and _is_shared(data, rows, p) and _is_substantive(data, p.code_id)
    ]
    both = sorted(both, key=lambda p: (-p.share.value, p.code_id))[: 2 * _LARGEST]
    if both:
        shares = (", " if language == "en" else "；").join(_tell_share(data, row, language) for row in both)
        found.append(Finding("ov_overlap", "domains", say("sum_both", language, shares)))
    names = [
        data.codebook.name_of(code, language)
        for code in _codes(data, "industry")
        if _sides_of(data, rows, code) == (True, True)
    ]
    if names:
        found.append(
            Finding("ov_overlap", "industries", say("sum_industries_both", language, join_names(names, language)))
        )
    return found


def _find_apart(data: ReportData, language: str) -> list[Finding]:
    rows = _by_side(data)
    found = []
    for wanted, side in (((True, False), data.left), ((False, True), data.right)):
        for dimension, key, table in (
            ("domain", "sum_only", "domains"),
            ("issue", "sum_only", "issues"),
            ("industry", "sum_industries_only", "industries"),
        ):
            names = [
                data.codebook.name_of(c, language)
                for c in _codes(data, dimension)
                if _sides_of(data, rows, c) == wanted
            ]
            if names:
                found.append(Finding("ov_apart", table, say(key, language, side, join_names(names, language))))
    if rows and not found:
        found.append(Finding("ov_apart", "domains", say("sum_only_none", language)))
    return found or [Finding("ov_apart", "domains", say("sum_nothing", language))]


def _find_new(data: ReportData, language: str) -> list[Finding]:
    found = []
    for framework, earlier, later in latest_pairs(data.changes):
        counts = Counter(
            c.status for c in data.changes if (c.framework, c.round_from, c.round_to) == (framework, earlier, later)
        )
        parts = [say("sum_status", language, n, say(f"status_{s}", language)) for s in ("new", "strengthened", "kept", "weakened", "dropped") if (n := counts[s])]  # fmt: skip
        rounds = (
            name_round(data.codebook, framework, later, language),
            name_round(data.codebook, framework, earlier, language),
        )
        text = say("sum_change", language, framework, *rounds, (", " if language == "en" else "、").join(parts))
        found.append(Finding("ov_new", "changes", text))
    return found or [Finding("ov_new", "changes", say("ov_no_changes", language))]


def _find_trends(data: ReportData, language: str) -> list[Finding]:
    rows = [row for row in data.drift if row.dimension in ("domain", "issue") and _is_clear(row)]
    rows.sort(key=lambda row: (row.p_bh if row.p_bh is not None else 1.0, row.framework, row.code_id))
    found = [
        Finding(
            "nav_rounds",
            "rounds",
            say(
                "sum_trend",
                language,
                row.framework,
                data.codebook.name_of(row.code_id, language),
                f"{100 * row.slope:+.1f}",
                format_p(row.p_bh or 0.0),
            ),
        )
        for row in rows[:_LARGEST]
    ]
    return found or [Finding("nav_rounds", "rounds", say("sum_no_trend" if data.drift else "sum_nothing", language))]


def _find_claims(data: ReportData, language: str) -> list[Finding]:
    counts = Counter(verdict.verdict for verdict in data.verdicts)
    if not data.verdicts:
        return [Finding("nav_claims", "claims", say("empty_claims", language))]
    numbers = (len(data.verdicts), counts["supported"], counts["contradicted"], counts["not covered"])
    return [Finding("nav_claims", "claims", say("sum_claims", language, *numbers))]


def _find_quality(data: ReportData, language: str) -> list[Finding]:
    """One figure a dimension for the tagger, and the coders' agreement on issues."""
    rows = {(row.tagger, row.dimension, row.metric): row for row in data.quality if row.slice == "all"}
    found = []
    for dimension, metric in (
        ("issue", "micro_f1"),
        ("domain", "micro_f1"),
        ("industry", "micro_f1"),
        ("action", "accuracy"),
    ):
        row = rows.get(("combined", dimension, metric))
        if row:
            name = say(f"dim_{dimension}", language).lower()
            text = say(
                "sum_quality", language, name, format_value(row.interval, language), say(f"metric_{metric}", language)
            )
            found.append(Finding("nav_quality", "quality", text))
    coders = rows.get(("coders", "issue", "alpha_pooled"))
    if coders:
        text = say("sum_coders", language, format_value(coders.interval, language))
        found.append(Finding("nav_quality", "quality", text))
    return found or [Finding("nav_quality", "quality", say("empty_quality", language))]


def _find_basis(data: ReportData, language: str) -> list[Finding]:
    statements = [unit for unit in data.units if unit.basis != "paper"]
    basis = {unit.unit.document_id: unit.basis for unit in statements}
    digests = sum(kind == "digest" for kind in basis.values())
    key = "ov_rests" if digests else "ov_rests_official"
    texts = [
        say(key, language, len(basis) - digests, digests, format_count(len(statements)))
        + ("。" if language == "zh" else ".")
    ]
    texts += [say("ov_digests", language)] if digests else []
    for gap in data.missing:
        rounds = [name_round(data.codebook, gap.framework, name, language) for name in gap.rounds]
        key = "missing_digest" if gap.digest else "missing_nothing"
        texts.append(say(key, language, gap.framework, say("list_separator", language).join(rounds)))
    return [Finding("ov_basis", "documents", text) for text in texts]


def _by_side(data: ReportData) -> dict[tuple[str, str], Presence]:
    return {(p.selection, p.code_id): p for p in data.presence if p.selection in (data.left, data.right)}


def _sides_of(data: ReportData, rows: dict[tuple[str, str], Presence], code_id: str) -> tuple[bool, bool]:
    left, right = rows.get((data.left, code_id)), rows.get((data.right, code_id))
    return bool(left and left.present), bool(right and right.present)


def _is_shared(data: ReportData, rows: dict[tuple[str, str], Presence], row: Presence) -> bool:
    return _sides_of(data, rows, row.code_id) == (True, True)


def _is_substantive(data: ReportData, code_id: str) -> bool:
    return all(domain.substantive for domain in data.codebook.domains if domain.id == code_id)


def _codes(data: ReportData, dimension: str) -> tuple[str, ...]:
    """The codes that are compared: substantive domains and issues, all industries."""
    if dimension == "domain":
        return tuple(domain.id for domain in data.codebook.domains if domain.substantive)
    return data.codebook.substantive_issues if dimension == "issue" else data.codebook.industries


def _count_shared(data: ReportData, dimension: str) -> tuple[int, int]:
    rows, codes = _by_side(data), _codes(data, dimension)
    return sum(_sides_of(data, rows, code) == (True, True) for code in codes), len(codes)


def _tell_measure(row: Overlap, language: str) -> Finding:
    over = say(f"sum_codes_{row.dimension}", language)
    text = say("sum_measure", language, name_measure(row.measure, language), over, format_value(row.interval, language))
    if row.null_mean is not None and row.p_value is not None:
        text += (" " if language == "en" else "") + say(
            "sum_measure_null", language, f"{row.null_mean:.2f}", format_p(row.p_value), translate(row.null, language)
        )
    return Finding("ov_overlap", "overlap", text)


def _tell_share(data: ReportData, row: Presence, language: str) -> str:
    share: Interval = row.share
    name = data.codebook.name_of(row.code_id, language)
    return say("sum_share", language, name, row.count, row.units, row.selection, format_share(share, language))


def _first_measures(data: ReportData) -> list[Overlap]:
    """The first measure of each dimension: the page has all of them."""
    first: dict[str, Overlap] = {}
    for row in data.overlaps:
        first.setdefault(row.dimension, row)
    return [first[dimension] for dimension in ("domain", "issue", "industry") if dimension in first]


def _is_clear(row: DriftRow) -> bool:
    return row.p_bh is not None and row.p_bh < _ALPHA
