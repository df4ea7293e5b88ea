"""The codebook of the project on invented sentences: codes, levels, both languages, same answer always."""

from __future__ import annotations

import random

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.records import ACTION_LEVELS
from pipeline.tag.rules import RuleTagger


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Reciprocal trade rests on tariff-rate quotas and a lower de minimis value.", "trade.barriers"),
        ("The AI diffusion rule asks for a validated end user.", "security.export_controls"),
        ("A Section 301 inquiry looks into structural overcapacity.", "trade.global_challenges"),
        ("PFAS in rivers and IUU fishing at sea concern both sides.", "climate.land_water_ocean"),
        ("SMRs and electrolysers will be tried in remote towns.", "climate.clean_technology"),
        ("CBAM certificates shall count what exporters already paid.", "climate.green_trade"),
        ("AI safety institutes will compare their red teaming.", "digital.emerging_tech"),
        ("Crews of seafarers may change in every harbour of the middle corridor.", "supply.logistics"),
        ("Waivers under TRIPS and copyright piracy were on the table.", "trade.rules"),
        ("Stablecoins and instant payment links bring traders together.", "digital.trade"),
        ("Goods caught by UFLPA show the cost of bonded labour.", "supply.labor"),
        ("Outbound capital restrictions need a shared list.", "security.investment_screening"),
        ("GloBE rules end the race for low rates.", "fair.tax"),
        ("Gas pipelines and fuel reserves need repair.", "climate.energy_transition"),
        ("Snow leopards and other endangered species are counted.", "climate.land_water_ocean"),
        ("Correspondent banking stays open on the islands.", "trade.inclusion"),
        ("Controls on lithography tools are aligned.", "security.export_controls"),
        ("A register of beneficial owners tells who owns firms.", "fair.anti_corruption"),
        ("The price cap on crude oil is enforced.", "other.geopolitics"),
        ("Exchange rates and currency swaps are reviewed.", "other.geopolitics"),
        ("A hospital project on an LDC island gets money from a multilateral development bank.", "trade.inclusion"),
    ],
)
def test_words_of_later_years(tagger: RuleTagger, text: str, issue: str) -> None:
    """Terms of trade policy that the coded statements do not hold are known all the same."""
    (tags,) = tagger.tag_units([make_unit(text)])
    assert tags.issues[0].code_id == issue


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("The desk offers online tools to SMEs.", {"digital.sme"}),
        (
            "Officials of the Ministry of Energy, Trade, and Industry took part with the Department of Science and ICT.",
            {"other.procedural"},
        ),
        ("These are challenges of our time that ask for closer cooperation between us.", {"other.procedural"}),
        ("The envoys look forward to the next quantum meeting in Oslo in spring.", {"other.procedural"}),
        (
            "Members will cut emissions through trade policy and speak at the WTO on clean energy goods.",
            {"climate.green_trade"},
        ),
        ("Industry must become resilient to supply chain shocks.", {"supply.resilience"}),
        ("Together we meet the needs of island partners.", {"trade.inclusion"}),
        ("The two sides mapped capacities for helium along the value chain.", {"supply.transparency"}),
        ("We stand for a free, open and peaceful region.", {"other.geopolitics"}),
        ("Inclusive growth and prosperity are what the forum stands for.", {"other.procedural"}),
        ("Fewer barriers to research on quantum clocks are the aim.", {"digital.emerging_tech"}),
        ("Plants for hydrogen will create jobs.", {"climate.clean_technology"}),
        ("Trade rules shall hold strong labour and environment standards.", {"trade.rules", "supply.labor"}),
        ("State and territorial courts agreed.", {"other.procedural"}),
        ("Independent media resist democratic backsliding.", {"other.geopolitics"}),
        ("The envoys chaired the first round on quantum clocks.", {"other.procedural"}),
    ],
)
def test_units_of_statements_at_large(tagger: RuleTagger, text: str, issues: set[str]) -> None:
    """Names of bodies, closing words, general beside special codes: what the unit is about counts."""
    (tags,) = tagger.tag_units([make_unit(text)])
    assert {tag.code_id for tag in tags.issues} == issues


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Both sides will propose a common standard for quantum sensors to the IEC.", "digital.standards"),
        ("Our laboratories will test large language models for hidden risks.", "digital.emerging_tech"),
        ("A new submarine cable shall link the islands with trusted vendors.", "digital.infrastructure"),
        ("Privacy rules and the free flow of data belong together.", "digital.data_governance"),
        ("A handbook helps small businesses to adopt digital tools.", "digital.sme"),
        ("Customs officers will accept electronic signatures in paperless trade.", "digital.trade"),
        ("Mines for lithium and graphite in third countries get joint support.", "supply.critical_goods"),
        ("An early warning desk reports shortages within a day.", "supply.disruption_response"),
        ("We will diversify our supply chains and lower one-sided dependence.", "supply.resilience"),
        ("Goods made by forced labour shall find no buyer.", "supply.labor"),
        ("Freight moves faster when ports share their schedules.", "supply.logistics"),
        ("Mapping supply chains and tracing each input comes first.", "supply.transparency"),
        ("Pilot plants for hydrogen and carbon capture will open.", "climate.clean_technology"),
        ("Green public procurement favours goods with low embedded emissions.", "climate.green_trade"),
        ("Renewable energy replaces coal, and the transition shall be just.", "climate.energy_transition"),
        ("Net zero by mid-century calls for steep cuts in greenhouse gas emissions.", "climate.emissions"),
        ("Mangrove forests and coral reefs need protection.", "climate.land_water_ocean"),
        ("Tax credits and climate finance crowd in private money.", "climate.incentives"),
        ("Registers of beneficial ownership make bribery harder.", "fair.anti_corruption"),
        ("The exchange of tax information closes loopholes.", "fair.tax"),
        ("Spyware and internet shutdowns silence critics.", "security.technology_misuse"),
        ("Licensing of dual-use items will be aligned.", "security.export_controls"),
        ("Screening of foreign investment guards sensitive firms.", "security.investment_screening"),
        ("Non-market practices create overcapacity in shipyards.", "trade.global_challenges"),
        ("Lower tariffs and mutual recognition open each other's markets.", "trade.barriers"),
        ("Customs procedures and sanitary and phytosanitary rules will be simplified.", "trade.rules"),
        ("Capacity building for women and Indigenous peoples is planned.", "trade.inclusion"),
        ("We condemn the invasion and the missile attacks.", "other.geopolitics"),
        ("The delegations thanked their hosts and will meet again next year.", "other.procedural"),
        ("Standards and regulations for digital products should be compatible.", "digital.standards"),
        ("Biomedical researchers of both academies start joint innovation in gene therapy.", "digital.emerging_tech"),
        ("Next generation networks shall reach every village school.", "digital.infrastructure"),
        ("Judges may ask for electronic evidence across the border.", "digital.data_governance"),
        ("Instant payment systems of both banks are linked, and trade in digital goods grows.", "digital.trade"),
        ("The smelter for copper and antimony gets raw materials from the mining region.", "supply.critical_goods"),
        ("Ministers plan how to respond to disruptions and shocks of the near term.", "supply.disruption_response"),
        ("Reliable sources and alternative suppliers make factories less vulnerable.", "supply.resilience"),
        ("Apprentices and vocational training raise skills in shipyards.", "supply.labor"),
        ("Border infrastructure gets wider lanes for lorries.", "supply.logistics"),
        ("Advanced nuclear reactors and long-duration storage will be shown together.", "climate.clean_technology"),
        ("Buyers ask for near-zero steel and green procurement.", "climate.green_trade"),
        ("Power trade and cross-border power lines grow.", "climate.energy_transition"),
        ("Hydrofluorocarbons will be phased down to keep warming below 1.5 degrees.", "climate.emissions"),
        ("Habitats in coastal waters and protected areas recover.", "climate.land_water_ocean"),
        ("Transition finance and a green climate fund share the risk.", "climate.incentives"),
        ("Good governance and public integrity are taught to officials.", "fair.anti_corruption"),
        ("Both tax authorities mobilize domestic resources.", "fair.tax"),
        ("Civil-military fusion and technology acquisition are watched together.", "security.export_controls"),
        ("Special and differential treatment stays in the multilateral system.", "trade.global_challenges"),
        ("Accession to the CPTPP deepens economic integration.", "trade.barriers"),
        ("Counterfeit goods harm inventors and intellectual property.", "trade.rules"),
        ("Rural communities escape poverty with new livelihoods.", "trade.inclusion"),
        ("Fellowships, visas and student exchanges bring people together.", "other.geopolitics"),
        ("The statement creates no rights or obligations; read more below.", "other.procedural"),
        ("双方将制定人工智能国际标准。", "digital.standards"),
        ("各方承诺防范量子计算带来的风险。", "digital.emerging_tech"),
        ("新建海底电缆须由可信供应商提供。", "digital.infrastructure"),
        ("跨境数据流动与隐私保护应当兼顾。", "digital.data_governance"),
        ("帮助中小企业使用数字工具。", "digital.sme"),
        ("无纸化贸易和电子签名将得到推广。", "digital.trade"),
        ("稀土和锂的供应由少数国家掌握。", "supply.critical_goods"),
        ("芯片短缺时启用早期预警机制。", "supply.disruption_response"),
        ("供应链多元化是当务之急。", "supply.resilience"),
        ("禁止进口使用强迫劳动的产品。", "supply.labor"),
        ("港口拥堵影响物流。", "supply.logistics"),
        ("产品溯源有助于提高供应链透明度。", "supply.transparency"),
        ("氢能和碳捕获项目将陆续投产。", "climate.clean_technology"),
        ("碳边境调节机制影响钢铝出口。", "climate.green_trade"),
        ("能源转型需要更多可再生能源。", "climate.energy_transition"),
        ("温室气体减排目标有待细化。", "climate.emissions"),
        ("保护森林和海洋生物多样性。", "climate.land_water_ocean"),
        ("气候融资和绿色债券吸引私人资金。", "climate.incentives"),
        ("打击贿赂和洗钱，公开受益所有权。", "fair.anti_corruption"),
        ("交换税收情报，防止逃税。", "fair.tax"),
        ("虚假信息和大规模监控威胁社会。", "security.technology_misuse"),
        ("出口管制清单新增两用物项。", "security.export_controls"),
        ("外资安全审查更加严格。", "security.investment_screening"),
        ("非市场政策造成产能过剩。", "trade.global_challenges"),
        ("削减关税，扩大市场准入。", "trade.barriers"),
        ("简化海关程序，保护知识产权。", "trade.rules"),
        ("为妇女和原住民提供技术援助。", "trade.inclusion"),
        ("领导人谴责入侵行为并要求停火。", "other.geopolitics"),
    ],
)
def test_each_issue_is_found_in_both_languages(tagger: RuleTagger, text: str, issue: str) -> None:
    """An invented sentence on a matter gets the code of that matter first."""
    assert tagger.tag_units([make_unit(text)])[0].main_issue == issue


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The ministers met in the old town hall.", "none"),
        ("We welcome the progress of our experts.", "acknowledge"),
        ("We reaffirm our commitment to open trade.", "acknowledge"),
        ("The parties intend to open a joint office.", "intend"),
        ("They look forward to a first draft in spring.", "intend"),
        ("The parties will open a joint office.", "commit"),
        ("We are working on a list of barriers.", "commit"),
        ("The two sides agreed to hold talks on cotton.", "commit"),
        ("We have published the list.", "deliver"),
        ("Today we launch a network of ports.", "deliver"),
        ("The United States and Japan signed an arrangement on cotton.", "deliver"),
        ("We intend to build on the network that our experts have launched.", "intend"),
        ("Will the talks go on?", "none"),
        ("A list developed by industry is in use.", "none"),
        ("双方重申开放贸易的重要性。", "acknowledge"),
        ("双方计划设立联合办公室。", "intend"),
        ("双方设立联合办公室。", "deliver"),
        ("双方希望尽早谈成。", "intend"),
        ("双方将于明年交换清单。", "commit"),
        ("双方已经签署备忘录。", "deliver"),
    ],
)
def test_the_level_follows_the_verb(tagger: RuleTagger, text: str, level: str) -> None:
    """Modality, tense, verb class and voice decide; the highest level named counts."""
    assert tagger.tag_units([make_unit(text)])[0].action.code_id == level


def test_list_items_take_the_level_of_their_lead(tagger: RuleTagger) -> None:
    """A fragment under "announced the following" is delivered; under "will" it is promised."""
    item = {"kind": "list_item", "section": ""}
    done = make_unit("a register of ports;", lead="Ministers announced the following outcomes:", **item)
    promised = make_unit("opening a register of ports;", lead="The parties will work on:", **item)
    assert [tags.action.code_id for tags in tagger.tag_units([done, promised])] == ["deliver", "commit"]


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("Chips and rare earths are scarce.", {"semiconductors", "critical_minerals"}),
        ("Electric vehicles need charging stations.", {"electric_vehicles"}),
        ("Vehicles and steel are traded freely.", {"automotive", "steel_aluminium"}),
        ("Nothing is named here.", set()),
        ("Rural connectivity needs broadband.", {"ict"}),
        ("People-to-people connectivity matters.", set()),
        ("Engineers look into space debris and fusion energy.", {"space", "clean_energy"}),
        ("Auto workers and shipyards wait for parts.", {"automotive", "transport"}),
        ("Growers sell pork, and clinics buy antibiotics.", {"agriculture", "medical"}),
        ("Raw materials, components and end products differ.", set()),
        ("Lithium-ion batteries for trucks contain graphite.", {"electric_vehicles", "critical_minerals"}),
        ("新能源汽车和太阳能发展很快。", {"electric_vehicles", "clean_energy"}),
        ("疫苗和药品供应充足。", {"medical"}),
    ],
)
def test_industries_are_those_named(tagger: RuleTagger, text: str, industries: set[str]) -> None:
    """Only what the sentence names counts, and the longer name hides the shorter."""
    assert {tag.code_id for tag in tagger.tag_units([make_unit(text)])[0].industries} == industries


def test_the_same_text_gets_the_same_tags_alone_or_in_a_batch(tagger: RuleTagger) -> None:
    """A document's tags do not depend on what else is tagged in the same call."""
    words = [
        "We",
        "will",
        "expand",
        "trade",
        "in",
        "chips",
        ".",
        "It",
        "remains",
        "open",
        ".",
        "thanks",
        "apples",
        "tariffs",
        "the",
        "ports",
        "供应链",
        "will",
    ]
    generator = random.Random(3)
    documents = [
        [make_unit(" ".join(generator.choices(words, k=9)), n, document_id=f"d{d}", paragraph=0) for n in range(5)]
        for d in range(12)
    ]
    together = tagger.tag_units([unit for document in documents for unit in document])
    alone = [tags for document in documents for tags in tagger.tag_units(document)]
    assert together == alone
    assert RuleTagger(tagger.codebook).tag_units(documents[-1]) == together[-5:]


def test_tags_keep_the_contract(tagger: RuleTagger) -> None:
    """1 to 3 issues in order of weight, scores within [0, 1], "other" never beside procedure."""
    text = "Tariffs, export controls, forced labour, hydrogen, privacy and the invasion were on the table."
    tags = tagger.tag_units([make_unit(text)])[0]
    assert 1 <= len(tags.issues) <= 3
    assert all(0 <= tag.score <= 1 for tag in tags.iter_tags())
    assert tags.action.code_id in ACTION_LEVELS


def test_every_code_has_rules_in_both_languages(tagger: RuleTagger) -> None:
    """No code is left to chance in one language."""
    for code in tagger.codebook.codes:
        assert {rule.language for rule in code.rules} == {"en", "zh"}, code.id
