"""Are the phrases that parley finds those that spaCy's PhraseMatcher finds? Differences counted by reason.

    python -m benchmarks.matches

Both look for the literals of the English rules, in any case, in every tenth statement. A match is a literal and
where it begins in a unit. Writes benchmarks/out/matches.md.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from benchmarks.inputs import OUT, load_codes, read_phrases, read_units
from pipeline.tag.compile import compile_rules
from pipeline.tag.normalize import normalize_texts
from pipeline.tag.scan import Lexicon

Found = set[tuple[int, int, int]]
"""(unit, literal, start in the unit's text)."""


def main() -> None:
    OUT.mkdir(exist_ok=True)
    text = compare_matches()
    (OUT / "matches.md").write_text(text, "utf-8")
    print(text)


def compare_matches() -> str:
    """The table of what both find, and of what one finds alone and why."""
    texts = [unit.text for units in read_units() for unit in units]
    ours, theirs = find_ours(texts), find_theirs(texts)
    lines = ["| matches | number |", "|---|---|", f"| found by both | {len(ours & theirs)} |"]
    for who, alone in (("parley", ours - theirs), ("PhraseMatcher", theirs - ours)):
        reasons = Counter(explain_difference(texts[unit], literal, start) for unit, literal, start in alone)
        lines.append(f"| only by {who} | {len(alone)} |")
        lines += [f"| … {reason} | {count} |" for reason, count in reasons.most_common()]
    return "\n".join(lines) + "\n"


def find_ours(texts: list[str]) -> Found:
    lexicon = read_lexicon()
    plains = normalize_texts(texts, "en")
    spans = lexicon.scan([plain.text for plain in plains])
    rows = zip(*[column.tolist() for column in spans], strict=True)
    return {(unit, literal, plains[unit].trace(start, end)[0]) for unit, literal, start, end in rows}


@cache
def read_lexicon() -> Lexicon:
    return compile_rules(load_codes(), "en").lexicon


def find_theirs(texts: list[str]) -> Found:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, phrase in enumerate(read_phrases()):
        matcher.add(str(number), [nlp.make_doc(phrase)])
    found: Found = set()
    for unit, doc in enumerate(nlp.pipe(texts)):
        found |= {(unit, int(nlp.vocab.strings[key]), doc[start].idx) for key, start, _ in matcher(doc)}
    return found


def explain_difference(text: str, literal: int, start: int) -> str:
    """Why one of the two finds this and the other does not."""
    phrase = read_phrases()[literal]
    piece = text[start : start + len(phrase)]
    after = text[start + len(phrase) : start + len(phrase) + 1]
    if piece.lower() != phrase:
        return "hyphen, dash, curly quote or spaces other than in the phrase, which count as the same"
    if after.isalnum() and not read_lexicon().literals[literal].open_right:
        return "ends inside a word"
    if after.isalnum():
        return "a stem with any ending (decarboni*), which PhraseMatcher cannot search for"
    if text[max(start - 1, 0) : start].isalnum():
        return "begins inside a word"
    before = text[:start].split(" ")[-1]
    if any(char in before + after for char in "-–—/'’.@_"):
        return "beside a hyphen, slash, apostrophe or dot that spaCy does not part from the word"
    return "spaCy's tokeniser cuts the words otherwise (cannot, don't, U.S., emoji)"


if __name__ == "__main__":
    main()
