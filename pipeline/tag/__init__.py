"""Units to tags: rules, classifier and their combination, behind one Tagger interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import ModelError, PipelineError
from pipeline.records import Unit, UnitTags

if TYPE_CHECKING:
    from pipeline.codebook import Codebook
    from pipeline.tag.rules import RuleTagger


class Tagger(Protocol):
    """Anything that codes units. ``id`` changes whenever its answers may change."""

    @property
    def id(self) -> str: ...

    def tag_units(self, units: Sequence[Unit]) -> list[UnitTags]:
        """Tags aligned with ``units``, which are in reading order, whole documents at a time."""
        ...


def load_tagger(codebook: Codebook, model_dir: Path | None = None) -> Tagger:
    """The tagger in use: rules alone, or rules combined with the model in ``model_dir``.

    Raises ModelError where the model's files are missing, changed, of an unknown make, or cannot code a sentence.
    """
    from pipeline.tag.rules import RuleTagger

    rules = RuleTagger(codebook)
    if model_dir is None:
        return rules
    try:
        tagger = _load_combined(rules, model_dir)
        tagger.tag_units([_PROBE])
    except (PipelineError, MemoryError):
        raise
    except Exception as error:  # files of an older layout fail in as many ways as there were layouts
        detail = f"{type(error).__name__}: {str(error)[:120]}"
        raise ModelError(f"{model_dir.name}: cannot be used by this parley ({detail}); train it anew") from error
    return tagger


def _load_combined(rules: RuleTagger, model_dir: Path) -> Tagger:
    from pipeline.tag.combine import CombinedTagger
    from pipeline.tag.modelfile import load_model

    classifier, vectors = load_model(model_dir)
    embedder = None
    if classifier.settings.embedder:
        from pipeline.tag.embeddings import load_embedder

        embedder = load_embedder(classifier.settings.embedder)
    return CombinedTagger(rules, classifier, vectors, name=model_dir.name, embedder=embedder)


_PROBE = Unit("probe", 0, 0, 24, "We will trade more data.", "", 0, "en")
