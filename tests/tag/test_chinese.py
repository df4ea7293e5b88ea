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


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("双方强调关键矿产在能源转型中的核心作用。", ["supply.critical_goods"]),
        ("该小组负责对新能源供应链至关重要的关键矿产。", ["supply.critical_goods"]),
        ("战争爆发后，双方加紧摆脱天然气依赖。", ["climate.energy_transition"]),
        ("入侵给双方的粮食供应带来冲击。", ["trade.rules"]),
        ("在冲突的背景下，双方将简化海关手续。", ["trade.rules"]),
        ("监管机构已批准电池项目。", ["climate.clean_technology"]),
        ("双方在科学合作的基础上简化海关手续。", ["trade.rules"]),
        ("包括发展中国家在内的各方同意降低关税。", ["trade.barriers"]),
        ("双方通过人工智能工作组，加强标准制定合作。", ["digital.standards"]),
        ("双方将完善以海关数据为基础的税收征管。", ["fair.tax"]),
        ("双方拟通过贸易协定打击童工。", ["supply.labor"]),
        ("双方对针对港口的勒索软件攻击表示担忧。", ["digital.infrastructure"]),
        ("双方将简化海关手续，这是加快能源转型的一步。", ["trade.rules"]),
    ],
)
def test_what_only_frames_a_matter_counts_less(text: str, issues: list[str]) -> None:
    """What a matter serves or plays a part in, a crisis behind it, and the body that acts give no issue."""
    assert issues_of(text) == issues


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


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("该论坛是推动两岸渔业合作并取得实效的一个重要平台。", "acknowledge"),
        ("我们的合作将有助于降低渔船的能耗。", "commit"),
        ("这项工作将帮助渔民增加收入。", "commit"),
        ("APEC继续推进渔港建设。", "commit"),
        ("双方正在启动新的渔业基金。", "deliver"),
        ("双方正在设立新的渔业基金。", "commit"),
        ("首批行动将包括修复三处渔港。", "commit"),
        ("各工作组就渔业进行协调，包括抵制非法捕捞。", "commit"),
        ("双方重申，双方同意每年举行一次会议。", "commit"),
        ("这体现了“蓝色渔场”计划的宗旨。", "none"),
        ("一份渔业路线图已于今日发布。", "deliver"),
        ("双方致力于维护共同的价值观。", "acknowledge"),
        ("双方致力于扩建渔港。", "commit"),
    ],
)
def test_who_acts_and_what_is_only_described(text: str, level: str) -> None:
    """Joint work, pointed-at work and initials act; what stands behind 是, 包括 or as a name does not."""
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("勒索软件和电信诈骗损失巨大。", []),
        ("双方将支持软件和电信业。", ["ict"]),
        ("汽车制造商正在增产电动汽车。", ["electric_vehicles"]),
        ("汽车制造商正在增产轮胎。", ["automotive"]),
        ("航空航天局局长出席会议。", []),
        ("大功率充电和固态电池进展迅速。", ["electric_vehicles"]),
    ],
)
def test_chinese_industries_are_those_named(text: str, industries: list[str]) -> None:
    """Crimes and posts name no industry; a car beside electric ones is one of them."""
    assert [tag.code_id for tag in tagger().tag_units([make_unit(text)])[0].industries] == industries


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("甲国《渔业法》按照船只大小进行管理。", "none"),
        ("我们在该地区的合作伙伴认为，渔港十分拥挤。", "acknowledge"),
        ("双方拟在下次会议之前，对渔港进行梳理。", "intend"),
        ("双方强调，渔业资源有限，应加以保护。", "acknowledge"),
        ("双方认识到，新的渔船将有助于节省燃料。", "acknowledge"),
        ("双方重申，双方致力于渔港的安全。", "acknowledge"),
        ("双方均提出尊重渔民的权利。", "acknowledge"),
        ("甲国的真实目的在于谋求独占渔场。", "none"),
        ("乙国建议船主排除高风险的设备。", "intend"),
        ("双方将渔获量控制在去年的水平。", "commit"),
        ("双方重申将渔获量控制在合理水平的必要。", "acknowledge"),
        ("预计渔获量明年达到新高。", "none"),
        ("双方预计年内完成渔业协定。", "intend"),
        ("双方讨论了共建渔港的可行性。", "intend"),
        ("渔业协定的谈判已经结束。", "deliver"),
        ("双方举行了海上救援演练。", "deliver"),
        ("双方举行了第三次会议。", "none"),
        ("该宣言是各方的政治承诺和安排。", "none"),
        ("双方回应了渔民的来信。", "deliver"),
        ("顺应潮流，渔港扩大了开放。", "none"),
        ("一旦达成协定，渔价走低。", "none"),
        ("《渔业法》要求船主登记渔船。", "none"),
        ("美国国内政治增加了渔民的负担。", "none"),
        ("该协定不涉及关税，也无需批准。", "none"),
        ("我国宜尽快修订渔业法。", "intend"),
        ("我们的目标是与邻国建立渔业对话。", "intend"),
        ("双方探讨合作修建渔港的方式。", "intend"),
        ("应以渔港为平台，开展交流。", "intend"),
        ("双方还在深化渔业合作。", "commit"),
        ("双方评估了渔民是否需要补贴。", "deliver"),
        ("发布渔港技术建议，并形成了共同愿景。", "deliver"),
        ("双方建议，各国限制捕捞。", "intend"),
        ("我们关切的是，渔民的收入大幅下降。", "acknowledge"),
        ("双方致力于《海洋公约》及其落实。", "acknowledge"),
        ("渔业小组的任务是编制清单。", "commit"),
        ("我们欢迎东道国总统在会上邀请各国渔民。", "acknowledge"),
        ("授予两国渔民的奖项将于春季公布。", "commit"),
        ("双方计划与渔业公司接触，改善渔民的条件。", "intend"),
        ("双方希望严惩偷渔，将违法者绳之以法。", "intend"),
        ("甲国还将使渔民得以讨论价格。", "none"),
        ("该对话还将帮助渔民讨论价格。", "commit"),
        ("美国逐渐扩大与盟友的渔业合作，而非进行磋商。", "commit"),
        ("双方在渔港建设方面取得了进展，渔民十分满意。", "deliver"),
        ("双方致力于共同维护渔民的福祉。", "acknowledge"),
        ("双方致力于在年内完成渔港工程。", "commit"),
        ("捕捞过度是渔业面临的严重威胁。", "acknowledge"),
        ("美方启动了渔港项目，惠及本地区人民。", "deliver"),
        ("扩大捕捞有利于两国人民。", "acknowledge"),
    ],
)
def test_told_owned_and_nominal_words_do_not_bind(text: str, level: str) -> None:
    """What is told behind a view, a law of a party, an aim against somebody, and verbs used as nouns."""
    assert level_of(text) == level


def test_a_chinese_item_with_a_subject_of_its_own_keeps_its_level() -> None:
    """A bare verb leans on the lead-in, a clause with subject or tense does not."""
    item = {"kind": "list_item", "lead": "双方已完成下列工作："}
    assert level_of("编制渔业安全指南。", **item) == "deliver"
    assert level_of("各方将编制渔业安全指南；", **item) == "commit"


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("双方将提高供应链抗风险能力，减少对单一来源的依赖。", ["supply.resilience"]),
        ("我们欢迎扩大无线网络覆盖和学校联网的项目。", ["digital.infrastructure"]),
        ("双方就可互操作的国际标准和互通性测试开展合作。", ["digital.standards"]),
        ("双方支持妇女企业家和农村社区获得经济机会。", ["trade.inclusion"]),
        ("两国将扩大学徒计划和职业技术教育。", ["supply.labor"]),
        ("双方将完善外资安全审查机制。", ["security.investment_screening"]),
        ("我们为海洋生态系统和湿地制定保护计划。", ["climate.land_water_ocean"]),
        ("我们将打造健全的创业生态系统。", ["digital.emerging_tech"]),
        ("各方在海滨举行的论坛上同意取消鱼类关税。", ["trade.barriers"]),
        ("数字经济部长感谢东道主的款待。", ["other.procedural"]),
        ("任何一方不得要求把计算设施设在境内。", ["digital.data_governance"]),
        ("纺织公司应推动采购来源多元化。", ["supply.resilience"]),
        ("双方将共同推动航运业脱碳。", ["climate.emissions"]),
        ("双方拟把低碳标准写入公共采购。", ["climate.green_trade"]),
        ("双方审查了海外投资中的技术泄露风险。", ["security.investment_screening"]),
        ("双方将铺设海缆，并完善数据跨境传输规则。", ["digital.infrastructure", "digital.data_governance"]),
        ("黑客松活动吸引了三百名学生。", ["other.procedural"]),
        ("供应链与单一渔场的问题仍待讨论。", ["supply.resilience"]),
        ("双方同意每年举行一次人工智能会议。", ["digital.emerging_tech"]),
        ("双方在海滨举行了会议。", ["other.procedural"]),
        ("甲国扩大出口管制的范围。", ["security.export_controls"]),
        ("双方讨论了数字经济征税规则。", ["fair.tax"]),
    ],
)
def test_renderings_of_translators_are_known(text: str, issues: list[str]) -> None:
    """General vocabulary in the wording of several offices; what only resembles a term stays silent."""
    assert issues_of(text) == issues


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


def test_a_general_issue_yields_to_the_special_one_beside_it() -> None:
    """The digital economy gives way to data rules named in it, a supply chain to the labour rights in it."""
    assert issues_of("双方将在数字经济中完善个人信息保护规则。") == ["digital.data_governance"]
    assert issues_of("我们将在可持续的供应链中根除强迫劳动。") == ["supply.labor"]
