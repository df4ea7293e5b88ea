"""Small codebooks and units for the tests of the rule tagger."""

from __future__ import annotations

from pathlib import Path

from pipeline.codebook import Codebook, load_codebook
from pipeline.records import Unit

ROOT = Path(__file__).parents[2]
CODEBOOK = ROOT / "corpus" / "codebook.yaml"

_HEAD = """\
domains:
  goods: {name: {en: Goods, zh: 货物}, row: 1}
  other: {name: {en: Other, zh: 其他}, row: 2, substantive: false}
issues:
  goods.fruit:
    domain: goods
    name: {en: Fruit, zh: 水果}
    definition: Fruit.
    rules: [%s]
  goods.tea:
    domain: goods
    name: {en: Tea, zh: 茶}
    definition: Tea.
    rules: [%s]
  other.procedural:
    domain: other
    name: {en: Procedure, zh: 程序}
    definition: Procedure.
industries: {}
actions:
  none: {name: {en: None, zh: 无}, definition: Nothing.}
  acknowledge: {name: {en: View, zh: 表态}, definition: A view.}
  intend: {name: {en: Intend, zh: 意向}, definition: A wish.}
  commit: {name: {en: Commit, zh: 承诺}, definition: A promise.}
  deliver: {name: {en: Deliver, zh: 落实}, definition: A deed.}
frameworks: {}
settings:
  macros: {en: {citrus: [orange, lemon]}, zh: {}}
  ignore: {en: [apple computer], zh: [苹果电脑]}
  continuation: {en: [this work], zh: [该]}
"""


def make_codebook(folder: Path, fruit: str, tea: str = "", settings: str = "") -> Codebook:
    """A codebook with two codes of substance whose rules are given as flow YAML, further settings as lines."""
    path = folder / "codebook.yaml"
    path.write_text(_HEAD % (fruit, tea) + settings, encoding="utf-8")
    return load_codebook(path)


def make_unit(text: str, n: int = 0, **fields: object) -> Unit:
    """A unit of document "d", in Chinese where it holds a Han character."""
    language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"
    values: dict[str, object] = {"document_id": "d", "section": "", "paragraph": n, "language": language, **fields}
    return Unit(n=n, start=0, end=len(text), text=text, **values)  # type: ignore[arg-type]
