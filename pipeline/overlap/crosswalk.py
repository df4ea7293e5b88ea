"""The paper's tables regenerated: groups by domain, items within a domain, industries.

Nothing is set by hand for a row. A group of a framework stands in the domain that most of its
issues belong to; whether a side has a row follows from the presence rule; an item is matched when
the other side has one of its issues present.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.codebook import Codebook, FrameworkDef, GroupDef, ItemDef, Name
from pipeline.overlap.cells import make_cells, to_evidence
from pipeline.overlap.explain import SideFacts, describe_cell, explain_difference
from pipeline.overlap.papercells import PaperCell
from pipeline.overlap.settings import Selection
from pipeline.presence import PresenceRule, doubt_in_score
from pipeline.records import CodedUnit, CrosswalkRow, Presence

Relation = Literal["both", "left only", "right only", "neither"]
Entries = tuple[GroupDef | ItemDef, ...]


@dataclass(frozen=True)
class _Side:
    """One side with its framework (None where it is no single one) and the codes present on it."""

    name: str
    framework: FrameworkDef | None
    units: tuple[CodedUnit, ...]
    present: frozenset[str]
    rule: PresenceRule

    @property
    def groups(self) -> tuple[GroupDef, ...]:
        return self.framework.groups if self.framework else ()

    def facts(self, codes: Sequence[str], codes_of: Callable[[CodedUnit], set[str]], present: bool) -> SideFacts:
        """Counts and evidence of the units that carry any of the codes."""
        wanted = set(codes)
        hits = [unit for unit in self.units if wanted & codes_of(unit)]
        doubt = sum(
            doubt_in_score(tag.score) for unit in hits for tag in unit.tags.iter_tags() if tag.code_id in wanted
        )
        needed = self.rule.needed(len(self.units), tuple(codes), doubt)
        return SideFacts(self.name, present, tuple(hits), len(self.units), needed)


def build_crosswalk(
    left: Selection,
    right: Selection,
    codebook: Codebook,
    presence: Sequence[Presence],
    rule: PresenceRule,
    paper: Sequence[PaperCell] = (),
) -> tuple[CrosswalkRow, ...]:
    """Rows of table "1" (domains), of a table for each domain in which both sides have items
    (numbered from "2" by the domain's row), and of "figure 1" (industries)."""
    sides = (_make_side(left, codebook, presence, rule), _make_side(right, codebook, presence, rule))
    names = tuple(side.framework.id if side.framework else side.name for side in sides)
    cells = {(cell.table, cell.row): cell for cell in paper if cell.frameworks == names}
    cells |= {(cell.table, cell.row): _swap(cell) for cell in paper if cell.frameworks == names[::-1]}
    rows = [
        *_domain_rows(sides, codebook),
        *_item_rows(sides, codebook),
        *_industry_rows(sides, codebook),
    ]
    return tuple(_finish(row, cells) for row in rows)


@dataclass(frozen=True)
class _Draft:
    """A row before it meets the paper's. Each pair has the left side first."""

    table: str
    row: str
    name: Name
    facts: tuple[SideFacts, SideFacts]
    items: tuple[Entries, Entries] = ((), ())
    partial: tuple[Entries, Entries] = ((), ())


def home_domain(group: GroupDef, codebook: Codebook) -> str:
    """The domain that most of a group's issues belong to; of equals, the one its issues name first."""
    domains = [codebook.domain_of(issue) for issue in group.issues]
    return max(domains, key=lambda domain: (domains.count(domain), -domains.index(domain)), default="")


def _make_side(selection: Selection, codebook: Codebook, presence: Sequence[Presence], rule: PresenceRule) -> _Side:
    named = {unit.framework for unit in selection.units}
    known = {framework.id: framework for framework in codebook.frameworks}
    framework = known.get(next(iter(named))) if len(named) == 1 else None
    present = frozenset(f"{p.dimension}:{p.code_id}" for p in presence if p.selection == selection.name and p.present)
    units = sorted(selection.units, key=lambda u: (u.date, u.unit.document_id, u.unit.n))
    return _Side(selection.name, framework, tuple(units), present, rule)


def _domain_rows(sides: tuple[_Side, _Side], codebook: Codebook) -> list[_Draft]:
    drafts: list[_Draft] = []
    for domain in sorted((d for d in codebook.domains if d.substantive), key=lambda d: d.row):
        left, right = (_place_groups(side, domain.id, codebook) for side in sides)
        drafts.append(
            _Draft("1", domain.id, domain.name, (left[0], right[0]), (left[1], right[1]), (left[2], right[2]))
        )
    return drafts


def _place_groups(side: _Side, domain: str, codebook: Codebook) -> tuple[SideFacts, Entries, Entries]:
    """A side's facts on a domain, the groups at home in it, and those that touch it with a present issue."""
    issues = tuple(issue for issue in codebook.issues if codebook.domain_of(issue) == domain)
    present = f"domain:{domain}" in side.present
    touching = [group for group in side.groups if set(group.issues) & set(issues)]
    home = [group for group in touching if home_domain(group, codebook) == domain]
    part = [
        group
        for group in touching
        if group not in home and any(f"issue:{issue}" in side.present for issue in group.issues if issue in issues)
    ]
    return side.facts(issues, _issues_of, present), tuple(home) if present else (), tuple(part)


def _item_rows(sides: tuple[_Side, _Side], codebook: Codebook) -> list[_Draft]:
    """A row an item of either side; two parts of one framework have the same items, listed once."""
    drafts: list[_Draft] = []
    for domain in sorted((d for d in codebook.domains if d.substantive), key=lambda d: d.row):
        items = tuple(_items_in(side.groups, domain.id, codebook) for side in sides)
        if not items[0] or not items[1]:
            continue
        for own in (0, 1) if sides[0].framework != sides[1].framework else (0,):
            drafts += [_draft_item(str(domain.row + 1), item, own, sides, items) for item in items[own]]
    return drafts


def _draft_item(
    table: str, item: ItemDef, own: int, sides: tuple[_Side, _Side], items: tuple[tuple[ItemDef, ...], ...]
) -> _Draft:
    """A row for one item: itself on its own side, the items that share a present issue on the other."""
    other = sides[1 - own]
    shared = {issue for issue in item.issues if f"issue:{issue}" in other.present}
    partners = tuple(entry for entry in items[1 - own] if shared & set(entry.issues))
    left, right = (
        side.facts(item.issues, _issues_of, any(f"issue:{issue}" in side.present for issue in item.issues))
        for side in sides
    )
    columns = ((item,), partners) if own == 0 else (partners, (item,))
    return _Draft(table, item.id, item.name, (left, right), columns)


def _industry_rows(sides: tuple[_Side, _Side], codebook: Codebook) -> list[_Draft]:
    drafts: list[_Draft] = []
    for industry in codebook.industries:
        left, right = (s.facts((industry,), _industries_of, f"industry:{industry}" in s.present) for s in sides)
        drafts.append(_Draft("figure 1", industry, codebook.by_id[industry].name, (left, right)))
    return drafts


def _finish(draft: _Draft, paper: dict[tuple[str, str], PaperCell]) -> CrosswalkRow:
    cell = paper.get((draft.table, draft.row))
    left, right = draft.facts
    relation = _relate(left.present, right.present)
    items, partial = (
        tuple(tuple(entry.id for entry in side) for side in columns) for columns in (draft.items, draft.partial)
    )
    left_cells, right_cells = (
        make_cells((*draft.items[at], *draft.partial[at]), draft.facts[at].hits, partial[at]) for at in (0, 1)
    )
    texts = {
        language: (
            describe_cell(cell, left.name, right.name, language),
            explain_difference(cell, relation, draft.facts, (items[0], items[1]), (partial[0], partial[1]), language),
        )
        for language in ("en", "zh")
    }
    return CrosswalkRow(
        table=draft.table,
        row=draft.row,
        left_items=items[0],
        right_items=items[1],
        left_count=len(left.hits),
        right_count=len(right.hits),
        relation=relation,
        paper=texts["en"][0],
        difference=texts["en"][1],
        left_evidence=to_evidence(left.hits),
        right_evidence=to_evidence(right.hits),
        paper_relation=cell.relation if cell else "",
        agrees=cell.relation == relation if cell else None,
        left_partial=partial[0],
        right_partial=partial[1],
        paper_zh=texts["zh"][0],
        difference_zh=texts["zh"][1],
        name_en=draft.name.en,
        name_zh=draft.name.zh,
        left_cells=left_cells,
        right_cells=right_cells,
    )


def _items_in(groups: Sequence[GroupDef], domain: str, codebook: Codebook) -> tuple[ItemDef, ...]:
    """Items of any group whose issues all belong to the domain."""
    return tuple(
        item
        for group in groups
        for item in group.items
        if item.issues and all(codebook.domain_of(issue) == domain for issue in item.issues)
    )


def _relate(left: bool, right: bool) -> Relation:
    if left and right:
        return "both"
    if left:
        return "left only"
    return "right only" if right else "neither"


def _swap(cell: PaperCell) -> PaperCell:
    from dataclasses import replace

    relation = {"left only": "right only", "right only": "left only"}.get(cell.relation, cell.relation)
    frameworks = (cell.frameworks[1], cell.frameworks[0])
    return replace(cell, frameworks=frameworks, relation=relation, left=cell.right, right=cell.left)


def _issues_of(unit: CodedUnit) -> set[str]:
    return {tag.code_id for tag in unit.tags.issues}


def _industries_of(unit: CodedUnit) -> set[str]:
    return {tag.code_id for tag in unit.tags.industries}
