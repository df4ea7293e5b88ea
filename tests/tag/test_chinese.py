"""The Chinese side of the codebook: traditional characters, words of Taiwan, terms inside longer words, asides, levels."""

from __future__ import annotations

from functools import cache

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.records import ACTION_LEVELS
from pipeline.tag.compile import compile_rules
from pipeline.tag.normalize import normalize_text
from pipeline.tag.rules import RuleTagger


@cache
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


def issues_of(text: str) -> list[str]:
    return [tag.code_id for tag in tagger().tag_units([make_unit(text)])[0].issues]


def level_of(text: str, **fields: object) -> str:
    return tagger().tag_units([make_unit(text, **fields)])[0].action.code_id


@pytest.mark.parametrize("variant", ["s2t", "s2tw", "s2hk"])
def test_every_term_is_found_in_traditional_characters(variant: str) -> None:
    """The traditional form of each term reads as the term itself, character for character."""
    import opencc

    convert = opencc.OpenCC(variant).convert
    terms = compile_rules(load_codebook(CODEBOOK), "zh").terms
    lost = [term for term in terms if normalize_text(convert(term), "zh").text != normalize_text(term, "zh").text]
    assert len(terms) > 3000
    assert not lost


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("雙方將訂定人工智慧標準。", "digital.standards"),
        ("晶片短缺時應及早預警。", "supply.disruption_response"),
        ("加強輸出管制的執行。", "security.export_controls"),
        ("雙方推動貿易便捷化與關務合作。", "trade.rules"),
        ("打擊貪腐並保護檢舉人。", "fair.anti_corruption"),
    ],
)
def test_words_of_taiwan_read_like_those_of_the_mainland(text: str, issue: str) -> None:
    """Regional words of the same length are read as the mainland's, with offsets that hold."""
    assert issues_of(text)[0] == issue
    for hit in tagger().find_hits([make_unit(text)])[0]:
        assert text[hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("印度尼西亚加入了论坛。", "印度"),
        ("这项标准间接影响价格。", "标准间"),
        ("反应堆的供应正常。", "应"),
    ],
)
def test_a_term_never_fires_inside_another_word(text: str, unwanted: str) -> None:
    """Word boundaries are those of jieba with the codebook's own dictionary."""
    assert unwanted not in {hit.text for hit in tagger().find_hits([make_unit(text)])[0]}


@pytest.mark.parametrize(
    ("text", "industry"), [("汽车业需要时间。", "automotive"), ("钢铁厂已停产。", "steel_aluminium")]
)
def test_a_term_fires_at_the_seam_of_a_compound(text: str, industry: str) -> None:
    """汽车 is found in 汽车业: jieba's compound is the term and a common ending."""
    assert [tag.code_id for tag in tagger().tag_units([make_unit(text)])[0].industries] == [industry]


def test_what_stands_in_a_purpose_counts_less() -> None:
    """The predicate is the subject of the sentence; its purpose gives no second issue."""
    assert issues_of("双方将建立短缺预警机制，以提高供应链韧性。") == ["supply.disruption_response"]
    assert set(issues_of("双方将提高供应链韧性，并建立短缺预警机制。")) == {
        "supply.resilience",
        "supply.disruption_response",
    }


def test_a_long_list_takes_the_areas_named_first() -> None:
    """Of many areas in a row the first three count, whatever their weight."""
    text = "双方的合作涵盖港口物流、粮食安全、网络安全、投资审查、反腐败和税收征管。"
    assert issues_of(text) == ["supply.logistics", "trade.rules", "digital.infrastructure"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("双方同意明年设立渔业小组。", "commit"),
        ("双方宣布启动渔业对话。", "deliver"),
        ("双方宣布将启动渔业对话。", "commit"),
        ("双方提出了三项联合建议。", "deliver"),
        ("双方正在起草渔业清单。", "commit"),
        ("双方继续支持渔民。", "commit"),
        ("渔业小组已提交首份报告。", "deliver"),
        ("部长们责成专家拟定清单。", "commit"),
        ("缔约方应公布其程序。", "commit"),
        ("各方应尽快公布清单。", "intend"),
        ("各方强调，应尽快公布清单。", "acknowledge"),
        ("规则应建立在科学之上。", "acknowledge"),
        ("双方希望将清单扩大到水产品。", "intend"),
        ("该协定旨在减少浪费。", "intend"),
        ("双方对捕捞过度表示关切。", "acknowledge"),
        ("双方就已签署的协定交换了意见。", "none"),
        ("双方尚未签署协定。", "none"),
        ("会议在港口城市举行。", "none"),
        ("这表明双方都希望签署协定。", "none"),
        ("甲国试图削弱对手的船队。", "none"),
        ("相比之下，后者的条款更为宽松。", "none"),
        ("我方将部分鱼类列为重点商品。", "commit"),
        ("如果谈判破裂，市场将出现动荡。", "none"),
        ("雙方計畫明年再次會面。", "intend"),
    ],
)
def test_the_level_follows_operator_aspect_and_subject(text: str, level: str) -> None:
    """Modality, aspect, kind of verb and who acts decide; reported and imputed matters stay low."""
    assert level_of(text) == level


def test_a_chinese_list_takes_the_level_of_its_lead() -> None:
    """Noun phrases below 双方将 are promised, below 双方已 delivered."""
    item = {"kind": "list_item"}
    assert level_of("渔业清单；", lead="双方将公布下列文件：", **item) == "commit"
    assert level_of("渔业清单；", lead="双方已发布下列文件：", **item) == "deliver"


def test_words_of_the_codebook_carry_the_levels(tmp_path: object) -> None:
    """A verb added under settings: clauses: zh is read like the others of its kind."""
    from pathlib import Path

    text = CODEBOOK.read_text("utf-8")
    changed = Path(str(tmp_path)) / "codebook.yaml"
    changed.write_text(text.replace("perform: [宣布,", "perform: [敲定, 宣布,"), encoding="utf-8")
    unit = make_unit("双方敲定捕捞清单。")
    before = level_of(unit.text)
    after = RuleTagger(load_codebook(changed)).tag_units([unit])[0].action.code_id
    assert ACTION_LEVELS.index(after) > ACTION_LEVELS.index(before)
    assert after == "deliver"
