"""What the classifier learns from: gold aligned with the store's units, and held-out codes for comparison."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.machine import count_cores
from pipeline.records import ACTION_LEVELS, GoldUnit, Tag, Unit, UnitTags
from pipeline.steps.folds import group_documents
from pipeline.steps.gold import list_annotations, read_annotations, read_gold
from pipeline.steps.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.tag.classifier import FitSettings, GoldCodes
    from pipeline.tag.features import Inputs
    from pipeline.tag.vectors import WordVectors

Progress = Callable[[str, int, int], None]
VECTORS_FILE = "vectors.npz"
TAGGERS = ("majority", "tfidf", "rules", "classifier", "combined")


@dataclass(frozen=True)
class TrainingData:
    """Whole documents that have gold, in the order of their ids.

    ``gold``: aligned with ``units``, None where nobody coded. ``rounds``: framework and round of
    each unit. ``missing``: annotated documents that are not in the store. ``lost``: annotations
    that fit no unit any more. ``hashes``: (document id, sha256 of its bytes, sha256 of its annotations).
    """

    units: tuple[Unit, ...]
    gold: tuple[GoldUnit | None, ...]
    rounds: tuple[str, ...]
    missing: tuple[str, ...] = ()
    lost: tuple[GoldUnit, ...] = ()
    hashes: tuple[tuple[str, str, str], ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(unit.document_id for unit in self.units)

    @property
    def folds(self) -> tuple[str, ...]:
        """What is left out together, by unit: a document, or several small ones."""
        return group_documents(self.documents)

    @property
    def data_sha256(self) -> str:
        """Changes with any text or annotation that was learnt from."""
        return hashlib.sha256(repr(self.hashes).encode()).hexdigest()


@dataclass(frozen=True)
class Prepared:
    """Training data with the rules' evidence and the features, computed once for all folds."""

    data: TrainingData
    rule_tags: list[UnitTags]
    inputs: Inputs
    blank_tags: list[UnitTags]
    blank_inputs: Inputs
    vectors: WordVectors
    gold: list[GoldCodes | None] = field(default_factory=list)


def read_training_data(workspace: Workspace) -> TrainingData:
    """Gold and texts that are there; PipelineError where not one annotated document is in the store."""
    from pipeline.evaluate.alignment import align_gold
    from pipeline.segment import unit_check

    annotated = read_gold(workspace.annotations)
    units: list[Unit] = []
    gold: list[GoldUnit | None] = []
    rounds: list[str] = []
    lost: list[GoldUnit] = []
    hashes, missing = [], []
    with workspace.open_store(read_only=True) as store:
        overview = {document.id: document for document in store.read_overview()}
        for document_id in sorted(annotated):
            document = overview.get(document_id)
            if document is None:
                missing.append(document_id)
                continue
            own = store.read_units(document_id)
            alignment = align_gold(annotated[document_id], own, check=unit_check)
            found = {unit.n: annotation for annotation, unit in alignment.pairs}
            units += own
            gold += [found.get(unit.n) for unit in own]
            rounds += [f"{document.framework} {document.round}".strip() or document_id] * len(own)
            lost += alignment.lost
            hashes.append((document_id, document.sha256, hash_annotations(workspace, document_id)))
    if not units:
        raise PipelineError(
            f"none of the {len(annotated)} annotated documents is in the store; get them with parley fetch"
            " or parley ingest, then run again"
        )
    return TrainingData(tuple(units), tuple(gold), tuple(rounds), tuple(missing), tuple(lost), tuple(hashes))


def hash_annotations(workspace: Workspace, document_id: str) -> str:
    """SHA-256 over all coders' codes of a document and the checks of the texts they were given to."""
    digest = hashlib.sha256()
    for name, coder in list_annotations(workspace.annotations):
        if name == document_id:
            # offsets may move with the extraction; what was learnt are the codes of the texts
            for unit in read_annotations(workspace.annotations, name, coder):
                digest.update(repr((coder, unit.check, unit.issues, unit.industries, unit.action)).encode())
    return digest.hexdigest()


def prepare_training(workspace: Workspace, data: TrainingData, settings: FitSettings) -> Prepared:
    """Rule evidence and features of all units."""
    from pipeline.tag.classifier import GoldCodes
    from pipeline.tag.combine import silence_rules
    from pipeline.tag.embeddings import load_embedder
    from pipeline.tag.features import build_inputs
    from pipeline.tag.rules import RuleTagger

    vectors = read_vectors(workspace)
    tags, scores = RuleTagger(workspace.codebook).judge_units(data.units)
    blank_tags, blank_scores = silence_rules(tags, scores)
    embedder = load_embedder(settings.embedder) if settings.embedder else None
    return Prepared(
        data=data,
        rule_tags=tags,
        inputs=build_inputs(data.units, scores, vectors, settings=settings.features, embedder=embedder),
        blank_tags=blank_tags,
        blank_inputs=build_inputs(data.units, blank_scores, vectors, settings=settings.features, embedder=embedder),
        vectors=vectors,
        gold=[GoldCodes(g.issues, g.industries, g.action) if g else None for g in data.gold],
    )


def read_vectors(workspace: Workspace) -> WordVectors:
    """The word vectors that come with parley."""
    from pipeline.tag.vectors import WordVectors

    path = workspace.models / VECTORS_FILE
    try:
        return WordVectors.from_bytes(path.read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(
            f"{path}: no readable word vectors ({error}); restore the file from the repository"
        ) from error


def hold_out(
    workspace: Workspace,
    prepared: Prepared,
    settings: FitSettings,
    *,
    taggers: Sequence[str] = TAGGERS,
    groups: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> dict[str, list[UnitTags]]:
    """Codes of every unit by each tagger, fitted without the fold of documents (or other group) the unit stands in."""
    import numpy as np
    from joblib import Parallel, delayed

    by_group = np.array(groups or prepared.data.folds)
    names = sorted(set(by_group.tolist()))
    coded = np.array([g is not None for g in prepared.gold])
    splits = [(np.flatnonzero(by_group != name).tolist(), np.flatnonzero(by_group == name).tolist()) for name in names]
    useful = [(train, test) for train, test in splits if coded[train].any()]
    fitted = [tagger for tagger in taggers if tagger != "rules"]
    found: dict[str, list[UnitTags]] = {tagger: list(prepared.rule_tags) for tagger in taggers}
    folds = Parallel(n_jobs=min(len(useful), count_cores()) or 1, return_as="generator")(
        delayed(_fit_fold)(workspace, prepared, settings, fitted, train, test) for train, test in useful
    )
    for number, ((_, test), by_tagger) in enumerate(zip(useful, folds, strict=True), 1):
        for tagger, tags in by_tagger.items():
            for row, unit_tags in zip(test, tags, strict=True):
                found[tagger][row] = unit_tags
        if progress:
            progress("held-out folds", number, len(useful))
    return found


def _fit_fold(
    workspace: Workspace,
    prepared: Prepared,
    settings: FitSettings,
    taggers: Sequence[str],
    train: list[int],
    test: list[int],
) -> dict[str, list[UnitTags]]:
    return {tagger: _fold_tags(workspace, prepared, settings, tagger, train, test) for tagger in taggers}


def _fold_tags(
    workspace: Workspace, prepared: Prepared, settings: FitSettings, tagger: str, train: list[int], test: list[int]
) -> list[UnitTags]:
    if tagger == "majority":
        return _majority_tags(prepared, train, len(test))
    if tagger == "tfidf":
        return _tfidf_tags(prepared, train, test)
    from pipeline.tag.classifier import fit_classifier
    from pipeline.tag.combine import CombinedTagger
    from pipeline.tag.features import take_inputs
    from pipeline.tag.rules import RuleTagger

    alone = tagger == "classifier"
    inputs, tags = (prepared.blank_inputs, prepared.blank_tags) if alone else (prepared.inputs, prepared.rule_tags)
    classifier = fit_classifier(
        take_inputs(inputs, train),
        [prepared.gold[row] for row in train],
        [tags[row] for row in train],
        workspace.codebook,
        prepared.vectors,
        groups=[prepared.data.rounds[row] for row in train],
        settings=settings,
    )
    combined = CombinedTagger(RuleTagger(workspace.codebook), classifier, prepared.vectors, name=tagger)
    return combined.combine_inputs(take_inputs(inputs, test), [tags[row] for row in test])


def _majority_tags(prepared: Prepared, train: list[int], count: int) -> list[UnitTags]:
    from collections import Counter

    coded = [g for row in train if (g := prepared.gold[row]) is not None]
    issue, often = Counter(g.issues[0] for g in coded).most_common(1)[0]
    action, levels = Counter(g.action for g in coded).most_common(1)[0]
    tags = UnitTags(
        (Tag("issue", issue, often / len(coded), "model:majority"),),
        (),
        Tag("action", action, levels / len(coded), "model:majority"),
    )
    return [tags] * count


def _tfidf_tags(prepared: Prepared, train: list[int], test: list[int]) -> list[UnitTags]:
    """Word TF-IDF of the sentence and one logistic regression a code, all as scikit-learn sets them."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    known = [row for row in train if prepared.gold[row] is not None]
    gold = [g for row in known if (g := prepared.gold[row]) is not None]
    units = prepared.data.units
    vectorizer = TfidfVectorizer()
    seen = vectorizer.fit_transform([units[row].text for row in known])
    new = vectorizer.transform([units[row].text for row in test])

    def predict(codes: list[str], has: list[set[str]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        columns = []
        for code_id in codes:
            y = np.array([code_id in given for given in has])
            model = LogisticRegression(solver="liblinear").fit(seen, y) if y.any() and not y.all() else None
            columns.append(model.predict_proba(new)[:, 1] if model else np.full(len(test), float(y.all())))
        return np.array(columns).reshape(len(codes), len(test)).T

    issues = sorted({code for g in gold for code in g.issues})
    industries = sorted({code for g in gold for code in g.industries})
    by_issue = predict(issues, [set(g.issues) for g in gold])
    by_industry = predict(industries, [set(g.industries) for g in gold])
    by_level = predict(list(ACTION_LEVELS), [{g.action} for g in gold])
    return [
        UnitTags(
            tuple(
                Tag("issue", issues[k], float(a[k]), "model:tfidf")
                for rank, k in enumerate(np.argsort(-a, kind="stable")[:3])
                if rank == 0 or a[k] >= 0.5
            ),
            tuple(
                Tag("industry", name, float(p), "model:tfidf")
                for name, p in zip(industries, b, strict=True)
                if p >= 0.5
            ),
            Tag("action", ACTION_LEVELS[int(c.argmax())], float(c.max() / max(c.sum(), 1e-9)), "model:tfidf"),
        )
        for a, b, c in zip(by_issue, by_industry, by_level, strict=True)
    ]


__all__ = [
    "TAGGERS",
    "Prepared",
    "TrainingData",
    "hash_annotations",
    "hold_out",
    "prepare_training",
    "read_training_data",
    "read_vectors",
]
