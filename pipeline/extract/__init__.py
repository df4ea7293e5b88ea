"""Bytes to an Extraction: text with its structure, pages, tables and declared facts."""

from __future__ import annotations

from pipeline.extract.media import sniff_media
from pipeline.extract.read import extract_bytes

__all__ = ["extract_bytes", "sniff_media"]
