"""The numbers by which hits become tags; the codebook may set them under settings: tagging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from pipeline.codebook import Codebook
from pipeline.errors import CodebookError, hint_nearest

Yields = Mapping[str, frozenset[str]]
"""Issue -> the special issues beside which it counts half."""


@dataclass(frozen=True, slots=True)
class TagSettings:
    """Weights of the evidence around a unit, relative to a hit in the unit itself (1.0).

    ``floor``: a score below it is no evidence. ``ratio``: share of the best score from which a
    further issue is given too; beyond ``plenty`` a best score raises that bar no more.
    ``second``: what a further issue needs of its own words where the first has as much. ``repeat``:
    factor for each further hit of the same code.
    ``areas``: so many issues with ``named`` of their own words make a list, of which the first named count.
    """

    heading: float = 0.5
    heading_alone: float = 1.0
    lead: float = 0.4
    carry_cue: float = 1.4
    carry_paragraph: float = 0.7
    carry_section: float = 0.35
    procedural: float = 0.5
    floor: float = 0.45
    ratio: float = 0.5
    repeat: float = 0.4
    order: float = 0.6
    second: float = 0.8
    plenty: float = 3.0
    named: float = 1.3
    areas: int = 4
    most: int = 3

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> TagSettings:
        """Settings from the codebook; CodebookError, with the line, for a name that does not exist or no number."""
        known = {entry.name for entry in fields(cls)}
        numbers: dict[str, float] = {}
        for name, value in values.items():
            where = f"codebook.yaml:{getattr(values, 'lines', {}).get(name, 1)}: settings: tagging:"
            if name not in known:
                hint = hint_nearest(name, sorted(known), f"use: {', '.join(sorted(known))}", cutoff=0.4)
                raise CodebookError(f"{where} unknown '{name}'; {hint}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise CodebookError(f"{where} {name} '{value}' must be a number")
            numbers[name] = float(value)
        whole: dict[str, int] = {name: int(numbers[name]) for name in ("most", "areas") if name in numbers}
        return cls(**(numbers | whole))  # type: ignore[arg-type]


def read_yields(codebook: Codebook) -> Yields:
    """``settings: yields`` of a codebook; CodebookError, with the line, for a code that is no issue."""
    found = codebook.settings.get("yields") or {}
    known = {code.id for code in codebook.codes if code.dimension == "issue"}
    for code_id, special in found.items():
        where = f"codebook.yaml:{getattr(found, 'lines', {}).get(code_id, 1)}: settings: yields:"
        if not isinstance(special, list):
            raise CodebookError(f"{where} {code_id} must have a list, as in {code_id}: [climate.green_trade]")
        for name in (code_id, *special):
            if name not in known:
                raise CodebookError(
                    f"{where} '{name}' is no issue; {hint_nearest(str(name), sorted(known), 'name one')}"
                )
    return {code_id: frozenset(special) for code_id, special in found.items()}
