"""The rules as a scikit-learn estimator: nothing to fit, ``predict`` gives an indicator matrix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from pipeline.codebook import load_codebook
from pipeline.errors import UsageError
from pipeline.records import ACTION_LEVELS, Unit
from pipeline.tag.rules import RuleTagger


class RuleEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Codes units, or plain texts, by the codebook's rules.

    ``dimension``: "issue" or "industry" (predict gives an indicator matrix, columns as ``classes_``)
    or "action" (predict gives the levels). Plain texts are taken each as a document of its own,
    in ``language``.
    """

    def __init__(
        self, codebook_path: str = "corpus/codebook.yaml", dimension: str = "issue", language: str = "en"
    ) -> None:
        self.codebook_path = codebook_path
        self.dimension = dimension
        self.language = language

    def fit(self, X: Sequence[Unit | str], y: object = None) -> RuleEstimator:
        """Load the codebook; ``X`` and ``y`` are not looked at."""
        codebook = load_codebook(Path(self.codebook_path))
        columns = {"issue": codebook.issues, "industry": codebook.industries, "action": ACTION_LEVELS}
        if self.dimension not in columns:
            raise UsageError(f"no dimension '{self.dimension}'; use one of: {', '.join(columns)}")
        self.tagger_ = RuleTagger(codebook)
        self.classes_ = np.array(columns[self.dimension])
        return self

    def predict(self, X: Sequence[Unit | str]) -> NDArray[Any]:
        """0/1 by unit and code; for the dimension "action" the level of each unit."""
        self._ensure_fitted()
        tags = self.tagger_.tag_units(self._to_units(X))
        if self.dimension == "action":
            return np.array([unit.action.code_id for unit in tags])
        column = {code_id: position for position, code_id in enumerate(self.classes_.tolist())}
        result = np.zeros((len(tags), len(column)), dtype=np.int8)
        for row, unit in enumerate(tags):
            for tag in unit.issues if self.dimension == "issue" else unit.industries:
                result[row, column[tag.code_id]] = 1
        return result

    def predict_scores(self, X: Sequence[Unit | str]) -> NDArray[np.float32]:
        """The evidence behind ``predict``, unbounded, one column a code."""
        self._ensure_fitted()
        scores = self.tagger_.score_units(self._to_units(X))
        chosen = {"issue": scores.issues, "industry": scores.industries, "action": scores.action}
        return chosen[self.dimension]

    def _ensure_fitted(self) -> None:
        if not hasattr(self, "tagger_"):
            self.fit(())

    def _to_units(self, X: Sequence[Unit | str]) -> list[Unit]:
        return [
            item if isinstance(item, Unit) else Unit(f"text-{n}", 0, 0, len(item), item, "", 0, self.language)
            for n, item in enumerate(X)
        ]
