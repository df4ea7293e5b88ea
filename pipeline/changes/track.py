"""The fate of every commitment between two rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.changes.settings import AlignSettings
from pipeline.changes.status import decide_status
from pipeline.records import Change, CodedUnit, Evidence, Link

if TYPE_CHECKING:
    from pipeline.changes.align import Alignment
    from pipeline.changes.profile import Profile
    from pipeline.changes.weights import Weights

COMMITTING = ("intend", "commit", "deliver")


def select_commitments(units: Sequence[CodedUnit]) -> tuple[CodedUnit, ...]:
    """Units of action level intend, commit or deliver whose main issue is not ``other.*``, in their order."""
    return tuple(u for u in units if _is_commitment(u))


def track_changes(
    earlier: Sequence[CodedUnit],
    later: Sequence[CodedUnit],
    *,
    framework: str,
    round_from: str,
    round_to: str,
    settings: AlignSettings | None = None,
    background: Mapping[str, int] | None = None,
) -> tuple[Change, ...]:
    """One Change for each commitment of the later round, then one for each dropped one of the earlier.

    Give all units of the rounds, not only commitments: the others resolve "the mechanism" and show what lives on.
    ``background``: stem -> number of units with it, replaces the built-in counts of diplomatic language.
    """
    names = (framework, round_from, round_to)
    chosen = settings or AlignSettings()
    if background is None:
        return _track_once(tuple(earlier), tuple(later), names, chosen)
    return _track(earlier, later, names, chosen, background)


@lru_cache(maxsize=32)
def _track_once(
    earlier: tuple[CodedUnit, ...], later: tuple[CodedUnit, ...], names: tuple[str, str, str], settings: AlignSettings
) -> tuple[Change, ...]:
    """Threads ask again for the changes between rounds that were compared before."""
    return _track(earlier, later, names, settings, None)


def _track(
    earlier: Sequence[CodedUnit],
    later: Sequence[CodedUnit],
    names: tuple[str, str, str],
    settings: AlignSettings,
    background: Mapping[str, int] | None,
) -> tuple[Change, ...]:
    from pipeline.changes.align import align_profiles
    from pipeline.changes.names import resolve_acronyms
    from pipeline.changes.profile import make_profiles

    acronyms = resolve_acronyms(u.unit.text for u in (*earlier, *later))
    old, new = make_profiles(earlier, acronyms), make_profiles(later, acronyms)
    aligned = align_profiles(new, old, settings=settings, background=background)
    known = frozenset(word for profile in old for word in profile.words)
    changes = [
        _follow(row, new, old, aligned, known, names, settings.weights)
        for row, p in enumerate(new)
        if _is_commitment(p.unit)
    ]
    return (*changes, *_list_dropped(new, old, aligned, names, settings))


def _follow(
    row: int,
    new: Sequence[Profile],
    old: Sequence[Profile],
    aligned: Alignment,
    known: frozenset[str],
    names: tuple[str, str, str],
    weights: Weights,
) -> Change:
    unit, found = new[row].unit, aligned.links[row]
    issues = tuple(t.code_id for t in unit.tags.issues)
    after = unit.tags.action.code_id
    if not found:
        score = round(float(aligned.none[row]), 4)
        return Change(*names, "new", issues, (), _point(unit), unit.unit.text, "", after, score)
    links = tuple(
        Link(_point(old[c].unit), old[c].unit.unit.text, round(score, 4), aligned.explain(row, c)) for c, score in found
    )
    status, signals = decide_status(new[row], [old[c] for c, _ in found], known, weights)
    before = old[found[0][0]].unit.tags.action.code_id
    return Change(*names, status, issues, links, _point(unit), unit.unit.text, before, after, links[0].score, signals)


def _list_dropped(
    new: Sequence[Profile],
    old: Sequence[Profile],
    aligned: Alignment,
    names: tuple[str, str, str],
    settings: AlignSettings,
) -> list[Change]:
    from pipeline.changes.fate import score_alive

    alive = score_alive(new, old, aligned)
    gone = []
    for column, profile in enumerate(old):
        if alive[column] >= settings.alive or not _is_commitment(profile.unit):
            continue
        unit, score = profile.unit, round(1 - alive[column], 4)
        link = Link(_point(unit), unit.unit.text, score, (("trace in the later round", round(alive[column], 3)),))
        issues = tuple(t.code_id for t in unit.tags.issues)
        gone.append(Change(*names, "dropped", issues, (link,), None, "", unit.tags.action.code_id, "", score))
    return gone


def _is_commitment(unit: CodedUnit) -> bool:
    return unit.tags.action.code_id in COMMITTING and not unit.tags.main_issue.startswith("other.")


def _point(unit: CodedUnit) -> Evidence:
    return Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)
