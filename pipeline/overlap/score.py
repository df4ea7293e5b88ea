"""score_overlap: everything that compares two selections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codebook import Codebook
from pipeline.errors import UsageError
from pipeline.overlap.background import Background
from pipeline.overlap.compare import compare_profiles, compare_unrelated
from pipeline.overlap.content import compare_content
from pipeline.overlap.crosswalk import build_crosswalk
from pipeline.overlap.papercells import PaperCell
from pipeline.overlap.profile import Profile, list_presence, list_sensitivity, make_profile
from pipeline.overlap.settings import OverlapSettings, Selection
from pipeline.overlap.tally import Scheme, list_schemes
from pipeline.presence import settle_rule
from pipeline.records import Overlap, OverlapResult, Presence, Sensitivity, TimePoint


def score_overlap(
    left: Selection,
    right: Selection,
    codebook: Codebook,
    *,
    settings: OverlapSettings | None = None,
    background: Background | None = None,
    paper: Sequence[PaperCell] = (),
) -> OverlapResult:
    """Compare two selections: presence, measures, crosswalk, content in common, course of time.

    ``background``: phrases and profiles of unrelated government statements (load_background);
    without it boilerplate is judged from the two sides alone, and there is no unrelated null.
    ``paper``: what a paper has for each crosswalk row (load_paper_cells).
    Raises UsageError where a side is empty. The same input gives the same numbers.
    """
    settings = settings or OverlapSettings()
    left, right = left.without_kinds(settings.exclude_kinds), right.without_kinds(settings.exclude_kinds)
    for side in (left, right):
        if not side.units:
            raise UsageError(f"{side.name}: no units to compare; choose rounds or kinds that the store has")
    rule = settle_rule(settings.rule, (*left.units, *right.units), codebook)
    settings = replace(settings, rule=rule)
    presence: list[Presence] = []
    measures: list[Overlap] = []
    unrelated: list[Overlap] = []
    sensitivity: list[Sensitivity] = []
    for scheme in list_schemes(codebook):
        first, second = _make_pair(left, right, scheme, settings.replicates, settings.seed)
        presence += [*list_presence(first, settings), *list_presence(second, settings)]
        overlaps = compare_profiles(first, second, settings)
        measures += overlaps
        sensitivity += list_sensitivity((first, second), settings.rule)
        if background:
            counts, sizes = background.profile_matrix(scheme.dimension, scheme.codes)
            unrelated += compare_unrelated(overlaps, first, second, counts, sizes, settings)
    content, matches = compare_content(left, right, codebook, settings, background)
    return OverlapResult(
        left=left.name,
        right=right.name,
        presence=tuple(presence),
        measures=tuple(measures),
        crosswalk=build_crosswalk(left, right, codebook, presence, settings.rule, paper),
        content=content,
        matches=matches,
        over_time=trace_time(left, right, codebook, settings),
        sensitivity=tuple(sensitivity),
        background=tuple(unrelated),
        settings=_describe(settings),
        notes=_note_limits(left, right),
    )


def trace_time(
    left: Selection, right: Selection, codebook: Codebook, settings: OverlapSettings
) -> tuple[TimePoint, ...]:
    """The issue measures over all documents up to each date, from the day both sides have one."""
    quick = replace(settings, replicates=settings.time_replicates, permutations=100)
    scheme = list_schemes(codebook)[0]
    points: list[TimePoint] = []
    known: dict[int, tuple[int, Profile]] = {}  # by side: a date with documents of one side leaves the other as it was
    for date in sorted({unit.date for side in (left, right) for unit in side.units if unit.date}):
        first, second = (_until(side, date) for side in (left, right))
        if not first.units or not second.units:
            continue
        for at, side in enumerate((first, second)):
            if at not in known or known[at][0] != len(side.units):
                profile = make_profile(side, scheme, replicates=quick.replicates, seed=quick.seed)
                known[at] = (len(side.units), profile)
        documents = [len({unit.unit.document_id for unit in side.units}) for side in (first, second)]
        overlaps = compare_profiles(known[0][1], known[1][1], quick)
        points.append(TimePoint(date, documents[0], documents[1], len(first.units), len(second.units), overlaps))
    return tuple(points)


def _make_pair(
    left: Selection, right: Selection, scheme: Scheme, replicates: int, seed: int
) -> tuple[Profile, Profile]:
    return (
        make_profile(left, scheme, replicates=replicates, seed=seed),
        make_profile(right, scheme, replicates=replicates, seed=seed),
    )


def _until(side: Selection, date: str) -> Selection:
    return Selection(side.name, tuple(unit for unit in side.units if unit.date and unit.date <= date))


def _describe(settings: OverlapSettings) -> tuple[tuple[str, str], ...]:
    rule = settings.rule
    return (
        ("stray codings of an issue per sentence", f"{rule.issue_rate or 0:.5f}"),
        ("stray codings of an industry per sentence", f"{rule.industry_rate or 0:.5f}"),
        ("codes with a measured stray rate", str(len(rule.rates))),
        ("alpha of the presence rule", f"{rule.alpha:g}"),
        ("paragraphs needed", str(rule.min_paragraphs)),
        ("bootstrap replicates", str(settings.replicates)),
        ("permutations", str(settings.permutations)),
        ("interval level", f"{settings.level:g}"),
        ("kinds left out", ", ".join(sorted(settings.exclude_kinds)) or "none"),
        ("seed", str(settings.seed)),
    )


def _note_limits(left: Selection, right: Selection) -> tuple[str, ...]:
    notes = [note for side in (left, right) for note in _note_side(side)]
    shared = {unit.unit.document_id for unit in left.units} & {unit.unit.document_id for unit in right.units}
    if shared:
        notes.append(f"both sides hold {len(shared)} of the same documents, so there is no permutation null")
    languages = [{unit.unit.language for unit in side.units} for side in (left, right)]
    if "zh" in languages[0] | languages[1]:
        notes.append(
            "the table of common phrases and the unrelated statements are English: set phrases in Chinese are"
            " judged by the two sides' own sentences"
        )
    if not languages[0] & languages[1]:
        notes.append("the sides share no language, so no sentences are compared in content")
    return tuple(notes)


def _note_side(side: Selection) -> list[str]:
    notes = []
    documents = {unit.unit.document_id: unit.basis for unit in side.units}
    digests = sum(basis == "digest" for basis in documents.values())
    if digests:
        notes.append(f"{side.name}: {digests} of {len(documents)} documents are digests, not official text")
    if len(documents) < 4:
        notes.append(
            f"{side.name}: only {len(documents)} document{'s' if len(documents) > 1 else ''}, so the permutation null is coarse"
        )
    return notes
