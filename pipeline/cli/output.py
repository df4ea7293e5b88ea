"""Printing: lists as table, CSV, JSON or JSON lines on stdout; messages and progress on stderr."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


def print_rows(rows: Iterable[dict[str, Any]], format: Format, *, columns: Sequence[str] = (), title: str = "") -> None:
    """Print mappings with the same keys; a table shows ``columns`` only, the other forms everything."""
    if format is Format.jsonl:
        for row in rows:
            print(to_json(row))
        return
    rows = list(rows)
    if format is Format.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif format is Format.csv:
        print_csv(rows)
    else:
        print_table(rows, columns, title)


def print_csv(rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([guard_cell(value) for value in row.values()])


def guard_cell(value: Any) -> Any:
    """A cell that a spreadsheet will not take for a formula; numbers stay numbers."""
    if isinstance(value, (list, tuple, dict)):
        value = to_json(value)
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and value:
        return "'" + value
    return value


def print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], title: str) -> None:
    """A table as wide as the terminal; columns without any content are left out, the widest ones wrap first."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        print_message("nothing to show")
        return
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, soft_wrap=False)
    cells = {name: [to_cell(row.get(name)) for row in rows] for name in columns or rows[0]}
    shown = [name for name, values in cells.items() if any(values)] or list(cells)
    widths = [max(cell_len(text) for text in (name.replace("_", " "), *cells[name])) for name in shown]
    limit = fit_widths(widths, console.width - 2 * len(shown))
    table = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for name, width in zip(shown, widths, strict=True):
        number = all(isinstance(row.get(name), (int, float)) for row in rows)
        table.add_column(
            name.replace("_", " "), justify="right" if number else "left", overflow="fold", width=min(width, limit)
        )
    for at in range(len(rows)):
        table.add_row(*(Text(cells[name][at]) for name in shown))
    console.print(table)


def fit_widths(widths: Sequence[int], room: int) -> int:
    """The largest width a column may have so that all fit into ``room``: narrow columns keep theirs, wide ones share."""
    limit = max(widths, default=1)
    for done, width in enumerate(sorted(widths)):
        share = room // (len(widths) - done)
        if width > share:
            limit = share
            break
        room -= width
    return max(6, limit)


def to_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return str(value)


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def print_message(message: str) -> None:
    """One line for people, on stderr."""
    print(message, file=sys.stderr)


class Progress:
    """A progress bar on stderr for work over two seconds; silent when stderr is no terminal. ``total`` 0: unknown."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._started = 0.0

    @property
    def shown(self) -> bool:
        """Whether anyone sees it, so that an estimate is worth working out."""
        return sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        import time

        if not self.shown:
            return
        if self._bar is None:
            self._started = self._started or time.monotonic()
            if time.monotonic() - self._started < 1.0:
                return
            self._open(what, total)
        self._bar.update(self._task, description=what, completed=done, total=max(total, done) if total else None)

    def _open(self, what: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._bar.start()
        self._task = self._bar.add_task(what, total=total or None)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
