"""Units to tags: rules, classifier and their combination, behind one Tagger interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.records import Unit, UnitTags

if TYPE_CHECKING:
    from pipeline.codebook import Codebook


class Tagger(Protocol):
    """Anything that codes units. ``id`` changes whenever its answers may change."""

    @property
    def id(self) -> str: ...

    def tag_units(self, units: Sequence[Unit]) -> list[UnitTags]:
        """Tags aligned with ``units``, which are in reading order, whole documents at a time."""
        ...


def load_tagger(codebook: Codebook, model_dir: Path | None = None) -> Tagger:
    """The tagger in use: rules alone, or rules combined with the model in ``model_dir``."""
    from pipeline.tag.rules import RuleTagger

    return RuleTagger(codebook)
