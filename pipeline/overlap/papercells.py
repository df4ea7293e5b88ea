"""What a paper has for each row of its tables, beside which ours are set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CodebookError

RELATIONS = ("both", "left only", "right only", "neither")


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One row of a paper's table. ``row``: a domain, item or industry id of the codebook.

    ``left``, ``right``: ids of groups or items that the paper sets there, for the frameworks named.
    ``until``: date of the last document the paper used, "" where it does not say.
    """

    table: str
    row: str
    frameworks: tuple[str, str]
    relation: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    text: str = ""
    text_zh: str = ""
    until: str = ""


def load_paper_cells(path: Path) -> tuple[PaperCell, ...]:
    """Read the ``tables`` of a file such as corpus/paper-tables.yaml; none gives (). Raises CodebookError with the place."""
    import yaml

    try:
        top = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise CodebookError(f"{path}: cannot be read ({error}); mend the file") from error
    cells = []
    for table in top.get("tables") or []:
        frameworks = tuple(str(name) for name in table.get("frameworks", ()))
        if len(frameworks) != 2:
            raise CodebookError(f"{path.name}: table {table.get('table')}: 'frameworks' must name two")
        cells += [_to_cell(path, table, row, frameworks) for row in table.get("rows") or []]
    return tuple(cells)


def _to_cell(path: Path, table: dict[str, object], row: dict[str, object], frameworks: tuple[str, ...]) -> PaperCell:
    relation = str(row.get("relation", ""))
    if relation not in RELATIONS:
        where = f"{path.name}: table {table.get('table')}, row {row.get('row')}"
        raise CodebookError(f"{where}: relation '{relation}' must be one of: {', '.join(RELATIONS)}")
    left, right = (tuple(str(entry) for entry in row.get(side) or ()) for side in ("left", "right"))  # type: ignore[attr-defined]
    return PaperCell(
        table=str(table["table"]),
        row=str(row["row"]),
        frameworks=(frameworks[0], frameworks[1]),
        relation=relation,
        left=left,
        right=right,
        text=str(row.get("text", "")),
        text_zh=str(row.get("text_zh", "")),
        until=str(table.get("until", "")),
    )
