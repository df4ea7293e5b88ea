"""A small invented corpus and its made-up results, as steps would hand them to the report."""

from pipeline.codebook import Codebook
from pipeline.records import (
    Change,
    Claim,
    ClaimVerdict,
    CodedUnit,
    CrosswalkRow,
    Document,
    DriftRow,
    Evidence,
    Found,
    Interval,
    IssueContent,
    Link,
    Metadata,
    MissingRounds,
    Overlap,
    Presence,
    ReliabilityPoint,
    ScoreRow,
    ShareCheck,
    Tag,
    Thread,
    ThreadStep,
    TimePoint,
    Unit,
    UnitTags,
    WordMark,
)
from pipeline.report import ReportData

HOSTILE = (
    "</script><script>window.broken=1</script>{{7*7}} javascript:alert(1) \u202egnp.exe <img src=x onerror=alert(1)>"
)
SENTENCES = (
    ("ttc-1", "We will publish a shared list of quantum terms.", "digital.standards", "quantum", "commit"),
    (
        "ttc-1",
        "The parties intend to warn each other of chip shortages.",
        "supply.disruption_response",
        "semiconductors",
        "intend",
    ),
    (
        "ttc-2",
        "The parties will warn each other of chip shortages within a week.",
        "supply.disruption_response",
        "semiconductors",
        "commit",
    ),
    (
        "ttc-2",
        "=SUM(A1:A9) is how a clerk once began a sentence on export licences.",
        "security.export_controls",
        "",
        "none",
    ),
    ("ipef-1", "合作伙伴将就芯片短缺相互预警。", "supply.disruption_response", "semiconductors", "commit"),
    ("ipef-1", "The partners have set up a help desk against bribery.", "fair.anti_corruption", "", "deliver"),
)
DOCUMENTS = (
    ("ttc-1", "TTC", "1", "2021-09-29", "official", "en", "First statement"),
    ("ttc-2", "TTC", "2", "2022-05-16", "digest", "en", "Second statement, told briefly"),
    ("ipef-1", "IPEF", "launch", "2022-05-23", "official", "zh", HOSTILE),
)


def make_data(codebook: Codebook, *, repeat: int = 1) -> ReportData:
    """``repeat``: how many times each sentence stands in its document."""
    documents = tuple(make_document(*row) for row in DOCUMENTS)
    units = tuple(unit for document in documents for unit in make_units(document, repeat))
    presence = tuple(
        row for dimension in ("domain", "issue", "industry") for row in make_presence(codebook, units, dimension)
    )
    old, new = units[repeat], units[2 * repeat]
    change = Change(
        "TTC", "1", "2", "strengthened", ("supply.disruption_response",), (Link(point(old), old.unit.text, 0.8, (("terms", 0.6),)),),
        point(new), new.unit.text, "intend", "commit", 0.8, ("action intend>commit",),
    )  # fmt: skip
    fresh = Change(
        "TTC",
        "1",
        "2",
        "new",
        ("security.export_controls",),
        (),
        point(units[3 * repeat]),
        units[3 * repeat].unit.text,
        "",
        "none",
        0.1,
    )
    marks = ((WordMark("changed", 12, 18),), (WordMark("changed", 12, 16),))
    steps = tuple(
        ThreadStep(u.round, u.date, point(u), u.unit.text, u.tags.action.code_id, status)
        for u, status in ((old, "new"), (new, "strengthened"))
    )
    measure = Overlap("TTC", "IPEF", "jaccard", "domain", Interval(0.25, 0.1, 0.4), "permutation", 0.2, 0.03)
    claim = Claim("c1", "Both warn of chip shortages.", "双方都就芯片短缺预警。", "section 2", "presence", {})
    return ReportData(
        codebook=codebook,
        left="TTC",
        right="IPEF",
        documents=documents,
        units=units,
        presence=presence,
        overlaps=(measure,),
        crosswalk=(
            CrosswalkRow("1", "supply_chain", ("WG3",), ("P2.3",), 2, 1, "both", "named by both", "", (point(old),), (point(units[4 * repeat]),),
                         paper_relation="both", agrees=True, paper_zh="双方都有"),
        ),
        content=(IssueContent("supply.disruption_response", 2, 1, 0.5, 0.4, 0.1, 0),),
        over_time=(TimePoint("2022-05-23", 2, 1, 4, 2, (measure,)),),
        changes=(change, fresh),
        marks=(marks, ((), ())),
        threads=(Thread("t-chips", "TTC", "chip shortages", ("supply.disruption_response",), ("semiconductors",), steps),),
        drift=(
            DriftRow("TTC", "domain", "supply_chain", ("1", "2"), (Interval(0.5, 0.1, 0.9), Interval(0.5, 0.1, 0.9)), (1, 1), (2, 2), 0.0, 0.9, 0.9, 0.9),
        ),
        verdicts=(ClaimVerdict(
            claim, "supported", "One sentence on each side.", (point(old), point(units[4 * repeat])),
            reason_zh="双方各有一句。",
        ),),
        quality=(
            ScoreRow("combined", "issue", "micro_f1", "all", Interval(0.8, 0.75, 0.85), 100),
            ScoreRow("combined", "issue", "f1", "code:digital.standards", Interval(0.7, 0.5, 0.9), 10),
            ScoreRow("coders", "issue", "alpha_pooled", "all", Interval(0.9, 0.85, 0.95), 100),
        ),
        shares=(ShareCheck("TTC", "domain", "supply_chain", 0.5, Interval(0.45, 0.3, 0.6), 3, 4),),
        reliability=(
            ReliabilityPoint("issue", 0.4, 0.5, 0.45, Interval(0.4, 0.2, 0.6), 9),
            ReliabilityPoint("issue", 0.9, 1.0, 0.95, Interval(0.9, 0.7, 1.0), 20),
            ReliabilityPoint("action", 0.7, 0.8, 0.75, Interval(0.8, 0.6, 0.9), 12),
        ),
        model={"name": "test", "trained_units": 20},
        quarantine=(("scan.pdf", "no_text_layer", "scan.pdf: no text layer"),),
        missing=(MissingRounds("TTC", ("6",), False),),
        stamp="2024-05-01",
    )  # fmt: skip


def make_document(
    document_id: str, framework: str, round_id: str, date: str, basis: str, language: str, title: str
) -> Document:
    text = "\n".join(row[1] for row in SENTENCES if row[0] == document_id)
    values = (framework, round_id, "joint statement", date, "", language, title)
    url = "https://example.org/" + document_id if basis == "official" else "javascript:alert(1)"
    return Document(
        document_id, "ab" * 32, basis, document_id + ".md", url, Metadata(*(Found(value, "flag") for value in values)), text, (),
        media="text/markdown", engine="markdown",
    )  # type: ignore[arg-type]  # fmt: skip


def make_units(document: Document, repeat: int) -> list[CodedUnit]:
    units = []
    rows = [row for row in SENTENCES if row[0] == document.id for _ in range(repeat)]
    for n, (_, text, issue, industry, action) in enumerate(rows):
        start = document.text.index(text)
        language = "zh" if text[0] > "\u3000" else "en"
        unit = Unit(document.id, n, start, start + len(text), text, "Part <b>one</b>", n, language, page=1)
        industries = (Tag("industry", industry, 0.7, "rule:r1"),) if industry else ()
        tags = UnitTags((Tag("issue", issue, 0.9, "both"),), industries, Tag("action", action, 0.8, "model:m1"))
        units.append(
            CodedUnit(unit, tags, document.framework, document.round, document.kind, document.date, document.basis)
        )
    return units


def make_presence(codebook: Codebook, units: tuple[CodedUnit, ...], dimension: str) -> list[Presence]:
    codes = {"domain": [d.id for d in codebook.domains], "issue": codebook.issues, "industry": codebook.industries}[
        dimension
    ]
    rows = []
    for framework in ("TTC", "IPEF"):
        side = [unit for unit in units if unit.framework == framework]
        for code in codes:
            found = [u for u in side if code in carried(codebook, u, dimension)]
            share = len(found) / len(side)
            documents = len({u.unit.document_id for u in found})
            interval = Interval(share, share / 2, min(1.0, share * 1.5))
            rows.append(
                Presence(
                    framework,
                    dimension,
                    code,
                    len(found),
                    len(side),
                    documents,
                    interval,
                    bool(found),
                    tuple(map(point, found)),
                )
            )
    return rows


def carried(codebook: Codebook, unit: CodedUnit, dimension: str) -> set[str]:
    if dimension == "industry":
        return {tag.code_id for tag in unit.tags.industries}
    issues = {tag.code_id for tag in unit.tags.issues}
    return issues if dimension == "issue" else {codebook.domain_of(issue) for issue in issues}


def point(unit: CodedUnit) -> Evidence:
    return Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)
