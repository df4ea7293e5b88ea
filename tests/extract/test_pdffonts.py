"""East Asian fonts that a PDF does not carry."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pdfkit import make_pdf, set_lines

_READ = """
import sys
from pathlib import Path
import pipeline.extract.pdf as pdf
from pipeline.extract import extract_bytes
if sys.argv[2] == "machine":
    pdf.give_squares = lambda: None
print(ascii(extract_bytes(Path(sys.argv[1]).read_bytes(), name="a.pdf")))
"""


def test_squares_read_as_the_fonts_of_the_machine(tmp_path: Path) -> None:
    """Text, blocks and tables are the same with squares as with whatever font is installed."""
    font = "STSong-Light"
    body = ["茶园的主人们每年春天都要在山脚下的旧房子里开会商量今年的价格", "和各家的份额，然后把结果写在本子上。"]
    lines = set_lines(["茶叶会议的原则和杯子"], font=font, y=760, size=15)
    lines += set_lines(body * 4, font=font, y=720, step=16)
    lines += set_lines(["I. Cups and pots"], font="Helvetica-Bold", y=560)
    lines += [(60.0 + 105 * x, 460.0 - 20 * y, font, 10.0, f"第{y}行{x}") for x in range(2) for y in range(3)]
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(lines, tables={1: [(55, [100, 100], [475, 455, 435, 415])]}))
    found = [
        subprocess.run([sys.executable, "-c", _READ, str(path), fonts], capture_output=True, text=True, check=True)
        for fonts in ("squares", "machine")
    ]
    assert found[0].stdout == found[1].stdout
    assert ascii("茶叶会议的原则和杯子")[1:-1] in found[0].stdout and "Table(rows" in found[0].stdout
