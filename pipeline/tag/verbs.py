"""The English word knowledge of the codebook as look-up tables: forms of verbs, kinds of subjects.

Every word is one character, so that clauses can be found by regular expressions over a string
with a character a word (see clauses.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_CLOSED = {
    "w": "we",
    "W": "i",
    "y": "they you he she",
    "i": "it this these those there here everyone",
    "T": "that",
    "R": "which who whom whose where whereby",
    "S": "if because while when whenever although though since whether until unless how why what so whereas",
    "x": "as than",
    "M": "will shall 'll won't",
    "O": "would 'd wouldn't",
    "K": "can could may might can't cannot couldn't",
    "U": "should must ought shouldn't mustn't",
    "H": "have has 've haven't hasn't",
    "D": "had hadn't",
    "h": "having",
    "B": "is are am 're 'm isn't aren't",
    "X": "was were wasn't weren't",
    "b": "be",
    "L": "remain remains remained",
    "z": "been",
    "g": "being",
    "d": "do does don't doesn't",
    "o": "did didn't",
    "N": "not never neither nor",
    "a": "also together jointly now already recently since both each all further just today even still"
    " always once again very well really so often thus therefore then hereby yet then too rather soon first"
    " instead either co re best better",
    "t": "to",
    "e": "the a an our their its his her your my no any some every another such other more most own",
    "r": "of in on at by for from with under through into between among across within without against during"
    " toward towards over per via about after before including around alongside upon beyond like regarding following"
    " concerning throughout despite amid until off out up back compared along",
    "c": "and or but",
    "n": "based related oriented limited sized something nothing anything everything thing",
}
_SUFFIXES = ("s", "ed", "ing")
VERB_FORMS = "PpQqEFGJZ"
"""Base and third person (small: as often a noun), past or participle, past alone, participle alone, -ing,
one form for all."""


@dataclass(frozen=True, eq=False)
class WordBook:
    """``form_of``: character of each known word; ``lemma_of``: base form of each verb form; ``kinds``: verb kind by
    base form, ``longer``: by base form and the words after it, longest first; ``adjectives``: kind of those
    that work like verbs; ``restating``: verbs that restate a pledge, ``broad`` and ``vague``: verbs of broad ends, ``deeds``: nouns of
    action (see pledges.py); ``heads``: kind of subject by its noun."""

    form_of: Mapping[str, str]
    lemma_of: Mapping[str, str]
    kinds: Mapping[str, str]
    longer: Mapping[str, tuple[tuple[str, str], ...]]
    adjectives: Mapping[str, str]
    judgements: frozenset[str]
    prospects: frozenset[str]
    restating: frozenset[str]
    broad: frozenset[str]
    vague: frozenset[str]
    deeds: frozenset[str]
    heads: Mapping[str, str]


def build_wordbook(spec: Mapping[str, Any]) -> WordBook:
    """From ``settings: clauses: en`` of the codebook; an empty mapping gives closed classes only."""
    form_of: dict[str, str] = {}
    lemma_of: dict[str, str] = {}
    kinds: dict[str, str] = {}
    longer: dict[str, list[tuple[str, str]]] = {}
    adjectives: dict[str, str] = {}
    nouns = set(spec.get("nouns", ()))
    for kind, entries in (spec.get("verbs") or {}).items():
        for entry in entries:
            if str(entry).startswith("be "):
                adjectives[entry[3:]] = kind
                continue
            first, _, rest = str(entry).partition(" ")
            base = first.partition("/")[0]
            if rest:
                longer.setdefault(base, []).append((rest + " ", kind))
            else:
                kinds.setdefault(base, kind)
            for spelling in _spellings(first):
                for word, char in _forms(*_principal_parts(spelling), base in nouns):
                    if "/" in first or word not in form_of:
                        form_of[word] = char
                        lemma_of[word] = base
    for char, words in _CLOSED.items():
        form_of.update(dict.fromkeys(words.split(), char))
    heads = {
        word: kind
        for kind in ("laws", "works", "authors")
        for noun in spec.get(kind, ())
        for word in _both_numbers(noun)
    }
    return WordBook(
        form_of=form_of,
        lemma_of=lemma_of,
        kinds=kinds,
        longer={base: tuple(sorted(rests, key=lambda rest: -len(rest[0]))) for base, rests in longer.items()},
        adjectives=adjectives,
        judgements=frozenset(spec.get("judgements", ())),
        prospects=frozenset(word for noun in spec.get("prospects", ()) for word in _both_numbers(noun)),
        restating=frozenset(spec.get("restating", ())),
        broad=frozenset(spec.get("broad", ())),
        vague=frozenset(spec.get("vague", ())),
        deeds=frozenset(word for noun in spec.get("deeds", ()) for word in _both_numbers(noun)),
        heads=heads,
    )


def _spellings(entry: str) -> tuple[str, ...]:
    """American, and British where it differs: organise, honour."""
    if entry.endswith(("ize", "yze")) and len(entry) > 5:
        return entry, entry[:-2] + "se"
    if entry.endswith("or") and len(entry) > 4:
        return entry, entry[:-1] + "ur"
    return (entry,)


def _principal_parts(entry: str) -> tuple[str, str, str]:
    parts = entry.split("/")
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    past = add_suffix(entry, "ed")
    return entry, past, past


def _forms(base: str, past: str, participle: str, noun: bool) -> Iterator[tuple[str, str]]:
    if base in (past, participle):
        yield base, "Z"
    else:
        yield base, "p" if noun else "P"
    yield add_suffix(base, "s"), "q" if noun else "Q"
    yield add_suffix(base, "ing"), "J"
    if past == participle:
        if past != base:
            yield past, "E"
    else:
        if past != base:
            yield past, "F"
        if participle != base:
            yield participle, "G"


def add_suffix(base: str, suffix: str) -> str:
    """The regular form with "s", "ed" or "ing", in American spelling."""
    if suffix == "s":
        if base.endswith(("s", "x", "z", "ch", "sh")) or base in ("go", "do"):
            return base + "es"
        return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"
    if suffix == "ed" and base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    if base.endswith("ie") and suffix == "ing":
        return base[:-2] + "ying"
    if base.endswith("e") and (suffix == "ed" or not base.endswith(("ee", "oe"))):
        return base[:-1] + suffix
    return base + (base[-1] if _doubles(base) else "") + suffix


def _doubles(base: str) -> bool:
    """Short verbs in one consonant after one vowel, and a few stressed on the end: commit, submit, map."""
    if len(base) < 3 or base[-1] in "aeiouwxy" or base[-2] not in "aeiou" or base[-3] in "aeiou":
        return False
    return sum(char in "aeiou" for char in base) == 1 or base.endswith(("mit", "fer", "cur", "gret", "bat"))


def _both_numbers(noun: str) -> Sequence[str]:
    return (noun, add_suffix(noun, "s"))
