"""Overlap of two selections of coded units: presence, measures, crosswalk, content, course of time."""

from pipeline.overlap.background import (
    Background,
    count_phrases,
    load_background,
    profile_selections,
    write_background,
)
from pipeline.overlap.measures import MEASURES, Measure
from pipeline.overlap.papercells import PaperCell, load_paper_cells
from pipeline.overlap.score import score_overlap
from pipeline.overlap.settings import SPOKEN_KINDS, OverlapSettings, Selection
from pipeline.presence import PresenceRule
from pipeline.records import OverlapResult

__all__ = [
    "MEASURES",
    "SPOKEN_KINDS",
    "Background",
    "Measure",
    "OverlapResult",
    "OverlapSettings",
    "PaperCell",
    "PresenceRule",
    "Selection",
    "count_phrases",
    "load_background",
    "load_paper_cells",
    "profile_selections",
    "score_overlap",
    "write_background",
]
