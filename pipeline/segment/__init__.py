"""Document to coded units: sentences and list items with exact offsets."""

from __future__ import annotations

from pipeline.segment.units import segment_blocks, segment_document

__all__ = ["segment_blocks", "segment_document"]
