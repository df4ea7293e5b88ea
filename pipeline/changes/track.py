"""The fate of every commitment between two rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.changes.settings import AlignSettings
from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, Change, CodedUnit, Evidence, Link

COMMITTING = ("intend", "commit", "deliver")


def select_commitments(units: Sequence[CodedUnit]) -> tuple[CodedUnit, ...]:
    """Units of action level intend, commit or deliver whose main issue is not ``other.*``, in their order."""
    return tuple(u for u in units if u.tags.action.code_id in COMMITTING and not u.tags.main_issue.startswith("other."))


def track_changes(
    earlier: Sequence[CodedUnit],
    later: Sequence[CodedUnit],
    *,
    framework: str,
    round_from: str,
    round_to: str,
    codebook: Codebook,
    settings: AlignSettings | None = None,
    background: Mapping[str, int] | None = None,
) -> tuple[Change, ...]:
    """One Change for each commitment of the later round, then one for each dropped one of the earlier."""
    settings = settings or AlignSettings()
    old, new = select_commitments(earlier), select_commitments(later)
    scores = _similarities(old, new)
    linked: set[int] = set()
    changes = []
    for row, unit in enumerate(new):
        ranked = sorted((-scores[row][c], c) for c in range(len(old)) if scores[row][c] >= settings.threshold)
        chosen = [c for _, c in ranked[: settings.max_links]]
        linked.update(chosen)
        links = tuple(
            Link(_point(old[c]), old[c].unit.text, scores[row][c], (("words", scores[row][c]),)) for c in chosen
        )
        before = old[chosen[0]].tags.action.code_id if chosen else ""
        after = unit.tags.action.code_id
        step = ACTION_LEVELS.index(after) - ACTION_LEVELS.index(before) if chosen else 0
        status = "new" if not chosen else "strengthened" if step > 0 else "weakened" if step < 0 else "kept"
        changes.append(
            Change(
                framework,
                round_from,
                round_to,
                status,
                tuple(t.code_id for t in unit.tags.issues),
                links,
                _point(unit),
                unit.unit.text,
                before,
                after,
                links[0].score if links else 1.0,
            )
        )
    for c, unit in enumerate(old):
        if c not in linked:
            link = Link(_point(unit), unit.unit.text, 1.0)
            issues = tuple(t.code_id for t in unit.tags.issues)
            changes.append(
                Change(
                    framework,
                    round_from,
                    round_to,
                    "dropped",
                    issues,
                    (link,),
                    None,
                    "",
                    unit.tags.action.code_id,
                    "",
                    1.0,
                )
            )
    return tuple(changes)


def _point(unit: CodedUnit) -> Evidence:
    return Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)


def _similarities(old: Sequence[CodedUnit], new: Sequence[CodedUnit]) -> list[list[float]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not old or not new:
        return [[0.0] * len(old) for _ in new]
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform([u.unit.text for u in (*old, *new)])
    grid = (vectors[len(old) :] @ vectors[: len(old)].T).toarray()
    return [[min(1.0, float(x)) for x in row] for row in grid]
