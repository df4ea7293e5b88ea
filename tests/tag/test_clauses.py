"""English clauses as the analyser reads them: own sentences, one for each kind."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.tag.clauses import find_clauses
from pipeline.tag.letters import NumberTable
from pipeline.tag.normalize import normalize_text
from pipeline.tag.rules import RuleTagger
from pipeline.tag.sheet import Sheet, read_sheet
from pipeline.tag.tokens import find_tokens
from pipeline.tag.verbs import WordBook, add_suffix, build_wordbook


@pytest.fixture(scope="module")
def book() -> WordBook:
    return build_wordbook(load_codebook(CODEBOOK).settings["clauses"]["en"])


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


def _read(text: str, book: WordBook) -> list[tuple[str, str, str, str]]:
    clauses = find_clauses(read_sheet([normalize_text(text, "en")], book))[0]
    return [(c.form, c.verb, c.subject, c.place) for c in clauses]


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
        ("Peru and Chile deepened trade in fruit.", ("past", "act", "name", "main")),
        ("Peru and Chile cooperate on floods.", ("present", "act", "name", "main")),
        ("Peru and Chile, along with Brazil, are building a dam.", ("progressive", "make", "name", "main")),
        ("Acme Capital, a private fund, is building a dam.", ("progressive", "make", "name", "main")),
        ("To best serve farmers, Peru and Chile agreed to meet.", ("past", "bind", "name", "main")),
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
        "Support for Farms in Peru",
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
        ("The bank, with help from Peru, opened an office.", "deliver"),
        ("Kenya announced $3 million in funding for a bridge.", "commit"),
        ("The pandemic continues to wreak havoc on farms.", "acknowledge"),
        ("Poor harvests call for common action.", "acknowledge"),
        ("Rare birds continue to leave the coast.", "acknowledge"),
        ("These principles will guide our work.", "acknowledge"),
        ("Our ties remain guided by trust.", "acknowledge"),
        ("We affirm that we stand ready to help.", "intend"),
        ("We affirm our desire to plant trees.", "intend"),
        ("We challenge our mayors to plant trees.", "intend"),
        ("Peru and Chile can open more schools.", "intend"),
        ("The cooperation led to three arrests.", "deliver"),
        ("Peru and Chile supported a fair for farmers.", "deliver"),
        ("Opening new ports marks an important step.", "acknowledge"),
        ("We are open to explore a second route.", "intend"),
        ("We are pleased to announce our intention to found a bank.", "intend"),
        ("We seek to plant trees and task our mayors to draw up a list.", "commit"),
        ("They renewed their commitment to peace.", "acknowledge"),
        ("These funds aim to help farmers.", "intend"),
        ("Cheap freight brings new opportunities.", "acknowledge"),
        ("Greater openness helps farmers.", "acknowledge"),
        ("We all depend on the sea.", "acknowledge"),
        ("They thanked the mayor for his friendship and continued support for farmers.", "none"),
        ("We stress that all concerned parties must keep the peace.", "acknowledge"),
        ("We met to renew our ties, set a shared course, and commit to plant trees.", "commit"),
        ("They mourn the dead as heroes; they decided to build a school.", "commit"),
        ("I have ordered a new ship.", "deliver"),
        ("We hereby declare our intention to plant trees.", "intend"),
        ("3. Seek to plant trees.", "intend"),
        ("Peru, the United States, and Chile look forward to a fair.", "intend"),
        ("We have made clear our resolve to keep the peace.", "acknowledge"),
        ("We thank those who help and ask others to join.", "intend"),
        ("3 Welcoming the growth of trade in fruit;", "acknowledge"),
        ("We welcome the steps underway to mend the bridge.", "acknowledge"),
        ("More and better roads are needed in the hills.", "acknowledge"),
        ("Cheap fruit has been used to feed pigs.", "none"),
    ],
)
def test_the_level_follows_the_clauses(tagger: RuleTagger, text: str, level: str) -> None:
    """Rules on clauses give the level that docs/action-level.md tells."""
    assert tagger.tag_units([make_unit(text)])[0].action.code_id == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We reaffirm our commitment to build a second port.", "commit"),
        ("Peru confirmed commitments to build a second port.", "commit"),
        ("They underscored the commitment of Peru to build a second port.", "commit"),
        ("We reaffirm our shared commitment to build a second port.", "acknowledge"),
        ("We reaffirm our commitment to building a second port.", "acknowledge"),
        ("We reaffirm our commitment to uphold the peace.", "acknowledge"),
        ("We reaffirm our commitment to open trade.", "acknowledge"),
        ("We welcome their commitment to build a port.", "acknowledge"),
        ("We are committed to fostering goodwill.", "acknowledge"),
        ("We commit to promoting goodwill by opening two schools.", "commit"),
        ("We are committed to a reform of the port.", "commit"),
        ("We are committed to working together to mend the port.", "commit"),
        ("We are committed to working together to ensure that ports are safe.", "acknowledge"),
        ("We commit to working together to ensure that ports are safe.", "commit"),
        ("Reaffirming our commitment to build a port, we met in Lima.", "acknowledge"),
    ],
)
def test_a_pledge_binds_by_what_it_names(tagger: RuleTagger, text: str, level: str) -> None:
    """To an act it binds, restated too; to a broad end, a manner or a thing it is a view."""
    assert tagger.tag_units([make_unit(text)])[0].action.code_id == level


@pytest.mark.parametrize(
    "text", ["Sharing lessons learned on pests.", "Working with farms to build wells and support schools."]
)
def test_an_item_that_opens_with_a_participle_has_no_verb_of_its_own(tagger: RuleTagger, text: str) -> None:
    """What follows the participle belongs to it, so that the lead-in decides."""
    lead = make_unit("Together we will do the following:", 0)
    item = make_unit(text, 1, kind="list_item", lead=lead.text)
    assert tagger.tag_units([lead, item])[1].action.code_id == "commit"


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
    alone = [line for plain in plains for line in _list_lines(read_sheet([plain], book))]
    together = _list_lines(read_sheet(plains, book))
    assert together == alone
    words = [[word for word, *_ in line] for line in together]
    assert words[3] == ["that", "it", "'s", "the", "board", "'s", "plan", ",", "isn't", "it", "?"]
    assert words[4] == ["co", "led", "ministers", "met"]


def _list_lines(sheet: Sheet) -> list[list[tuple[str, str, str]]]:
    """For each text its words, each with its character and what follows it."""
    return [
        [(sheet.word(at), sheet.chars[at], sheet.name_next(at + 1)) for at in range(low + 1, high)]
        for low, high in pairwise(sheet.breaks)
    ]


def test_clauses_of_texts_read_together_are_those_of_each_alone(book: WordBook) -> None:
    """Neither subjects nor verbs nor pledges reach from one text into the next."""
    texts = [
        "Remain",
        "committed to",
        "Opening ports",
        "helps farmers.",
        "We are committed to",
        "build ports by opening them.",
        "Kenya and Brazil",
        "met; the list adopted by",
        "ministers is",
        "of great importance, and challenges",
        "demand answers.",
        "reaffirm our",
        "commitment to open the port",
    ]
    plains = [normalize_text(text, "en") for text in texts]
    alone = [find_clauses(read_sheet([plain], book))[0] for plain in plains]
    assert find_clauses(read_sheet(plains, book)) == alone


def test_words_for_one_place_in_the_table_are_told_apart() -> None:
    """Of words that fall on one place in the table each gets its own number, whichever came first."""
    table = NumberTable(int)
    text = " ".join(map(str, range(160_000)))
    for _ in range(2):
        assert table.look_up(text, *find_tokens(text)).tolist() == list(range(160_000))
