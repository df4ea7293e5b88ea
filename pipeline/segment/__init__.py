"""Document to coded units: sentences and list items with exact offsets."""

from __future__ import annotations

from pipeline.segment.align import Realigned, realign_spans, unit_check, words_check
from pipeline.segment.units import segment_blocks, segment_document

__all__ = ["Realigned", "realign_spans", "segment_blocks", "segment_document", "unit_check", "words_check"]
