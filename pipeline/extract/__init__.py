"""Bytes to an Extraction: text with its structure, pages, tables and declared facts."""

from __future__ import annotations
