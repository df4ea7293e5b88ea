"""What speaks for a pair of units being one initiative, for all pairs at once, as one matrix a feature.

All features lie in [0, 1]. Word statistics weigh a stem by how rare it is, both in the two rounds at hand and in
diplomatic language at large (background.py), so that boilerplate counts for little wherever it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import chain
from math import log

import numpy as np

from pipeline.changes.background import share_of_word
from pipeline.changes.grids import Bag, Grid, Weigh, cosine, cover, divide, rarest, share_any, share_exclusive
from pipeline.changes.profile import Profile

PARTY_SHARE = 0.15
"""A country that more units than this share name is a party to the talks, not a place where a project is."""
RELATED_NAMES, STRANGE_NAMES = 0.25, 0.20
"""Likeness of all names of two rounds from which they belong together, and up to which they do not."""
WINDOW = 2
"""Units before and after that are read together with a unit."""
ENOUGH_UNITS = 50
"""Units of the shorter round from which its names say whether it belongs to the other."""


def score_features(
    later: Sequence[Profile],
    earlier: Sequence[Profile],
    *,
    background: Mapping[str, int] | None = None,
) -> dict[str, Grid]:
    """Feature name -> grid with a row for each later and a column for each earlier profile.

    ``background``: stem -> number of units with it in a larger store, replaces the built-in counts.
    """
    weigh = _make_weigher([*later, *earlier], background)
    wording = cosine([p.words for p in later], [p.words for p in earlier], weigh)
    context = cosine([p.context for p in later], [p.context for p in earlier], weigh)
    names = cosine([p.names for p in later], [p.names for p in earlier], weigh)
    spelling = cosine([_spell(p) for p in later], [_spell(p) for p in earlier], _weigh_pieces(later, earlier))
    section = cosine(
        [dict.fromkeys(p.section, 1.0) for p in later], [dict.fromkeys(p.section, 1.0) for p in earlier], weigh
    )
    mixed = (wording + context + names) / 3
    places_later, places_earlier = _find_project_places(later, earlier)
    grids = {
        "wording": wording,
        "spelling": spelling,
        "context": context,
        "names": names,
        "rare words": rarest([p.words for p in later], [p.words for p in earlier], weigh),
        "rare names": rarest([p.names for p in later], [p.names for p in earlier], weigh),
        "section": section,
        "section content": _pool_likeness(later, earlier, lambda p: p.section_key, weigh),
        "paragraph": _pool_likeness(later, earlier, lambda p: (p.unit.unit.document_id, p.unit.unit.paragraph), weigh),
        "window": cosine(_pool_neighbours(later), _pool_neighbours(earlier), weigh),
        "kind of initiative": share_any([p.heads for p in later], [p.heads for p in earlier]),
        "commitment": _each_column([_is_commitment(p) for p in earlier], later),
        "binding": _each_column([float(p.level >= 2) for p in earlier], later),
        "covers": cover([p.context for p in earlier], [p.context for p in later], weigh).T,
        "known names": _known([p.names for p in later], [p.words for p in earlier], weigh),
        "no other country": _agree_on_places(places_later, places_earlier),
        "words of their own": share_exclusive([p.words for p in later], [p.words for p in earlier], weigh),
        "length": _each_column([min(1.0, len(p.words) / 40) for p in earlier], later),
        "best of it": divide(mixed, mixed.max(axis=0, keepdims=True, initial=0.0)),
    }
    return {**grids, **_score_codes(later, earlier)}


def score_likeness(profiles: Sequence[Profile]) -> Grid:
    """Likeness in wording and context of the units of one round with one another, 0 on the diagonal, in [0, 1].

    Units that name different countries have none. Cheaper than score_features, which compares two rounds.
    """
    weigh = _make_weigher(profiles, None)
    words, context = [p.words for p in profiles], [p.context for p in profiles]
    close: Grid = np.maximum(cosine(words, words, weigh), 0.8 * cosine(context, context, weigh))
    places, _ = _find_project_places(profiles, [])
    close = close * _agree_on_places(places, places)
    np.fill_diagonal(close, 0.0)
    return close


def measure_strangeness(later: Sequence[Profile], earlier: Sequence[Profile]) -> float:
    """How far two rounds have nothing to do with each other, 0 (rounds of one framework) to 1.

    From the names that both use: consecutive rounds of one framework reach a cosine of about 0.4 and more, statements of
    one party at different times 0.25, unrelated ones stay under 0.2. Short documents share few names anyway, so they count in proportion.
    """
    bags = []
    for profiles in (later, earlier):
        counts = Counter(name for p in profiles for name in p.names)
        bags.append({name: 1 + log(count) for name, count in counts.items()})
    common = float(cosine([bags[0]], [bags[1]], _make_weigher([*later, *earlier], None))[0, 0])
    size = min(1.0, min(len(later), len(earlier)) / ENOUGH_UNITS)
    return size * min(1.0, max(0.0, (RELATED_NAMES - common) / (RELATED_NAMES - STRANGE_NAMES)))


def _score_codes(later: Sequence[Profile], earlier: Sequence[Profile]) -> dict[str, Grid]:
    def issues(p: Profile) -> list[str]:
        return [t.code_id for t in p.unit.tags.issues]

    def industries(p: Profile) -> list[str]:
        return [t.code_id for t in p.unit.tags.industries]

    main = np.array([[float(a.unit.tags.main_issue == b.unit.tags.main_issue) for b in earlier] for a in later])
    return {
        "main issue": main.reshape(len(later), len(earlier)),
        "rare issue": _share_rare_issue([issues(p) for p in later], [issues(p) for p in earlier]),
        "issues": share_any([issues(p) for p in later], [issues(p) for p in earlier]),
        "industries": share_any([industries(p) for p in later], [industries(p) for p in earlier]),
    }


def _make_weigher(profiles: Sequence[Profile], background: Mapping[str, int] | None) -> Weigh:
    """Stem -> how telling it is, in [0, 1]: mean of its rarity here and its rarity in diplomatic language."""
    here: dict[str, int] = {}
    for profile in profiles:
        for word in profile.words:
            here[word] = here.get(word, 0) + 1
    total, at_large = len(profiles) + 1, max((background or {}).values(), default=0) + 1
    language = {w: p.unit.unit.language for p in profiles for w in chain(p.words, p.section)}
    top = log(total) / 2 + log(20000) / 2
    known: dict[str, float] = {}

    def weigh(word: str) -> float:
        if word not in known:
            if background is not None:
                usual = (background.get(word, 0) + 0.5) / at_large
            else:
                usual = share_of_word(word, language.get(word, "en"))
            local = (here.get(word, 0) + 0.5) / total
            known[word] = max(0.0, -(log(min(1.0, local)) + log(min(1.0, usual))) / 2 / top)
        return known[word]

    return weigh


def _known(later: Sequence[Bag], earlier: Sequence[Bag], weigh: Weigh) -> Grid:
    """Share of a later bag's weight on words that occur anywhere in the earlier round; the same in every column."""
    vocabulary = {word for bag in earlier for word in bag}
    shares = []
    for bag in later:
        total = sum(value * weigh(w) for w, value in bag.items())
        known = sum(value * weigh(w) for w, value in bag.items() if w in vocabulary)
        shares.append(known / total if total else 1.0)
    return np.repeat(np.array(shares, dtype=float).reshape(-1, 1), len(earlier), axis=1)


Places = Sequence[frozenset[str]]


def _find_project_places(later: Sequence[Profile], earlier: Sequence[Profile]) -> tuple[Places, Places]:
    """The places that the units name, without those of the parties themselves."""
    counts = Counter(place for p in (*later, *earlier) for place in p.places)
    most = PARTY_SHARE * (len(later) + len(earlier))
    parties = {place for place, count in counts.items() if count > max(2, most)}
    return [p.places - parties for p in later], [p.places - parties for p in earlier]


def _agree_on_places(later: Places, earlier: Places) -> Grid:
    """0 where the later unit names a place and the earlier one not the same (a project of its own there), else 1."""
    agree = [[0.0 if a and not a & b else 1.0 for b in earlier] for a in later]
    return np.array(agree).reshape(len(later), len(earlier))


def _share_rare_issue(later: Sequence[list[str]], earlier: Sequence[list[str]]) -> Grid:
    """How rare the rarest issue in common is in both rounds, 0 for none in common."""
    counts = Counter(code_id for codes in (*later, *earlier) for code_id in codes)
    total = max(2, len(later) + len(earlier))
    rarity = {code_id: log(total / count) / log(total) for code_id, count in counts.items()}
    rows = [[max((rarity[c] for c in a if c in b), default=0.0) for b in earlier] for a in later]
    shares: Grid = np.clip(np.array(rows).reshape(len(later), len(earlier)), 0.0, 1.0)
    return shares


def _each_column(values: Sequence[float], later: Sequence[Profile]) -> Grid:
    return np.tile(np.array(values, dtype=float), (len(later), 1))


def _pool_likeness(
    later: Sequence[Profile], earlier: Sequence[Profile], group: Callable[[Profile], Hashable], weigh: Weigh
) -> Grid:
    """Likeness of the whole sections or paragraphs (what ``group`` tells apart) that the units stand in."""
    sides = []
    for profiles in (later, earlier):
        sums: dict[Hashable, dict[str, float]] = {}
        for p in profiles:
            bag = sums.setdefault(group(p), {})
            for word in p.words:
                bag[word] = bag.get(word, 0.0) + 1.0
        order = {key: n for n, key in enumerate(sums)}
        sides.append((list(sums.values()), [order[group(p)] for p in profiles]))
    (bags_a, rows), (bags_b, columns) = sides
    if not rows or not columns:
        return np.zeros((len(rows), len(columns)))
    return cosine(bags_a, bags_b, weigh)[np.ix_(rows, columns)]


def _pool_neighbours(profiles: Sequence[Profile]) -> list[dict[str, float]]:
    """Words of each unit with those of up to WINDOW units on either side of its section at half weight."""
    bags = []
    for position, profile in enumerate(profiles):
        bag: dict[str, float] = {}
        for other in profiles[max(0, position - WINDOW) : position + WINDOW + 1]:
            if other.section_key == profile.section_key:
                for word in other.words:
                    bag[word] = max(bag.get(word, 0.0), 1.0 if other is profile else 0.5)
        bags.append(bag)
    return bags


def _spell(profile: Profile) -> dict[str, float]:
    """Pieces of four letters of the words (two of Chinese ones)."""
    pieces: dict[str, float] = {}
    for word in profile.words:
        size = 4 if word.isascii() else 2
        for start in range(max(1, len(word) - size + 1)):
            pieces[word[start : start + size]] = 1.0
    return pieces


def _weigh_pieces(later: Sequence[Profile], earlier: Sequence[Profile]) -> Weigh:
    counts: dict[str, int] = {}
    for profile in (*later, *earlier):
        for piece in _spell(profile):
            counts[piece] = counts.get(piece, 0) + 1
    total = len(later) + len(earlier) + 1
    return lambda piece: log(total / (counts[piece] + 0.5)) if counts[piece] < total else 0.0


def _is_commitment(profile: Profile) -> float:
    return float(profile.level >= 2 and not profile.unit.tags.main_issue.startswith("other."))
