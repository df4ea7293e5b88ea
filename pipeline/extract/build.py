"""Collects blocks and the text they stand in: how every reader makes its Extraction."""

from __future__ import annotations

from pipeline.records import Block, BlockKind, Extraction, Table

GAP = "\n\n"
CELL = " | "


class Builder:
    """Blocks in reading order, two line feeds between them; offsets and pages are kept right."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.pages: list[tuple[int, int]] = []
        self.length = 0

    def add(
        self,
        kind: BlockKind,
        text: str,
        level: int = 0,
        ref: str = "",
        page: int | None = None,
        seams: tuple[tuple[int, int], ...] = (),
    ) -> None:
        """Append a block; an empty text adds nothing. ``seams``: (offset in the text, page that begins there)."""
        if not text:
            return
        if self.parts:
            self.parts.append(GAP)
            self.length += len(GAP)
        start = self.length
        self.blocks.append(Block(kind, start, start + len(text), level, page, ref))
        self.parts.append(text)
        self.length += len(text)
        # Notes come after the body that they belong to, and so do not move the page count back.
        for offset, number in ((0, page), *seams):
            if number is not None and (not self.pages or number > self.pages[-1][1]):
                self.pages.append((start + offset, number))

    def add_table(self, rows: tuple[tuple[str, ...], ...], caption: str = "", page: int | None = None) -> None:
        """A table as one block, a line a row, and as rows in ``tables``."""
        if not rows:
            return
        self.add("table", "\n".join(CELL.join(" ".join(cell.split()) for cell in row) for row in rows), page=page)
        self.tables.append(Table(rows, caption, page))

    def finish(
        self, media: str, engine: str, hints: dict[str, str] | None = None, warnings: tuple[str, ...] = ()
    ) -> Extraction:
        """The extraction of all that was added."""
        return Extraction(
            text="".join(self.parts),
            blocks=tuple(self.blocks),
            media=media,
            engine=engine,
            pages=tuple(self.pages),
            tables=tuple(self.tables),
            hints=hints or {},
            warnings=warnings,
        )
