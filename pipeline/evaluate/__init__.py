"""Tags against gold: scores, agreement of coders, calibration, corrected shares. Pure functions."""

from __future__ import annotations

from pipeline.evaluate.codes import Codes, Judged, to_codes

__all__ = ["Codes", "Judged", "to_codes"]
