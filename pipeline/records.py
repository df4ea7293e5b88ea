"""Frozen records that the rooms of parley exchange.

Every position is a half-open range of character offsets into ``Document.text``,
the extracted text; scores are probabilities in [0, 1] unless a record says otherwise.
This module imports the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Literal, TypeVar

Record = TypeVar("Record")

Dimension = Literal["issue", "industry", "action"]
Language = Literal["en", "zh", "und"]
Basis = Literal["official", "digest", "paper", "other"]
BlockKind = Literal["heading", "paragraph", "list_item", "table", "caption", "footnote", "quote"]
Status = Literal["new", "kept", "strengthened", "weakened", "dropped"]
Verdict = Literal["supported", "contradicted", "not covered"]

DIMENSIONS: tuple[Dimension, ...] = ("issue", "industry", "action")
ACTION_LEVELS: tuple[str, ...] = ("none", "acknowledge", "intend", "commit", "deliver")
"""Action levels from the weakest to the strongest; the position is the ordinal value 0..4."""


def pickle_by_fields(record: type[Record]) -> type[Record]:
    """Let a record of several fields travel between processes as its class and their values.

    Frozen dataclasses with slots are pickled and restored field by field in Python, which takes twice as long;
    a document has hundreds of units, tags and blocks.
    """
    values = attrgetter(*(part.name for part in fields(record)))  # type: ignore[arg-type]

    def __reduce__(self: Record) -> tuple[type[Record], tuple[object, ...]]:
        return record, values(self)

    record.__reduce__ = __reduce__  # type: ignore[method-assign, assignment]
    return record


# --- documents ---------------------------------------------------------------


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Block:
    """One structural piece of an extracted text; blocks are ordered and never overlap.

    ``level``: heading depth 1..6, or nesting depth of a list item from 1; else 0.
    ``page``: 1-based page of the block's first character, None where the form has no pages.
    ``ref``: the mark a footnote belongs to, else "".
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells, merged cells repeated; ``page`` as in Block."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    page: int | None = None


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor made of the bytes of one source.

    ``pages``: (first offset, page number) in ascending order; empty where there are no pages.
    ``hints``: declared facts in the source itself (front matter, <meta>, document
    properties), keys as in Metadata plus "source_url".
    ``warnings``: reason codes of errors.REASONS that do not stop the document ("partly_read", ...).
    """

    text: str
    blocks: tuple[Block, ...]
    media: str
    engine: str
    pages: tuple[tuple[int, int], ...] = ()
    tables: tuple[Table, ...] = ()
    hints: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Found:
    """A recognised piece of metadata: its value, where it was found, and how sure we are.

    ``where``: "flag", "front matter", "title", "text:START-END", "file name" or "catalogue".
    ``sure`` is False for a guess, which `parley status` shows as such.
    """

    value: str
    where: str
    sure: bool = True


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is. ``date`` is ISO 8601; ``round`` a round id of the codebook."""

    framework: Found
    round: Found
    kind: Found
    date: Found
    place: Found
    language: Found
    title: Found


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Document:
    """One extracted source. ``id`` is a slug, unique in the store.

    ``sha256``: of the original bytes. ``edition_of``: id of the document that stands for all
    editions of the same statement in scores; "" for that one itself.
    """

    id: str
    sha256: str
    basis: Basis
    source: str
    url: str
    metadata: Metadata
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[tuple[int, int], ...] = ()
    tables: tuple[Table, ...] = ()
    media: str = ""
    engine: str = ""
    warnings: tuple[str, ...] = ()
    edition_of: str = ""

    @property
    def framework(self) -> str:
        return self.metadata.framework.value

    @property
    def round(self) -> str:
        return self.metadata.round.value

    @property
    def kind(self) -> str:
        return self.metadata.kind.value

    @property
    def date(self) -> str:
        return self.metadata.date.value

    @property
    def language(self) -> str:
        return self.metadata.language.value

    @property
    def title(self) -> str:
        return self.metadata.title.value


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Unit:
    """The coded unit: one sentence, list item or table row.

    ``n`` counts from 0 within the document. ``section`` is the heading path, joined by " > ".
    ``paragraph`` numbers the block the unit stands in (the resampling unit of intervals).
    ``lead``: text of the sentence that introduces the list this item belongs to, else "".
    """

    document_id: str
    n: int
    start: int
    end: int
    text: str
    section: str
    paragraph: int
    language: str
    page: int | None = None
    kind: BlockKind = "paragraph"
    lead: str = ""


# --- tags --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired: what it matched, at which offsets of the unit's text, with what weight."""

    rule_id: str
    dimension: Dimension
    code_id: str
    start: int
    end: int
    text: str
    weight: float


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Tag:
    """One code given to a unit. ``by``: "rule:ID", "model:ID", "both" or "coder:NAME"."""

    dimension: Dimension
    code_id: str
    score: float
    by: str


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class UnitTags:
    """All tags of a unit: 1 to 3 issues (main one first), any industries, one action level."""

    issues: tuple[Tag, ...]
    industries: tuple[Tag, ...]
    action: Tag

    @property
    def main_issue(self) -> str:
        return self.issues[0].code_id

    def iter_tags(self) -> tuple[Tag, ...]:
        return (*self.issues, *self.industries, self.action)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the rules gave a unit its tags.

    ``context``: (where, rule id, code, phrase) of rules that fired on the heading or the lead-in.
    ``scores``: (issue, own, heading, lead-in, unit before, total), best first.
    ``reason``: the line that says what tipped the decision.
    """

    unit: Unit
    tags: UnitTags
    hits: tuple[Hit, ...]
    context: tuple[tuple[str, str, str, str], ...]
    scores: tuple[tuple[str, float, float, float, float, float], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """A unit with its tags and what its document says of itself: the row most analyses read."""

    unit: Unit
    tags: UnitTags
    framework: str
    round: str
    kind: str
    date: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A coder's stand-off codes for the text at [start, end) of a document of known hash.

    ``check``: first 16 hex digits of the SHA-256 of the whitespace-normalised unit text, by
    which the annotation is re-aligned when offsets shift. ``drawn``: why just this unit was coded: ""
    its whole document was, "random" it was drawn at random, "chosen" for what it would teach. Units that
    were chosen are learnt from but never judged on: they are harder than the rest.
    """

    document_id: str
    sha256: str
    start: int
    end: int
    check: str
    issues: tuple[str, ...]
    industries: tuple[str, ...]
    action: str
    coder: str
    date: str
    note: str = ""
    drawn: str = ""


# --- numbers -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its two-sided interval; ``level`` is the nominal coverage."""

    value: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pointer to a unit that stands behind a number or a verdict."""

    document_id: str
    n: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Presence:
    """How far one code (issue, domain or industry) is present in a selection of documents.

    ``count``: units that carry the code. ``units``: all units of the selection.
    ``share``: count / units with interval. ``documents``: documents with the code.
    ``present``: the verdict of the presence rule (see overlap.presence).
    """

    selection: str
    dimension: str
    code_id: str
    count: int
    units: int
    documents: int
    share: Interval
    present: bool
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """One overlap measure between two selections, over one dimension ("issue", "domain", "industry").

    ``null_mean`` and ``p_value`` refer to the permutation null named in ``null``.
    """

    left: str
    right: str
    measure: str
    dimension: str
    interval: Interval
    null: str = ""
    null_mean: float | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class CrosswalkCell:
    """A working group, pillar or item in a crosswalk row, with what the statements say of it.

    ``count``: units of the row that carry one of its issues, ``evidence`` points at them.
    ``named``: those of the row's units whose sentence, heading or lead-in names it.
    ``partial``: it belongs to another row and only touches this one.
    """

    id: str
    name_en: str
    name_zh: str
    count: int
    evidence: tuple[Evidence, ...] = ()
    named: tuple[Evidence, ...] = ()
    partial: bool = False

    @property
    def label(self) -> str:
        """For lists: the id with its units, "WG1 61", "WG10 4 (partly)"."""
        return f"{self.id} {self.count}{' (partly)' if self.partial else ''}"


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """A row of one of the paper's tables, regenerated. ``table``: "1".."4" or "figure 1".

    ``left_items`` and ``right_items`` name working groups, pillars or items; counts are units.
    ``left_cells`` and ``right_cells`` open each of them, and those in ``left_partial`` and
    ``right_partial``, to its units. ``paper``: what the paper has for the row; ``difference``: why
    ours differs, "" where it agrees.
    """

    table: str
    row: str
    left_items: tuple[str, ...]
    right_items: tuple[str, ...]
    left_count: int
    right_count: int
    relation: Literal["both", "left only", "right only", "neither"]
    paper: str
    difference: str
    left_evidence: tuple[Evidence, ...] = ()
    right_evidence: tuple[Evidence, ...] = ()
    paper_relation: str = ""
    agrees: bool | None = None
    left_partial: tuple[str, ...] = ()
    right_partial: tuple[str, ...] = ()
    paper_zh: str = ""
    difference_zh: str = ""
    name_en: str = ""
    name_zh: str = ""
    left_cells: tuple[CrosswalkCell, ...] = ()
    right_cells: tuple[CrosswalkCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentMatch:
    """Two sentences on one issue, one of each side, and how alike they are in content.

    ``raw`` and ``discounted``: cosines in [0, 1] without and with the discount for phrases that
    all government statements share. ``reused``: the longest shared run of words, "" under five.
    """

    issue: str
    left: Evidence
    right: Evidence
    left_text: str
    right_text: str
    raw: float
    discounted: float
    reused: str = ""


@dataclass(frozen=True, slots=True)
class IssueContent:
    """How alike two sides are in what they say on one issue: means over each sentence's best partner.

    ``elsewhere``: the same discounted mean against the other side's sentences on other issues, the
    level that a shared vocabulary alone reaches. ``reused_pairs``: pairs that share a run of words.
    """

    issue: str
    left_units: int
    right_units: int
    raw: float
    discounted: float
    elsewhere: float
    reused_pairs: int
    best: tuple[ContentMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Whether a code counts as present under one setting of the presence rule."""

    selection: str
    dimension: str
    code_id: str
    setting: str
    needed: int
    present: bool


@dataclass(frozen=True, slots=True)
class TimePoint:
    """The overlap of all documents dated up to and on ``date``."""

    date: str
    left_documents: int
    right_documents: int
    left_units: int
    right_units: int
    measures: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class OverlapResult:
    """All that compares two selections; each number with its interval and its evidence.

    ``background``: the same measures against the null of unrelated statements.
    ``settings``: (name, value) pairs that the numbers rest on. ``notes``: what limits them.
    """

    left: str
    right: str
    presence: tuple[Presence, ...]
    measures: tuple[Overlap, ...]
    crosswalk: tuple[CrosswalkRow, ...]
    content: tuple[IssueContent, ...]
    matches: tuple[ContentMatch, ...]
    over_time: tuple[TimePoint, ...]
    sensitivity: tuple[Sensitivity, ...] = ()
    background: tuple[Overlap, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An antecedent of a commitment, with what speaks for it: (reason, weight) pairs."""

    evidence: Evidence
    text: str
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """The fate of one commitment between two rounds.

    ``to`` is None for a dropped one; ``links`` holds its up to three antecedents, best first
    (for a dropped one: the dropped commitment itself).
    ``signals`` says what decided the status ("action intend>commit", "date added", ...).
    """

    framework: str
    round_from: str
    round_to: str
    status: Status
    issues: tuple[str, ...]
    links: tuple[Link, ...]
    to: Evidence | None
    to_text: str
    action_from: str
    action_to: str
    score: float
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """One appearance of an initiative: the round, the sentence, its action level."""

    round: str
    date: str
    evidence: Evidence
    text: str
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class Thread:
    """An initiative followed over the rounds; ``id`` is stable for the same steps."""

    id: str
    framework: str
    name: str
    issues: tuple[str, ...]
    industries: tuple[str, ...]
    steps: tuple[ThreadStep, ...]


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A unit that a coder pointed at; ``check`` as in GoldUnit."""

    start: int
    end: int
    check: str = ""


@dataclass(frozen=True, slots=True)
class GoldChange:
    """A coder's stand-off judgement of one commitment between two documents.

    ``to`` is the later unit, None for a dropped commitment; ``sources`` its antecedents in the
    earlier document, best first (for a dropped one: itself).
    """

    earlier_id: str
    earlier_sha256: str
    later_id: str
    later_sha256: str
    to: GoldSpan | None
    sources: tuple[GoldSpan, ...]
    status: Status
    coder: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordMark:
    """A run of words in one of two compared sentences: the same in both, or only here.

    ``start`` and ``end`` are offsets into the sentence they were made for.
    """

    kind: Literal["same", "changed"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DriftRow:
    """How the share of one code moves over the rounds of a framework.

    ``dimension``: "issue", "domain", "industry", "action" or "bindingness" (mean action level of
    the substantive units, 0..1). ``shares`` follow ``rounds``; ``counts`` and ``units`` stand behind them.
    ``slope``: change of the share per round. ``p_value``: trend test; ``p_bh`` and ``p_holm`` the same
    corrected for all rows of the dimension (Benjamini-Hochberg, Holm). None where fewer than two rounds.
    """

    framework: str
    dimension: str
    code_id: str
    rounds: tuple[str, ...]
    shares: tuple[Interval, ...]
    counts: tuple[int, ...]
    units: tuple[int, ...]
    slope: float
    p_value: float | None = None
    p_bh: float | None = None
    p_holm: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement of a paper, in our words. ``where``: section, page or table of the paper.

    ``type``: presence, absence, count, date, ordering, attribution, comparison.
    ``query``: the typed parameters that the method for that type reads.
    """

    id: str
    text: str
    text_zh: str
    where: str
    type: str
    query: dict[str, object]


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """A claim with its verdict, the reasoning in a line, the deciding sentences, and, where not
    covered, the catalogue documents that could decide it."""

    claim: Claim
    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...] = ()
    reason_zh: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One quality figure: ``metric`` on ``dimension``, for a slice ("all", a document, a code...)."""

    tagger: str
    dimension: str
    metric: str
    slice: str
    interval: Interval
    support: int


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """The share of a code as tagged, beside the same share corrected for the tagger's mistakes.

    ``gold_units``: of the ``units``, those with human codes, on which the correction rests.
    """

    selection: str
    dimension: str
    code_id: str
    naive: float
    corrected: Interval
    gold_units: int
    units: int


@dataclass(frozen=True, slots=True)
class ReliabilityPoint:
    """Held-out tags of one dimension whose score lies in [low, high): their mean score, the share that is right."""

    dimension: str
    low: float
    high: float
    confidence: float
    right: Interval
    count: int


@dataclass(frozen=True, slots=True)
class MissingRounds:
    """Rounds of a framework without an official text; ``digest``: a digest stands in for each of them."""

    framework: str
    rounds: tuple[str, ...]
    digest: bool
