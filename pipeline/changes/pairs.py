"""What speaks for a pair of units being one initiative, for all pairs at once, as one matrix a feature.

All features lie in [0, 1]. Word statistics weigh a stem by how rare it is, both in the two rounds at hand and in
diplomatic language at large (background.py), so that boilerplate counts for little wherever it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from math import log

import numpy as np
import numpy.typing as npt
from scipy import sparse

from pipeline.changes.background import share_of_word
from pipeline.changes.profile import Profile
from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS

Grid = npt.NDArray[np.float64]
Bag = Mapping[str, float]

FEATURES = (
    "wording", "word pairs", "spelling", "context", "names", "rare words", "rare names", "section", "section content",
    "main issue", "issues", "domain", "industries", "kind of initiative", "commitment", "best for it", "best of it",
    "covered", "covers", "known words", "known names", "no other country", "rare pairs", "speaks for itself", "known section",
)  # fmt: skip


def score_features(
    later: Sequence[Profile],
    earlier: Sequence[Profile],
    *,
    codebook: Codebook,
    background: Mapping[str, int] | None = None,
) -> dict[str, Grid]:
    """Feature name -> grid with a row for each later and a column for each earlier profile; names as in FEATURES.

    ``background``: stem -> number of units with it in a larger store, replaces the built-in counts.
    """
    weigh = _make_weigher([*later, *earlier], background)

    def weigh_pair(pair: str) -> float:
        return float((weigh(pair.split(" ")[0]) * weigh(pair.split(" ")[-1])) ** 0.5)

    wording = _cosine([p.words for p in later], [p.words for p in earlier], weigh)
    context = _cosine([p.context for p in later], [p.context for p in earlier], weigh)
    names = _cosine([p.names for p in later], [p.names for p in earlier], weigh)
    pairs = _cosine(
        [p.pairs for p in later], [p.pairs for p in earlier], lambda w: weigh(w.split(" ")[0]) * weigh(w.split(" ")[-1])
    )
    spelling = _cosine([_spell(p) for p in later], [_spell(p) for p in earlier], _weigh_pieces(later, earlier))
    section = _cosine(
        [dict.fromkeys(p.section, 1.0) for p in later], [dict.fromkeys(p.section, 1.0) for p in earlier], weigh
    )
    mixed = (wording + context + names) / 3
    grids = {
        "wording": wording,
        "word pairs": pairs,
        "spelling": spelling,
        "context": context,
        "names": names,
        "rare words": _rarest([p.words for p in later], [p.words for p in earlier], weigh),
        "rare names": _rarest([p.names for p in later], [p.names for p in earlier], weigh),
        "section": section,
        "section content": _section_content(later, earlier, weigh),
        "kind of initiative": _share_any([p.heads for p in later], [p.heads for p in earlier]),
        "commitment": np.tile([_is_commitment(p) for p in earlier], (len(later), 1)),
        "covered": _cover([p.words for p in later], [p.words for p in earlier], weigh),
        "covers": _cover([p.context for p in earlier], [p.context for p in later], weigh).T,
        "known words": _known([p.words for p in later], [p.words for p in earlier], weigh),
        "known names": _known([p.names for p in later], [p.words for p in earlier], weigh),
        "known section": np.repeat(section.max(axis=1, keepdims=True, initial=0.0), len(earlier), axis=1),
        "rare pairs": _rarest([p.pairs for p in later], [p.pairs for p in earlier], weigh_pair),
        "speaks for itself": np.tile([float(p.source < 0) for p in earlier], (len(later), 1)),
        "no other country": _agree_on_places(later, earlier),
        "best for it": _divide(mixed, mixed.max(axis=1, keepdims=True, initial=0.0)),
        "best of it": _divide(mixed, mixed.max(axis=0, keepdims=True, initial=0.0)),
    }
    return {**grids, **_score_codes(later, earlier, codebook)}


def score_likeness(profiles: Sequence[Profile]) -> Grid:
    """Likeness in wording and context of the units of one round with one another, 0 on the diagonal, in [0, 1].

    Units that name different countries have none. Cheaper than score_features, which compares two rounds.
    """
    weigh = _make_weigher(profiles, None)
    words, context = [p.words for p in profiles], [p.context for p in profiles]
    close: Grid = np.maximum(_cosine(words, words, weigh), 0.8 * _cosine(context, context, weigh))
    close = close * _agree_on_places(profiles, profiles)
    np.fill_diagonal(close, 0.0)
    return close


def _score_codes(later: Sequence[Profile], earlier: Sequence[Profile], codebook: Codebook) -> dict[str, Grid]:
    def issues(p: Profile) -> list[str]:
        return [t.code_id for t in p.unit.tags.issues]

    def domains(p: Profile) -> list[str]:
        return [codebook.domain_of(code_id) for code_id in issues(p)]

    def industries(p: Profile) -> list[str]:
        return [t.code_id for t in p.unit.tags.industries]

    main = np.array([[float(a.unit.tags.main_issue == b.unit.tags.main_issue) for b in earlier] for a in later])
    return {
        "main issue": main.reshape(len(later), len(earlier)),
        "issues": _share_any([issues(p) for p in later], [issues(p) for p in earlier]),
        "domain": _share_any([domains(p) for p in later], [domains(p) for p in earlier]),
        "industries": _share_any([industries(p) for p in later], [industries(p) for p in earlier]),
    }


def _make_weigher(profiles: Sequence[Profile], background: Mapping[str, int] | None) -> Callable[[str], float]:
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


def _matrices(
    a: Sequence[Bag], b: Sequence[Bag], weigh: Callable[[str], float], power: float = 1.0
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    vocabulary: dict[str, int] = {}
    for bag in chain(a, b):
        for word in bag:
            vocabulary.setdefault(word, len(vocabulary))
    weights = [weigh(word) ** power for word in vocabulary]
    return _matrix(a, vocabulary, weights), _matrix(b, vocabulary, weights)


def _matrix(bags: Sequence[Bag], vocabulary: dict[str, int], weights: Sequence[float]) -> sparse.csr_matrix:
    columns = [[vocabulary[w] for w in bag] for bag in bags]
    data = [v * weights[vocabulary[w]] for bag in bags for w, v in bag.items()]
    ends = np.cumsum([0, *(len(c) for c in columns)])
    flat = np.fromiter(chain.from_iterable(columns), dtype=np.int64, count=int(ends[-1]))
    return sparse.csr_matrix((data, flat, ends), shape=(len(bags), max(1, len(vocabulary))), dtype=np.float64)


def _cosine(a: Sequence[Bag], b: Sequence[Bag], weigh: Callable[[str], float]) -> Grid:
    left, right = _matrices(a, b, weigh)
    product = np.asarray((left @ right.T).todense())
    return np.minimum(1.0, _divide(product, np.outer(_norms(left), _norms(right))))


def _rarest(a: Sequence[Bag], b: Sequence[Bag], weigh: Callable[[str], float]) -> Grid:
    """How telling the most telling words in common are: a power mean that comes near their maximum."""
    left, right = _matrices(a, b, weigh, power=4.0)
    return np.minimum(1.0, np.asarray((left @ right.T).todense()) ** 0.125)


def _cover(a: Sequence[Bag], b: Sequence[Bag], weigh: Callable[[str], float]) -> Grid:
    """Share of the weight of each bag of ``a`` that lies on words of each bag of ``b``."""
    left, right = _matrices(a, b, weigh)
    right.data[:] = 1.0
    return np.minimum(1.0, _divide(np.asarray((left @ right.T).todense()), np.asarray(left.sum(axis=1)).reshape(-1, 1)))


def _known(later: Sequence[Bag], earlier: Sequence[Bag], weigh: Callable[[str], float]) -> Grid:
    """Share of a later bag's weight on words that occur anywhere in the earlier round; the same in every column."""
    vocabulary = {word for bag in earlier for word in bag}
    shares = []
    for bag in later:
        total = sum(value * weigh(w) for w, value in bag.items())
        known = sum(value * weigh(w) for w, value in bag.items() if w in vocabulary)
        shares.append(known / total if total else 1.0)
    return np.repeat(np.array(shares, dtype=float).reshape(-1, 1), len(earlier), axis=1)


def _agree_on_places(later: Sequence[Profile], earlier: Sequence[Profile]) -> Grid:
    """0 where both name countries and none in common (a project of its own in each), else 1."""
    return np.array(
        [[0.0 if a.places and b.places and not a.places & b.places else 1.0 for b in earlier] for a in later]
    ).reshape(len(later), len(earlier))


def _norms(matrix: sparse.csr_matrix) -> Grid:
    norms: Grid = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return norms


def _divide(a: Grid, b: Grid) -> Grid:
    return np.divide(a, b, out=np.zeros_like(a), where=np.broadcast_to(b, a.shape) > 0)


def _section_content(later: Sequence[Profile], earlier: Sequence[Profile], weigh: Callable[[str], float]) -> Grid:
    """Likeness of the whole sections that the units stand in; 0 where a document has no sections."""
    sides = []
    for profiles in (later, earlier):
        sums: dict[tuple[str, str], dict[str, float]] = {}
        for p in profiles:
            bag = sums.setdefault(p.section_key, {})
            for word in p.words:
                bag[word] = bag.get(word, 0.0) + 1.0
        order = {key: n for n, key in enumerate(sums)}
        sides.append((list(sums.values()), [order[p.section_key] for p in profiles]))
    (bags_a, rows), (bags_b, columns) = sides
    if not rows or not columns:
        return np.zeros((len(rows), len(columns)))
    return _cosine(bags_a, bags_b, weigh)[np.ix_(rows, columns)]


def _spell(profile: Profile) -> dict[str, float]:
    """Pieces of four letters of the words (two of Chinese ones)."""
    pieces: dict[str, float] = {}
    for word in profile.words:
        size = 4 if word.isascii() else 2
        for start in range(max(1, len(word) - size + 1)):
            pieces[word[start : start + size]] = 1.0
    return pieces


def _weigh_pieces(later: Sequence[Profile], earlier: Sequence[Profile]) -> Callable[[str], float]:
    counts: dict[str, int] = {}
    for profile in (*later, *earlier):
        for piece in _spell(profile):
            counts[piece] = counts.get(piece, 0) + 1
    total = len(later) + len(earlier) + 1
    return lambda piece: log(total / (counts[piece] + 0.5)) if counts[piece] < total else 0.0


def _share_any(a: Sequence[Sequence[str]], b: Sequence[Sequence[str]]) -> Grid:
    """Likeness of two short sets (Jaccard)."""
    one = _matrices([dict.fromkeys(x, 1.0) for x in a], [dict.fromkeys(x, 1.0) for x in b], lambda _: 1.0)
    common = np.asarray((one[0] @ one[1].T).todense())
    sizes = np.add.outer(
        np.array([len(set(x)) for x in a], dtype=float), np.array([len(set(x)) for x in b], dtype=float)
    )
    return _divide(common, sizes.reshape(common.shape) - common)


def _is_commitment(profile: Profile) -> float:
    tags = profile.unit.tags
    return float(ACTION_LEVELS.index(tags.action.code_id) >= 2 and not tags.main_issue.startswith("other."))
