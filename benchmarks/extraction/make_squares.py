"""Make pipeline/extract/data/squares.ttf: a square for every character, as large as a Han character is drawn.

Usage: python benchmarks/extraction/make_squares.py
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

PLACE = Path(__file__).resolve().parents[2] / "pipeline" / "extract" / "data" / "squares.ttf"
CORNERS = ((30, -80), (30, 840), (970, 840), (970, -80))
"""In thousandths of the size."""


def main() -> None:
    pen = TTGlyphPen(None)
    pen.moveTo(CORNERS[0])
    for corner in CORNERS[1:]:
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({0x4E00: "square"})
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics({".notdef": (1000, 30), "square": (1000, 30)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Parley Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    table = CmapSubtable.newSubtable(13)  # many characters, one glyph
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = 13, 0, 0, 1
    table.cmap = dict.fromkeys(range(0x20, 0x30000), "square")
    builder.font["cmap"].tables = [table]
    builder.save(str(PLACE))


if __name__ == "__main__":
    main()
