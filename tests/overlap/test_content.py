"""Content in common: alike in words that carry content, not in set phrases."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.codebook import Codebook
from pipeline.overlap import Background, OverlapSettings, Selection, count_phrases
from pipeline.overlap.content import compare_content
from pipeline.overlap.words import longest_run, split_words
from pipeline.records import CodedUnit

SETTINGS = OverlapSettings(replicates=100, permutations=100, pairs=3)
SET_PHRASE = "The two leaders reaffirmed their shared commitment to the rules based order"
BOILERPLATE = count_phrases([SET_PHRASE] * 50 + ["Other words entirely, on tomatoes."] * 50, floors=(2, 2, 2))


def compare(
    left: list[CodedUnit], right: list[CodedUnit], codebook: Codebook, background: Background | None = BOILERPLATE
):  # type: ignore[no-untyped-def]
    return compare_content(Selection("a", tuple(left)), Selection("b", tuple(right)), codebook, SETTINGS, background)


def test_boilerplate_is_discounted(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """A shared set phrase looks alike raw and unlike when discounted; shared content stays alike."""
    left = [make_unit("a", 0, "supply.labor", f"{SET_PHRASE} for dock workers.")]
    right = [make_unit("b", 0, "supply.labor", f"{SET_PHRASE} on factory audits.")]
    content, _ = compare(left, right, codebook)
    assert content[0].raw > 0.6
    assert content[0].discounted < 0.1


def test_best_pair_is_the_similar_one(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Of several sentences on an issue, the two on the same measure are set side by side."""
    left = [
        make_unit("a", 0, "supply.labor", "Inspectors will visit cobalt mines every single year."),
        make_unit("a", 1, "supply.labor", "A hotline for seafarers opens in the spring season."),
    ]
    right = [
        make_unit("b", 0, "supply.labor", "Training courses for welders are to be paid for."),
        make_unit("b", 1, "supply.labor", "Cobalt mines receive visits by inspectors every year."),
    ]
    _, matches = compare(left, right, codebook)
    assert (matches[0].left.n, matches[0].right.n) == (0, 1)


def test_reused_run_is_marked(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Seven words in a row on both sides are shown; a common set phrase is not."""
    run = "inspect cobalt mines before each rainy season"
    left = [make_unit("a", 0, "supply.labor", f"Partners will {run} from now on.")]
    right = [make_unit("b", 0, "supply.labor", f"It was decided to {run}, said the host.")]
    content, matches = compare(left, right, codebook)
    assert matches[0].reused == run
    assert content[0].reused_pairs == 1
    left = [make_unit("a", 0, "supply.labor", f"{SET_PHRASE} for dock workers.")]
    right = [make_unit("b", 0, "supply.labor", f"{SET_PHRASE} on factory audits.")]
    assert compare(left, right, codebook)[0][0].reused_pairs == 0


def test_chinese_sentences_are_compared(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Chinese needs no spaces: alike sentences score above unlike ones, reuse is found."""
    left = [make_unit("a", 0, "supply.labor", "各方将在雨季之前检查全部钴矿的劳动条件。", language="zh")]
    near = make_unit("b", 0, "supply.labor", "部长们同意在雨季之前检查全部钴矿的劳动条件。", language="zh")
    far = make_unit("b", 1, "supply.labor", "港口为海员设立了新的求助热线电话号码。", language="zh")
    _, matches = compare(left, [near, far], codebook, None)
    assert matches[0].right.n == 0
    assert "雨季之前检查全部钴矿" in matches[0].reused


def test_languages_do_not_meet(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """A sentence has no partner in another language."""
    left = [make_unit("a", 0, "supply.labor", "In 2030 the IPEF and TTC partners count 65 mines.")]
    right = [make_unit("b", 0, "supply.labor", "到 2030 年 IPEF 与 TTC 伙伴将清点 65 座矿山。", language="zh")]
    content, matches = compare(left, right, codebook)
    assert content[0].raw == 0
    assert matches == ()


def test_longest_run() -> None:
    """The longest stretch of words in both, by position on the left."""
    left, right = split_words("we will map the ports of the north"), split_words("map the ports and the north sea")
    assert longest_run(left, right) == (2, 5)
    assert longest_run(left, split_words("nothing shared")) == (0, 0)


def test_digests_reuse_nothing(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """A run of words that stands in a retelling is the reteller's, not the statement's."""
    text = "Partners will inspect cobalt mines before each rainy season from now on."
    left = [make_unit("a", 0, "supply.labor", text, basis="digest")]
    content, matches = compare(left, [make_unit("b", 0, "supply.labor", text)], codebook)
    assert (content[0].reused_pairs, matches[0].reused) == (0, "")


def test_chinese_set_phrases_are_discounted(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """With the English table, Chinese is weighed by how rare its phrases are among the sides' own sentences."""
    phrase = "双方重申对开放自由贸易的共同承诺"
    topics = ["钴矿检查", "港口热线", "电池回收", "海员培训", "农药登记", "卫星导航", "稀土磁体", "云端账单"]
    sides = [
        [
            make_unit(name, n, "supply.labor", f"{phrase}，并讨论{topic}第{name}项。", language="zh")
            for n, topic in enumerate(topics)
        ]
        for name in ("a", "b")
    ]
    _, matches = compare(*sides, codebook)
    assert all(match.left.n == match.right.n for match in matches)
    content, _ = compare(sides[0][:1], sides[1][1:], codebook)
    assert content[0].discounted < 0.8 * content[0].raw
