"""Units and tags of two or more rounds -> changes of commitments, threads of initiatives, drift."""

from __future__ import annotations

from pipeline.changes.drift import measure_drift
from pipeline.changes.gold import compare_coders, evaluate_changes, parse_gold
from pipeline.changes.marks import mark_words
from pipeline.changes.reading import make_reading, to_markdown
from pipeline.changes.settings import AlignSettings
from pipeline.changes.threads import Tracker, build_threads, search_threads
from pipeline.changes.track import select_commitments, track_changes

__all__ = [
    "AlignSettings",
    "Tracker",
    "build_threads",
    "compare_coders",
    "evaluate_changes",
    "make_reading",
    "mark_words",
    "measure_drift",
    "parse_gold",
    "search_threads",
    "select_commitments",
    "to_markdown",
    "track_changes",
]
