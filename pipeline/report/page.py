"""The page: one HTML file with its data, script and style inside, locked by a content security policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.report.data import ReportData
from pipeline.report.drawing import Drawing
from pipeline.report.payload import build_payload, to_script_json
from pipeline.report.words import load_words

SCRIPTS = (
    "base.js", "select.js", "overview.js", "compare.js", "rounds.js", "register.js", "checks.js", "documents.js", "sentences.js",
    "main.js",
)  # fmt: skip
STYLES = ("page.css", "parts.css", "print.css")


def write_page(data: ReportData, path: Path, *, languages: tuple[str, ...], drawings: Sequence[Drawing] = ()) -> Path:
    """Write the page to ``path``; ``drawings`` are set into it as SVG."""
    path.write_text(render_page(data, languages=languages, drawings=drawings), encoding="utf-8", newline="\n")
    return path


def render_page(data: ReportData, *, languages: tuple[str, ...], drawings: Sequence[Drawing] = ()) -> str:
    """The page as HTML. Nothing of a source stands in it outside of the escaped JSON."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    payload: dict[str, Any] = {
        **build_payload(data),
        "languages": list(languages),
        "words": load_words(),
        "figures": [drawing.to_plain() for drawing in drawings],
    }
    script = "(() => {\n'use strict';\n" + _read_static(SCRIPTS) + "})();\n"
    style = _read_static(STYLES)
    environment = Environment(loader=PackageLoader("pipeline.report"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("report.html.j2").render(
        language=languages[0],
        words={key: value[languages[0]] for key, value in load_words().items()},
        script=script,
        script_hash=_hash(script),
        style=style,
        style_hash=_hash(style),
        data=to_script_json(payload),
    )


def _read_static(names: Sequence[str]) -> str:
    folder = files("pipeline.report").joinpath("static")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
