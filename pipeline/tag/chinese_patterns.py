"""Word orders by which the Chinese clause reader tells frames, circumstances, ends and comments from what is said.

Those without a sign for the beginning are matched at a place in a text. Clauses are parted at the marks PART leaves out.
"""

from __future__ import annotations

import re

BLANK = "〇"
TITLE = "〓"
LAW = "〒"
"""What stands for words that are passed over, for titles, and for those of laws."""
_LAWS = ("法》", "法案》", "条例》", "指令》", "法规》")
_NAMED = re.compile(r"《[^》]{0,60}》|[(（][^()（）]{0,80}[)）]|[“「『][^”」』，。；]{1,16}[”」』]|\[\d+\]")
PART = re.compile(r"[^，,；;。：:！!？?]+")


def mask_named(text: str) -> str:
    """The text with titles, brackets and words in quotation marks blanked: they are named, not said."""
    return _NAMED.sub(lambda found: _stand_in(found[0]) * len(found[0]), text)


def _stand_in(name: str) -> str:
    if name[0] != "《":
        return BLANK
    return LAW if name.endswith(_LAWS) else TITLE


def _each(heads: str, tail: str) -> str:
    """Every head with the tail: with a plain character first in each branch a search skips all places without one."""
    return "|".join(head + tail for head in heads.split("|"))


FRAME = re.compile(
    r"在[^，。；：]{1,60}?(?:方面|过程中|领域|问题上|基础上|框架下|框架内|背景下|前提下|情况下|会议上|会上|期间|之际|之间|[项题柱制议]下|指导下|推动下|主持下|支持下|帮助下)|"
    + _each(
        "就(?![业地是此])|围绕|针对|关于|对于|对(?![话接策比抗应等外标手])",
        r"[^，。；：]{1,50}?(?=进行|开展|达成|展开|交换|举行|讨论|磋商|沟通|交流|保持|签署|形成|表示|作出|做出|予以|加以|提供|实施|采取|实行|给予|深表|表达|答记者问|答问|发表谈话|回应|接受采访|持|感到|(?:产生|造成|构成)(?!的)|具有)",
    )
    + "|"
    + _each("自(?![由主动身然])|从(?![业而事此属])", r"[^，。；：]{1,40}?(?:以来|起(?=[，\s])|之后|开始)")
    + "|"
    + _each("自(?![由主动身然])|从(?![业而事此属])", r"[^，。；：]{1,20}?(?:时|后)(?=[^，。；：]{2})")
    + "|"
    + _each("与|同", r"[^，。；：]{2,40}?(?:之间|(?=(?:展开|开展|进行)(?:协调|合作|磋商|对话|谈判|协作|交流)))")
    + "|"
    + _each("通过|借助|依托|凭借", r"[^，。；：]{1,30}?(?:来|的方式|以(?![及来外上下往]))")
)
SUBORDINATE = re.compile(
    r"(?:随着|由于|因为|鉴于|虽然|尽管|即使|除非|除(?!此)|如果|若|假如|倘若|一旦|只有|只要|无论|不管|当|按照|根据|依据|基于|通过|为(?!此|[^，]{2,40}(?:提供|作出|做出|创造|带来|注入|奠定|开辟|增添))|为了|针对|关于|对于|在|从(?=[^，]{0,20}(?:看|来说|而言|角度))|作为)"
    r"(?!此[，]?)"
)
FRONT = ("在", "当", "自", "于")
FRONT_END = ("后", "时", "前", "期间", "以来", "之际", "上", "中", "下", "里", "内", "间", "年", "月", "日", "面")
"""A clause that begins and ends so says when or where."""
TIME_END = ("后", "时", "之前", "期间", "以来", "之际")
CONDITION = re.compile(r"(?:如果|假如|倘若|一旦|(?:^|[，。；])(?:若|只要|当(?=[^，]{2,60}(?:时|后)[，,])))")
PURPOSE = re.compile(r"(?:即(?!将)|以便|以期|从而|进而|借此|由此|最终|使(?!用)|让|令|以(?![上下来及后往前外内色]))")
COMMENT = re.compile(
    r"^(?:[^，。；：]{0,14}(?:这|此|此举|由此|上述[^，。；：]{0,8}|以上[^，。；：]{0,8}|其)(?:充分|也|均|都|清楚|无疑|足以)?(?:表明|说明|意味着|反映|显示|折射|印证|决定了)"
    r"|(?:可见|可以看出|不难看出|可以预见|可以说|由此可见|总体来看|总的来看|总体而言|整体来看|换言之|换句话说|显然|事实上|实际上|归根结底)"
    r"|(?:相比|相较|比较|对比|反观|与之相比|相对)(?:而言|之下|来看|于|来说)?"
    r"|[^，。；：]{0,12}(?:侧重点|有所不同|有所差异|存在[^，]{0,8}(?:差异|重叠|交叉|不同)|(?:高度|基本)一致|异同))"
)
_OUTCOME = r"[^，。；：]{1,36}?(?:视为|看作|作为|当作|列为|定为|分为|称为|纳入|列入|融入|转移|转变|转化|升级|归入|归为|置于|摆在|迁|延长至|提高到|提升为|上升为|发展为|建设成|打造成|扩大到|扩展至|推广至|(?:控制|限制|保持|维持|排除|隔绝|锁定|压缩|稳定)在|拒之|绳之以法|付诸|推向|引向|带入|提上|写入|载入|并入|计入|变成|转为|(?:降低|减少|提高|增加|压缩|延伸|推迟)[到至]|[降增]至|纳为|与[^，。；：]{1,12}(?:挂钩|捆绑|结合)|[^，。；：]{1,8}化(?=[，。；]|$))"
"""What an object before the verb becomes or where it ends."""
BA = re.compile(
    "将(?:其|该|这|此)|"
    rf"将(?![在于会要与同对就为不尽]|继续|通过|共同|进一步|努力|联合){_OUTCOME}|把{_OUTCOME}"
)
ADVERB = re.compile(
    r"(?:还|也|均|都|又|再|并|且|而|但|则|更|将|已|共|亦|同时|此外|因此|另外|其中|目前|当前|近年来|今后|未来|此次|会上|为此|对此|随后|此后|例如|首先|其次|再次|最后|进一步"
    r"|特别是|尤其是|总体上|内容上|一致|共同|联合|积极|逐步|不断|正式|分别|明确|充分|特别|高度|尤其|继续|一是|二是|三是|四是|五是|其[一二三四五]|第[一二三四五六]|[（(]?[一二三四五六七八九十\d]+[）)、.]|并且|而且|然而|不过|所以|于是|即|从而|仍|依然|始终|一直|努力|\s|、|“|”|"
    r"\d+年?|\d+月|\d+日|年|月|日|截至|近日|今天|今年|去年|明年|年底前)+"
)
PREPOSITION = re.compile(r"在|从|通过|按照|根据|依据|基于|针对|关于|对于")
MEANS = re.compile(r"(?:通过|借助|依托|凭借|经由|围绕|按照|根据)")
"""Opens a clause of which nothing behind it is the subject, unless it is known."""
COMPANION = re.compile(r"(?:与|和|同|跟|连同|向|对|就|为|在|从|以|给|用)")
OWNED = re.compile(r"[^，]{0,12}的[^，]{2,}")
MATTER = re.compile(
    r"[^与和的、对向在以依据为]{0,8}(?:选举|政策|战略|立场|经济|市场|政治|法律|立法|能源|技术|科技|关系|问题|行为|做法|压力|竞争|利益|优势|极化|投资|贸易|产业|出口|进口|社会|文化|历史)$"
)
"""At the end of what follows a known noun without 的: not who acts, but a matter of theirs (美国经济)."""
PEOPLE = re.compile(r"(?:伙伴|部长|代表|领导人|政府|官员|部门|机构|当局|企业|负责人|专家|团队)(?:们|和[^，的]{1,10})?$")
"""At the end of what a known noun owns: they act themselves."""
JOINT = re.compile(r"的[^，的]{0,8}(?:合作|协作|工作|努力|行动|接触|伙伴关系)$")
"""At the end of a subject: what the authors do together."""
WORK = re.compile(
    r"(?:^|[^a-z])[a-z]{3,}[a-z0-9]*$|(?:这|该|此|上述)[一项些种]{0,2}[^，的]{0,6}(?:合作|协作|工作|努力|做法|行动|进程|活动|对话|磋商|交流|谈判|研究|评估|试点|演练|审查)$"
)
"""A subject known by its initials, or pointed at: the authors' own work."""
TWO_HAN = re.compile(r"[\u4e00-\u9fff][^\u4e00-\u9fff]*[\u4e00-\u9fff]")
NOUN = re.compile(r"(?:[^，。；]?承诺|计划|建议|提议)(?:[、；。，]|[和与及中下内](?!时)|以及|等(?!待)|$)")
"""A word of will that names something: 双方的计划和安排."""
CHANCE = re.compile(r"[^，。；]{2,30}(?:可能性|可行性|前景|方案|方式|途径|办法|路径)")
"""Behind 探讨: what is explored."""
TALKS = re.compile(r"了?[^，。；]{0,24}?(?:对话|讨论|磋商|会谈|交流|沟通|谈判|会议|会晤|探讨|意见|看法)(?![机渠平信])")
PROPOSAL = re.compile(r"了?[^，。；]{0,20}?(?:(?:建议|方案|原则|提案|申请|清单|倡议)(?![的])|〓)")
NORM = re.compile(
    r"(?:受到?|得到|建立在|以(?!便|[^，。；]{1,20}为(?:平台|抓手|契机|重点|突破口|主线|牵引|目标|载体))|是|基于|符合|遵循|体现|尊重|考虑)"
)
