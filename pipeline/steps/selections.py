"""Any two parts of the corpus that a user may name: frameworks, rounds, documents, kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import UsageError, hint_nearest
from pipeline.records import CodedUnit

if TYPE_CHECKING:
    from pipeline.steps.results import Corpus


@dataclass(frozen=True, slots=True)
class Scope:
    """One side of a comparison: a framework, narrowed to some rounds and documents where named."""

    framework: str
    rounds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The framework's id, with what it is narrowed to."""
        return " ".join([self.framework, *([", ".join((*self.rounds, *self.documents))] if self.narrowed else [])])

    @property
    def narrowed(self) -> bool:
        return bool(self.rounds or self.documents)


def select_units(corpus: Corpus, scope: Scope) -> tuple[CodedUnit, ...]:
    """The counted units of a scope. Raises UsageError for a name without documents, with the nearest one."""
    framework = corpus.workspace.codebook.framework(scope.framework).id
    units = corpus.of_framework(framework)
    if not units:
        raise UsageError(
            f"{framework} has no documents in the store; parley report reads the digests in,"
            f" parley ingest FILE --framework {framework} a statement"
        )
    check_names(scope.rounds, (unit.round for unit in units), f"{framework} has no documents for round")
    left_out = {d.id for d in corpus.documents if d.framework == framework} - {u.unit.document_id for u in units}
    for name in scope.documents:
        if name in left_out:
            raise UsageError(
                f"{name} is not counted: an official text of its round, or another edition of it, stands for it"
            )
    check_names(scope.documents, (unit.unit.document_id for unit in units), f"{framework} has no document")
    return tuple(
        unit
        for unit in units
        if (not scope.rounds or unit.round in scope.rounds)
        and (not scope.documents or unit.unit.document_id in scope.documents)
    )


def check_names(names: Sequence[str], known: Iterable[str], what: str) -> None:
    """UsageError for the first name that is not known: the nearest one, and those there are."""
    there = sorted(set(known))
    for name in names:
        if name in there:
            continue
        hint = hint_nearest(name, there)
        listed = ", ".join(there[:20]) + (" ..." if len(there) > 20 else "") or "none"
        raise UsageError(
            f"{what} '{name}'; {hint} There are: {listed}" if hint else f"{what} '{name}'; there are: {listed}"
        )
