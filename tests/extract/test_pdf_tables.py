"""Ruled tables of a PDF: lines drawn in forms, cells of several lines, grids that are no tables."""

from __future__ import annotations

import io
from collections.abc import Callable

from pdfkit import make_pdf, read_pdf, set_lines
from reportlab.pdfgen.canvas import Canvas

FILLER = ["Everybody in the house has drunk a cup of tea before noon today.", "There was milk for it too."]
LABELS = ("Name", "Date", "Sort", "Price")


def draw(paint: Callable[[Canvas], None]) -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(595, 842), invariant=1)
    for number, line in enumerate(FILLER):
        canvas.drawString(60, 800 - 14 * number, line)
    paint(canvas)
    canvas.save()
    return sink.getvalue()


def test_lines_within_a_form_are_seen() -> None:
    """A table that is drawn in a form and moved with it has its rows, cells of two lines joined."""

    def paint(canvas: Canvas) -> None:
        canvas.beginForm("grid")
        canvas.grid([0, 120, 240], [0, 40, 80])
        canvas.endForm()
        canvas.saveState()
        canvas.translate(60, 600)
        canvas.doForm("grid")
        canvas.restoreState()
        for x, y, text in (
            (65, 665, "Cup"),
            (185, 665, "blue and"),
            (185, 650, "white"),
            (65, 620, "Pot"),
            (185, 620, "red"),
        ):
            canvas.drawString(x, y, text)

    found, _ = read_pdf(draw(paint))
    assert [table.rows for table in found.tables] == [(("Cup", "blue and white"), ("Pot", "red"))]


def test_cells_written_in_another_order_are_read_from_left_to_right() -> None:
    """Words of a cell that the file draws backwards stand in order, with a blank between them."""

    def paint(canvas: Canvas) -> None:
        canvas.grid([60, 200, 340], [600, 640, 680])
        for x, y, text in (
            (110, 655, "house"),
            (65, 655, "Tea"),
            (205, 655, "open"),
            (65, 615, "Inn"),
            (205, 615, "shut"),
        ):
            canvas.drawString(x, y, text)

    found, _ = read_pdf(draw(paint))
    assert [table.rows for table in found.tables] == [(("Tea house", "open"), ("Inn", "shut"))]


def test_a_form_to_fill_in_stays_text() -> None:
    """A grid of which most cells are empty is no table; what is printed in it is not lost."""
    page = [*set_lines(FILLER, y=800), *set_lines([f"{what} of the tea" for what in LABELS], x=65, y=685, step=20)]
    found, blocks = read_pdf(make_pdf(page, tables={1: [(60.0, [100.0] * 4, [700.0 - 20 * row for row in range(8)])]}))
    assert not found.tables
    assert any("Name of the tea" in text for _, text in blocks)
