"""Changes between rounds kept from the last report: a new statement makes only the comparisons of its own framework anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from pipeline.records import Change, CodedUnit, Evidence, Link
from pipeline.steps.files import hash_bytes, write_text
from pipeline.steps.workspace import Workspace

_LIBRARIES = ("numpy", "scipy", "rapidfuzz")


class KeptChanges:
    """Tracks changes as ``track_changes`` does, and takes from ``corpus/built/changes.json`` what was tracked before.

    A comparison is known by its units with their tags, the code and the libraries. A file that is damaged or of
    other code counts as empty; with or without it the changes are the same.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._path = workspace.built / "changes.json"
        self._version = "|".join((workspace.code_version, *(version(name) for name in _LIBRARIES)))
        self._marks: dict[int, tuple[CodedUnit, bytes]] = {}
        self._used: dict[str, list[Any]] = {}
        self._kept = self._read()

    def track(
        self,
        earlier: Sequence[CodedUnit],
        later: Sequence[CodedUnit],
        *,
        framework: str,
        round_from: str,
        round_to: str,
    ) -> tuple[Change, ...]:
        """See changes.track_changes."""
        names = (framework, round_from, round_to)
        key = self._to_key(earlier, later, names)
        plain = self._used.get(key, self._kept.get(key))
        if plain is None:
            from pipeline.changes import track_changes

            changes = track_changes(earlier, later, framework=framework, round_from=round_from, round_to=round_to)
            # through JSON as a kept one, so that both are of the same types
            plain = json.loads(json.dumps([_to_plain(change) for change in changes]))
        self._used[key] = plain
        return tuple(_from_plain(row) for row in plain)

    def save(self) -> None:
        """Keep what was asked for since, and nothing else."""
        if self._used.keys() != self._kept.keys():
            body = json.dumps(self._used, ensure_ascii=False)
            write_text(self._path, f"{self._seal(body)}\n{body}")

    def _read(self) -> dict[str, list[Any]]:
        try:
            seal, _, body = self._path.read_text("utf-8").partition("\n")
        except (OSError, ValueError):
            return {}
        kept: dict[str, list[Any]] = json.loads(body) if seal == self._seal(body) else {}
        return kept

    def _seal(self, body: str) -> str:
        return hash_bytes(f"{self._version}\n{body}".encode())

    def _to_key(self, earlier: Sequence[CodedUnit], later: Sequence[CodedUnit], names: tuple[str, str, str]) -> str:
        digest = hashlib.sha256(json.dumps([*names, len(earlier), len(later)]).encode())
        for unit in (*earlier, *later):
            digest.update(self._mark(unit))
        return digest.hexdigest()

    def _mark(self, unit: CodedUnit) -> bytes:
        """Hash of a unit with its tags; the unit is held, so that its address stays its own."""
        found = self._marks.get(id(unit))
        if found is None:
            found = (unit, hashlib.sha256(repr(unit).encode("utf-8", "surrogatepass")).digest())
            self._marks[id(unit)] = found
        return found[1]


def _to_plain(change: Change) -> list[Any]:
    links = [[_to_place(link.evidence), link.text, link.score, link.reasons] for link in change.links]
    return [
        (change.framework, change.round_from, change.round_to, change.status),
        change.issues,
        links,
        _to_place(change.to) if change.to else None,
        (change.to_text, change.action_from, change.action_to, change.score),
        change.signals,
    ]


def _from_plain(row: list[Any]) -> Change:
    (framework, round_from, round_to, status), issues, links, to, (to_text, action_from, action_to, score), signals = (
        row
    )
    return Change(
        framework=framework,
        round_from=round_from,
        round_to=round_to,
        status=status,
        issues=tuple(issues),
        links=tuple(
            Link(Evidence(*place), text, score, tuple((what, weight) for what, weight in reasons))
            for place, text, score, reasons in links
        ),
        to=Evidence(*to) if to else None,
        to_text=to_text,
        action_from=action_from,
        action_to=action_to,
        score=score,
        signals=tuple(signals),
    )


def _to_place(evidence: Evidence) -> tuple[str, int, int, int]:
    return evidence.document_id, evidence.n, evidence.start, evidence.end
