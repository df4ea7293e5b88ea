"""The next paper: claims about two other frameworks, one with statements in Chinese, on invented texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.claims import check_claims, load_claims
from pipeline.codebook import Codebook, load_codebook
from pipeline.extract.text import extract_text
from pipeline.records import ClaimVerdict, CodedUnit
from pipeline.segment.units import segment_blocks
from pipeline.tag import load_tagger

ROOT = Path(__file__).parents[2]
QUAD = {
    "quad-1": (
        "virtual 2021",
        "2021-03-12",
        "We, the leaders of Australia, India, Japan and the United States, met for the first time today.\n\n"
        "The Critical and Emerging Technology Working Group will draw up standards for artificial intelligence.\n\n"
        "We will map the supply chains of critical minerals such as cobalt and nickel.\n\n"
        "Three working groups begin their work.\n\n"
        "We will deploy clean hydrogen in our ports.\n\n",
    ),
    "quad-2": (
        "Tokyo 2022",
        "2022-05-24",
        "Our leaders met in Tokyo on 24 May 2022.\n\n"
        "We agreed on common standards for artificial intelligence and for 5G equipment.\n\n"
        "Experts will align technical standards for quantum devices.\n\n"
        "The port partnership was announced in 2021.\n\n"
        "We will diversify the supply of critical minerals and rare earths.\n\n"
        "We launched a register of cyber incidents to protect our 5G networks.\n\n",
    ),
}
DIALOGUE = {
    "zh-1": (
        "Round A",
        "2021-06-01",
        "日本和韩国于2021年6月1日在首尔举行首轮对话。\n\n双方将就人工智能标准加强协调。\n\n第二工作组负责供应链预警机制。\n\n"
        "双方将建立半导体供应链预警机制，共享短缺信息。\n\n双方强调打击贿赂和洗钱。\n\n双方将加强反腐败执法。\n\n",
    ),
    "zh-2": (
        "Round B",
        "2023-02-10",
        "双方举行第二轮对话，今天发表联合声明。\n\n双方设有四个工作组。\n\n双方已启动半导体供应链预警机制。\n\n"
        "双方将交换税收信息，打击逃税。\n\n双方将追缴腐败资产。\n\n",
    ),
}
FRAMEWORK = """
  Dialogue:
    name: {en: Seoul Dialogue, zh: 首尔对话}
    aliases: [Seoul Dialogue, 首尔对话]
    parties: [Japan, Korea]
    rounds:
      - {id: Round A, name: {en: Round A, zh: 第一轮}, date: "2021-06-01", place: Seoul}
      - {id: Round B, name: {en: Round B, zh: 第二轮}, date: "2023-02-10", place: Tokyo}
    groups:
      - {id: D1, name: {en: Technology, zh: 技术}, aliases: [第一工作组], issues: [digital.standards]}
      - {id: D2, name: {en: Supply chains, zh: 供应链}, aliases: [第二工作组], issues: [supply.disruption_response]}
"""
CLAIMS = """
- [minerals, presence, supported, "{in: {framework: Quad}, terms: [[critical minerals, 关键矿产]]}"]
- [standards, presence, supported, "{in: {framework: Quad}, issues: [digital.standards]}"]
- [taxes, presence, contradicted, "{in: {framework: Quad}, terms: [[tax*, 税收]]}"]
- [bribes, absence, contradicted, "{in: {framework: Dialogue}, domains: [fair_economy]}"]
- [no bribes, absence, supported, "{in: {framework: Quad}, domains: [fair_economy]}"]
- [groups, count, supported, "{in: {framework: Dialogue}, of: stated, noun: [工作组], number: 4}"]
- [three groups, count, supported, "{in: {framework: Quad}, of: stated, noun: [working group*], number: 3}"]
- [five groups, count, contradicted, "{in: {framework: Dialogue}, of: stated, noun: [工作组], number: 5}"]
- [members, count, supported, "{in: {framework: Quad}, of: named, number: 4}"]
- [rounds, count, supported, "{in: {framework: Dialogue}, of: rounds, terms: [[对话]], number: 2}"]
- [first met, date, supported, "{in: {framework: Quad}, terms: [[met], [first time]], from: 2021-03}"]
- [met late, date, contradicted, "{in: {framework: Dialogue}, terms: [[首轮]], from: '2022'}"]
- [declared, date, supported, "{in: {framework: Dialogue}, terms: [[联合声明]], from: 2023-02-10}"]
- [vague, date, not covered, "{in: {framework: Quad}, terms: [[port partnership]], from: 2021-03}"]
- [order, ordering, supported, "{first: {in: {framework: Quad}, terms: [[standards]]}, second: {in: {framework: Dialogue}, terms: [[标准]]}}"]
- [warning group, attribution, supported, "{in: {framework: Dialogue}, terms: [[预警]], group: D2}"]
- [standards group, attribution, supported, "{in: {framework: Quad}, terms: [[artificial intelligence]], group: QT}"]
- [warning round, attribution, contradicted, "{in: {framework: Dialogue}, terms: [[预警]], round: Round B}"]
- [both standards, comparison, supported, "{left: {framework: Quad}, right: {framework: Dialogue}, terms: [[standard*, 标准]], by: presence, relation: both}"]
- [only the dialogue, comparison, supported, "{left: {framework: Quad}, right: {framework: Dialogue}, domains: [fair_economy], by: presence, relation: right only}"]
- [more on bribes, comparison, not covered, "{left: {framework: Dialogue}, right: {framework: Quad}, domains: [fair_economy], by: share, relation: more}"]
- [thanks alike, comparison, supported, "{left: {framework: Dialogue}, right: {framework: Quad}, terms: [[hosts, 东道主]], by: share, relation: similar}"]
- [covers, comparison, contradicted, "{left: {framework: Quad}, right: {framework: Dialogue}, domains: [fair_economy], by: breadth, relation: covers}"]
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    """The real codebook with the Quad of the tutorial and an invented dialogue."""
    text = (ROOT / "corpus" / "codebook.yaml").read_text("utf-8")
    quad = (ROOT / "corpus" / "examples" / "quad.yaml").read_text("utf-8").split("\n", 1)[1]
    path = tmp_path_factory.mktemp("book") / "codebook.yaml"
    path.write_text(text.replace("\nframeworks:\n", f"\nframeworks:\n{quad}{FRAMEWORK}", 1), "utf-8")
    return load_codebook(path)


@pytest.fixture(scope="module")
def verdicts(book: Codebook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ClaimVerdict]:
    units = [u for name, texts in (("Quad", QUAD), ("Dialogue", DIALOGUE)) for u in code_texts(book, name, texts)]
    path = tmp_path_factory.mktemp("claims") / "claims.yaml"
    entries = [
        f"  - {{id: {name}, type: {kind}, text: A claim., text_zh: 论断。, where: page 1, query: {query}}}"
        for name, kind, _, query in list_claims()
    ]
    path.write_text("claims:\n" + "\n".join(entries), "utf-8")
    return {v.claim.id: v for v in check_claims(load_claims(path), units, (), book)}


def list_claims() -> list[list[str]]:
    import yaml

    return yaml.safe_load(CLAIMS)


def code_texts(book: Codebook, framework: str, texts: dict[str, tuple[str, str, str]]) -> list[CodedUnit]:
    """Invented statements through the real segmentation and the rules, filled up with idle sentences."""
    tagger, coded = load_tagger(book), []
    for name, (round_id, date, text) in texts.items():
        idle = "双方感谢东道主的热情接待。\n\n" if framework == "Dialogue" else "The guests thanked their hosts.\n\n"
        extraction = extract_text(text + idle * 150)
        units = segment_blocks(name, extraction.text, extraction.blocks)
        tags = tagger.tag_units(units)
        coded += [
            CodedUnit(unit, tag, framework, round_id, "joint statement", date, "official")
            for unit, tag in zip(units, tags, strict=True)
        ]
    return coded


@pytest.mark.parametrize(("name", "expected"), [(name, verdict) for name, _, verdict, _ in list_claims()])
def test_claim_of_another_paper(verdicts: dict[str, ClaimVerdict], name: str, expected: str) -> None:
    """Every type, supported, contradicted and open, in both languages."""
    assert (verdicts[name].verdict, verdicts[name].reason) == (expected, verdicts[name].reason)


def test_reasons_are_told_in_both_languages(verdicts: dict[str, ClaimVerdict]) -> None:
    """No reason is empty, and the Chinese one is Chinese."""
    for verdict in verdicts.values():
        assert verdict.reason
        assert any("\u4e00" <= character <= "\u9fff" for character in verdict.reason_zh)
