"""English clauses as the analyser reads them: own sentences, one for each kind."""

from __future__ import annotations

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.tag.clauses import find_clauses
from pipeline.tag.line import read_lines
from pipeline.tag.normalize import normalize_text
from pipeline.tag.rules import RuleTagger
from pipeline.tag.tokens import CharTable, find_tokens
from pipeline.tag.verbs import WordBook, add_suffix, build_wordbook


@pytest.fixture(scope="module")
def book() -> WordBook:
    return build_wordbook(load_codebook(CODEBOOK).settings["clauses"]["en"])


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


def _read(text: str, book: WordBook) -> list[tuple[str, str, str, str]]:
    return [
        (c.form, c.verb, c.subject, c.place) for c in find_clauses(read_lines([normalize_text(text, "en")], book)[0])
    ]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("The ministers will open a port.", ("future", "perform", "authors", "main")),
        ("We have also signed a lease.", ("perfect", "perform", "we", "main")),
        ("A lease has been signed.", ("perfect_passive", "perform", "thing", "main")),
        ("We are jointly building a dam.", ("progressive", "make", "we", "main")),
        ("A dam is being built.", ("progressive_passive", "make", "thing", "main")),
        ("The pact was signed at noon.", ("past_passive", "perform", "works", "main")),
        ("The parties agreed to meet.", ("past", "bind", "authors", "main")),
        ("We don't intend to wait.", ("present", "aim", "we", "main")),
        ("Both sides continue to believe in trade.", ("present", "keep_view", "authors", "main")),
        ("They continue working on it.", ("present", "keep_act", "they", "main")),
        ("We're going to build a dam.", ("progressive", "going", "we", "main")),
        ("The dam is vital to farmers.", ("copula", "judge", "thing", "main")),
        ("We are ready to talk.", ("copula", "aim", "we", "main")),
        ("We would have lost the harvest.", ("would_have", "act", "we", "main")),
        ("Customs should be simple.", ("should_be", "state", "thing", "main")),
        ("We look forward to the fair.", ("present", "aim", "we", "main")),
        ("We are pleased to announce a fair.", ("copula", "perform", "we", "main")),
        ("The two sides will remain friends.", ("future_be", "remain", "authors", "main")),
        ("Peru, together with its partners, will build a dam.", ("future", "make", "name", "main")),
        ("The officials led a visit.", ("past", "act", "authors", "main")),
        ("Kenya co-hosted a fair.", ("past", "event", "name", "main")),
        ("The dry years demand new wells.", ("present", "hinge", "thing", "main")),
        ("Peru and Chile look forward to the fair.", ("present", "aim", "name", "main")),
        ("Talks between neighbours continue.", ("present", "keep", "thing", "main")),
        ("We are proud to have built a dam.", ("copula", "perform", "we", "main")),
    ],
)
def test_a_verb_group_is_read_with_tense_kind_and_subject(
    book: WordBook, text: str, clause: tuple[str, str, str, str]
) -> None:
    """Auxiliaries give the form, the main verb its kind, the noun before it the subject."""
    assert _read(text, book)[0] == clause


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("We plan a dam that will feed farms.", ["main", "relative"]),
        ("We plan a dam, which will feed farms.", ["main", "relative"]),
        ("We believe that farms will gain.", ["main", "that"]),
        ("If demand grows, we will act.", ["aside", "main"]),
        ("We recognise the risk and will act.", ["main", "main"]),
        ("We will keep the promises we made.", ["main", "relative"]),
        ("We believe farms will gain.", ["main", "that"]),
        ("We note that lending, as agreed, will help farms.", ["main", "that"]),
        ("We note that rivers are low and commit to help.", ["main", "that", "main"]),
        ("We want a rule that spawns trade and strengthens farms.", ["main", "relative"]),
    ],
)
def test_main_clauses_are_told_from_others(book: WordBook, text: str, places: list[str]) -> None:
    """Relative clauses, asides and clauses with "that" are marked as such; "and" goes on with the clause before."""
    assert [place for _, _, _, place in _read(text, book)] == places


@pytest.mark.parametrize(
    "text",
    [
        "The plans of both sides for joint work",
        "A list adopted by ministers",
        "rules based on science",
        "Support for farms in May",
        "An industry-led programme for farmer-to-farmer visits",
        "Initiatives announced at the fair",
        "The countries' pledge to plant trees",
        "The fruit demand to the north",
    ],
)
def test_nouns_and_participles_are_no_clauses(book: WordBook, text: str) -> None:
    """Words that may be verbs are none after articles, and participles belong to their nouns."""
    assert _read(text, book) == []


@pytest.mark.parametrize(
    ("base", "suffix", "form"),
    [
        ("agree", "ed", "agreed"),
        ("agree", "ing", "agreeing"),
        ("commit", "ed", "committed"),
        ("map", "ing", "mapping"),
        ("deliver", "ed", "delivered"),
        ("identify", "s", "identifies"),
        ("launch", "s", "launches"),
        ("deploy", "ed", "deployed"),
        ("welcome", "ing", "welcoming"),
    ],
)
def test_verbs_are_inflected(base: str, suffix: str, form: str) -> None:
    """Regular spelling, doubled consonants included."""
    assert add_suffix(base, suffix) == form


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The working group is to map the mines.", "commit"),
        ("We ask our officials to draw up a list.", "commit"),
        ("The panel is expected to report in spring.", "intend"),
        ("Our aim is to lower the cost of freight.", "intend"),
        ("We expect to have a draft by June.", "intend"),
        ("We are committed to peace.", "acknowledge"),
        ("Both governments are committed to building a second port.", "commit"),
        ("The ministers affirmed their intention to open the market.", "intend"),
        ("Openness will remain the bedrock of our ties.", "acknowledge"),
        ("Fair rules are essential to growth.", "acknowledge"),
        ("Data must be protected.", "acknowledge"),
        ("The parties should publish their rules.", "intend"),
        ("We are publishing a handbook today.", "deliver"),
        ("The handbook has been published.", "deliver"),
        ("Kenya and Brazil launched a fund.", "deliver"),
        ("We share a border and discussed the weather.", "acknowledge"),
        ("The delegates discussed the harvest.", "none"),
        ("A new method is being developed.", "commit"),
        ("Exports to the region doubled in a year.", "none"),
        ("I think this is a big day.", "acknowledge"),
        ("I'll hand over to my colleague.", "none"),
        ("We would never have managed that alone.", "acknowledge"),
        ("We announce our intention to found a bank.", "intend"),
        ("We plan a bank that will lend to farms.", "intend"),
        ("We share a goal to plant more trees.", "intend"),
        ("We continue to call for an end to the ban.", "intend"),
        ("We stress that all parties must open their ports.", "acknowledge"),
        ("We are of the view that tariffs should fall.", "acknowledge"),
        ("We are committed to working closely together.", "acknowledge"),
        ("Lasting growth requires open ports.", "acknowledge"),
        ("The law requires a permit.", "none"),
        ("Tourism will depend on clean beaches.", "acknowledge"),
        ("We have a strong interest in clean rivers.", "acknowledge"),
        ("The port has nearly doubled its trade.", "none"),
        ("They are looking to sell more fruit.", "none"),
        ("I want to thank the hosts.", "none"),
        ("This call will be on the record.", "none"),
        ("The ministers discussed the importance of clean rivers.", "none"),
        ("The ministers chaired the inaugural forum.", "deliver"),
        ("We are proud to have opened a school.", "deliver"),
        ("We determined shared rules for permits.", "deliver"),
        ("We promote the planting of trees.", "commit"),
        ("We seek to mend roads and work on bridges.", "intend"),
        ("Fair rules are vital, you know?", "acknowledge"),
        ("Are fair rules vital?", "none"),
        ("This day marks an important step.", "acknowledge"),
        ("Fruit represents a third of the trade.", "none"),
        ("Small farms deserve fair prices.", "acknowledge"),
        ("We recommit to opening the port.", "commit"),
        ("They discussed energy and advanced technologies.", "none"),
        ("I am announcing a fund for farms.", "deliver"),
        ("NATS has put out a new handbook.", "deliver"),
        ("Kenya and Brazil mended bridges on the coast.", "deliver"),
        ("Kenya and Brazil, along with Peru and Chile, are mending bridges.", "commit"),
        ("Recalling that ports are shared by all neighbours, the two ministers agree to build a bridge.", "commit"),
        ("Glad of the U.S.-led work on ports, the ministers agree to build a bridge.", "commit"),
        ("Proud of the two nations' shared ports, Kenya and Brazil agree to build a bridge.", "commit"),
        ("We honour a free and open Pacific.", "acknowledge"),
        ("The ministers affirm to mend the bridge.", "commit"),
        ("The ministers held the third annual committee meeting of the two ports to discuss freight.", "none"),
        ("Kenya announced $3 million in funding for a bridge.", "commit"),
    ],
)
def test_the_level_follows_the_clauses(tagger: RuleTagger, text: str, level: str) -> None:
    """Rules on clauses give the level that docs/action-level.md tells."""
    assert tagger.tag_units([make_unit(text)])[0].action.code_id == level


def test_an_order_in_a_list_takes_the_level_of_its_lead(tagger: RuleTagger) -> None:
    """ "Share data" is what the lead-in says it is; an item with a clause of its own keeps its level."""
    lead = make_unit("Together we intend to:", 0)
    items = [
        make_unit("Share data on harvests that will help farms.", 1, kind="list_item", lead=lead.text),
        make_unit("This pilot has been launched.", 2, kind="list_item", lead=lead.text),
    ]
    assert [tags.action.code_id for tags in tagger.tag_units([lead, *items])] == ["intend", "intend", "deliver"]


def test_an_explanation_names_the_rule_and_the_clause(tagger: RuleTagger) -> None:
    """`parley explain` shows which clause rule fired on which words."""
    told = tagger.explain_unit([make_unit("The parties will publish a list.")], 0)
    assert ("act.commit.future", "will publish") in [(hit.rule_id, hit.text) for hit in told.hits]
    assert "act.commit.future" in told.reason


def test_texts_read_together_are_read_as_if_alone(book: WordBook) -> None:
    """Brackets, capitals and places of one text have no say in the next, whatever stands at its end."""
    texts = [
        "We (the",
        "Partners) will act.",
        "",
        "That It's THE Board's (new) plan, isn't it?",
        "___ co-led Ministers met",
    ]
    plains = [normalize_text(text, "en") for text in texts]
    alone = [read_lines([plain], book)[0] for plain in plains]
    together = read_lines(plains, book)
    assert [(line.text, line.chars) for line in together] == [(line.text, line.chars) for line in alone]
    words = [[line.word(at) for at in range(len(line.chars))] for line in together]
    assert words == [[line.word(at) for at in range(len(line.chars))] for line in alone]
    assert words[3] == ["that", "it", "'s", "the", "board", "'s", "plan", ",", "isn't", "it", "?"]
    assert words[4] == ["co", "led", "ministers", "met"]


def test_words_for_one_place_in_the_table_are_told_apart() -> None:
    """Of words that fall on one place in the table each gets its own character, whichever came first."""
    table = CharTable(lambda word: "aeiou"[int(word) % 5])
    text = " ".join(map(str, range(40_000)))
    for _ in range(2):
        assert table.look_up(text, *find_tokens(text)).tobytes().decode() == "aeiou" * 8_000
