"""Countries and regions that a sentence names, in English and Chinese, under one key."""

from __future__ import annotations

import re
from functools import lru_cache

_PLACES = """
afghan:Afghanistan|阿富汗 albania:Albania|阿尔巴尼亚 algeria:Algeria|阿尔及利亚 angola:Angola|安哥拉 argentina:Argentin|阿根廷
armenia:Armenia|亚美尼亚 australia:Australia|澳大利亚 azerbaijan:Azerbaijan|阿塞拜疆 bahrain:Bahrain|巴林 bangladesh:Bangladesh|孟加拉国
belarus:Belarus|白俄罗斯 belize:Belize|伯利兹 bolivia:Bolivia|玻利维亚 botswana:Botswana|博茨瓦纳 brazil:Brazil|巴西 brunei:Brunei|文莱
cambodia:Cambodia|柬埔寨 cameroon:Cameroon|喀麦隆 canada:Canad|加拿大 chile:Chile|智利 china:China|Chinese|PRC|中国 colombia:Colombia|哥伦比亚
congo:Congo|刚果 costa_rica:Costa~Rica|哥斯达黎加 cuba:Cuba|古巴 ecuador:Ecuador|厄瓜多尔 egypt:Egypt|埃及 ethiopia:Ethiopia|埃塞俄比亚
fiji:Fiji|斐济 ghana:Ghana|加纳 guatemala:Guatemala|危地马拉 honduras:Honduras|洪都拉斯 india:India|印度(?!尼|太) indonesia:Indonesia|印度尼西亚|印尼
iran:Iran|伊朗 iraq:Iraq|伊拉克 israel:Israel|以色列 ivory:Ivoire|Ivory~Coast|科特迪瓦 jamaica:Jamaica|牙买加 japan:Japan|日本 jordan:Jordan|约旦
kazakhstan:Kazakh|哈萨克 kenya:Kenya|肯尼亚 korea:Korea|韩国 kyrgyz:Kyrgyz|吉尔吉斯 laos:Laos|Lao~PDR|老挝 lebanon:Leban|黎巴嫩 liberia:Liberia|利比里亚
libya:Libya|利比亚 malawi:Malawi|马拉维 malaysia:Malaysia|马来西亚 maldives:Maldives|马尔代夫 mexico:Mexic|墨西哥 moldova:Moldova|摩尔多瓦
mongolia:Mongolia|蒙古 morocco:Morocc|摩洛哥 mozambique:Mozambique|莫桑比克 myanmar:Myanmar|Burma|缅甸 namibia:Namibia|纳米比亚 nepal:Nepal|尼泊尔
new_zealand:New~Zealand|新西兰 nigeria:Nigeria|尼日利亚 norway:Norw|挪威 pakistan:Pakistan|巴基斯坦 panama:Panama|巴拿马 papua:Papua|巴布亚
paraguay:Paraguay|巴拉圭 peru:Peru|秘鲁 philippines:Philippin|菲律宾 qatar:Qatar|卡塔尔 russia:Russia|俄罗斯 rwanda:Rwanda|卢旺达 saudi:Saudi|沙特
senegal:Senegal|塞内加尔 serbia:Serbia|塞尔维亚 sierra:Sierra~Leone|塞拉利昂 singapore:Singapor|新加坡 somalia:Somalia|索马里 south_africa:South~Africa|南非
sri_lanka:Sri~Lanka|斯里兰卡 sudan:Sudan|苏丹 swiss:Switzerland|Swiss|瑞士 syria:Syria|叙利亚 taiwan:Taiwan|台湾 tajik:Tajik|塔吉克 tanzania:Tanzania|坦桑尼亚
thailand:Thai|泰国 tunisia:Tunisia|突尼斯 turkey:Turkey|Türkiye|土耳其 turkmen:Turkmen|土库曼 uganda:Uganda|乌干达 uk:United~Kingdom|Britain|英国
ukraine:Ukrain|乌克兰 uruguay:Uruguay|乌拉圭 uzbek:Uzbek|乌兹别克 venezuela:Venezuela|委内瑞拉 vietnam:Viet~?Nam|越南 yemen:Yemen|也门 zambia:Zambia|赞比亚
zimbabwe:Zimbabwe|津巴布韦 africa:(?<!South~)Africa(?!n~Union)|非洲 latin_america:Latin[~-]America|拉丁美洲|拉美 pacific_islands:Pacific~Islands|太平洋岛
balkans:Balkans|巴尔干 caribbean:Caribbean|加勒比 central_asia:Central~Asia|中亚 southeast_asia:Southeast~Asia|东南亚 middle_east:Middle~East|中东
"""
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=16384)
def find_places(text: str) -> frozenset[str]:
    """Keys of the countries and regions named; adjectives count ("Kenyan")."""
    if not _any_place().search(text):
        return frozenset()
    return frozenset(key for key, pattern in _patterns() if pattern.search(text))


@lru_cache(maxsize=1)
def _any_place() -> re.Pattern[str]:
    """One pattern for all, so that a sentence without a place costs one search, which is quick where it is told what
    a name begins with."""
    forms = [form for forms in _list_forms().values() for form in forms]
    names = "|".join(form for form in forms if _begins_word(form))
    chinese = "|".join(form for form in forms if _HAN.match(form))
    others = "|".join(form for form in forms if not _begins_word(form) and not _HAN.match(form))
    return re.compile(rf"\b(?=[A-Z])(?:{names})|(?=[\u3400-\u9fff])(?:{chinese})|{others}")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (key, re.compile("|".join(rf"\b{form}" if _begins_word(form) else form for form in forms)))
        for key, forms in _list_forms().items()
    )


def _list_forms() -> dict[str, list[str]]:
    entries = (entry.split(":", 1) for entry in _PLACES.replace("\n", " ").split())
    return {key: forms.replace("~", " ").split("|") for key, forms in entries}


def _begins_word(form: str) -> bool:
    return form[0].isascii() and form[0].isalpha()
