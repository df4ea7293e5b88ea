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
from pipeline.overlap.settings import OverlapSettings, Selection
from pipeline.presence import SPOKEN_KINDS, PresenceRule, prefer_official, settle_rule, smooth_rates
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
    "prefer_official",
    "profile_selections",
    "score_overlap",
    "settle_rule",
    "smooth_rates",
    "write_background",
]
