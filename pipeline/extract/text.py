"""Plain text to an Extraction (thin)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.markdown import extract_markdown
from pipeline.records import Extraction


def extract_text(text: str) -> Extraction:
    """Paragraphs between blank lines."""
    return replace(extract_markdown(text), media="text/plain", engine="text")
