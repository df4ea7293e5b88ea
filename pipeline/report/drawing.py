"""What is drawn: a figure's files, and the figure as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.report.cells import Cell


@dataclass(frozen=True)
class Drawing:
    """A figure as the page shows it: inline SVG, words and data table in one language."""

    name: str
    language: str
    svg: str
    title: str
    alt: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_plain(self) -> dict[str, Any]:
        names = ("name", "language", "svg", "title", "alt", "note", "header", "rows")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Drawn:
    """The files of a figure and the figure for the page; ``bitmap``: b"" where no font has its letters."""

    svg: bytes
    bitmap: bytes
    drawing: Drawing
