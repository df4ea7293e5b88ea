"""Figures kept from the last report: one whose data did not change is not drawn again."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path

from pipeline.report.data import ReportData
from pipeline.report.drawing import Drawing, Drawn


def select_parts(data: ReportData, parts: Sequence[str]) -> ReportData:
    """The data with only ``parts`` of them: a figure made from these cannot rest on anything else."""
    chosen = {name: getattr(data, name) for name in parts}
    return ReportData(codebook=data.codebook, left=data.left, right=data.right, **chosen)


@dataclass(frozen=True)
class KeptFigures:
    """Figures in ``folder``, each known by its data, codebook, language, ``code`` (the version of ours) and matplotlib.

    A file that is damaged, or of other data, counts as none. A figure that was drawn without a Chinese font is
    not kept, for a font may have come since. With or without the folder the figures are the same.
    """

    folder: Path
    code: str

    def mark(self, data: ReportData) -> str:
        """What tells these data, with codebook, code and library, from others."""
        parts = {name: value for name in (f.name for f in fields(data)) if (value := getattr(data, name))}
        versions = (self.code, version("matplotlib"), parts.pop("codebook").sha256)
        return hashlib.sha256(repr((versions, parts)).encode("utf-8", "surrogatepass")).hexdigest()

    def read(self, mark: str, name: str, language: str) -> Drawn | None:
        """The figure as draw_figure gives it from data of that mark, None where it must be drawn."""
        try:
            seal, _, body = self._place(name, language).read_text("utf-8").partition("\n")
        except (OSError, ValueError):
            return None
        if seal != _seal(mark, body):
            return None
        svg, bitmap, plain = json.loads(body)
        plain |= {"header": tuple(plain["header"]), "rows": tuple(tuple(row) for row in plain["rows"])}
        return Drawn(svg.encode(), base64.b64decode(bitmap), Drawing(**plain))

    def write(self, mark: str, name: str, language: str, drawn: Drawn | None) -> None:
        """Keep a figure; what cannot be kept is drawn again next time."""
        place = self._place(name, language)
        with suppress(OSError, ValueError):
            if drawn is None or drawn.drawing.note:
                place.unlink(missing_ok=True)
                return
            bitmap = base64.b64encode(drawn.bitmap).decode()
            body = json.dumps([drawn.svg.decode(), bitmap, drawn.drawing.to_plain()])
            self.folder.mkdir(parents=True, exist_ok=True)
            place.write_text(f"{_seal(mark, body)}\n{body}", "utf-8", newline="\n")

    def _place(self, name: str, language: str) -> Path:
        return self.folder / f"{name}.{language}.json"


def _seal(mark: str, body: str) -> str:
    return hashlib.sha256(f"{mark}\n{body}".encode()).hexdigest()
