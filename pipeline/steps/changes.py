"""Changes and threads as plain rows, in the form of the command contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.records import Change
from pipeline.steps.explain import to_evidence_row
from pipeline.steps.files import write_text
from pipeline.steps.results import Corpus, compute_changes, compute_threads, load_corpus
from pipeline.steps.workspace import Workspace


def list_changes(
    workspace: Workspace,
    framework: str,
    round_from: str = "",
    round_to: str = "",
    notify: Callable[[str], None] | None = None,
) -> list[dict[str, Any]]:
    """One row a commitment; the last two rounds with documents where none is named.

    ``notify`` is told which kinds of document each round rests on where the two differ.
    """
    return [to_change_row(change) for change in _find_changes(workspace, framework, round_from, round_to, notify)]


def write_reading(
    workspace: Workspace, framework: str, path: Path, *, round_from: str = "", round_to: str = "", language: str = "en"
) -> Path:
    """Both rounds side by side with changed words marked: Markdown for notes (.md), or a table for Excel (.csv).

    Raises UsageError for another ending or language.
    """
    import csv
    from dataclasses import asdict
    from io import StringIO

    from pipeline.changes import make_reading, to_markdown

    if path.suffix not in (".md", ".csv") or language not in ("en", "zh"):
        raise UsageError(f"{path.name}, {language}: give a file that ends in .md or .csv, and en or zh")
    changes = _find_changes(workspace, framework, round_from, round_to)
    if not changes:
        raise UsageError(f"{framework}: no commitments in these rounds, nothing to write")
    rows = make_reading(changes, lambda code_id: workspace.codebook.name_of(code_id, language), language)
    if path.suffix == ".md":
        names = {"framework": changes[0].framework, "earlier": changes[0].round_from, "later": changes[0].round_to}
        text = to_markdown(rows, **names, language=language)
    else:
        table = StringIO()
        writer = csv.DictWriter(table, list(asdict(rows[0])), lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
        text = "\ufeff" + table.getvalue()
    write_text(path, text)
    return path


def _find_changes(
    workspace: Workspace,
    framework: str,
    round_from: str,
    round_to: str,
    notify: Callable[[str], None] | None = None,
) -> tuple[Change, ...]:
    corpus = load_corpus(workspace)
    framework = workspace.codebook.framework(framework).id
    rounds = [name for name, _ in corpus.rounds_of(framework)]
    if len(rounds) < 2 and not (round_from and round_to):
        raise UsageError(f"{framework} has documents of {len(rounds)} round(s); changes need two, ingest more")
    round_to = round_to or rounds[-1]
    if not round_from:
        if round_to not in rounds or rounds.index(round_to) == 0:
            raise UsageError(f"no round before '{round_to}'; name one with --from (rounds: {', '.join(rounds)})")
        round_from = rounds[rounds.index(round_to) - 1]
    if notify:
        kinds = [_list_kinds(corpus, framework, name) for name in (round_from, round_to)]
        if kinds[0] != kinds[1]:
            notify(
                f"round {round_from} rests on {kinds[0]}, round {round_to} on {kinds[1]}: documents of different form"
                " say different things, so read new and dropped with care"
            )
    return compute_changes(corpus, framework, round_from, round_to)


def _list_kinds(corpus: Corpus, framework: str, round_id: str) -> str:
    return ", ".join(sorted({unit.kind for unit in corpus.of_framework(framework) if unit.round == round_id}))


def to_change_row(change: Change) -> dict[str, Any]:
    return {
        "status": change.status,
        "issues": list(change.issues),
        "from": [
            {
                **to_evidence_row(link.evidence, link.text),
                "score": round(link.score, 4),
                "reasons": [{"what": what, "weight": round(weight, 4)} for what, weight in link.reasons],
            }
            for link in change.links
        ],
        "to": to_evidence_row(change.to, change.to_text) if change.to else None,
        "action_from": change.action_from,
        "action_to": change.action_to,
        "score": round(change.score, 4),
        "signals": list(change.signals),
    }


def list_threads(
    workspace: Workspace, framework: str, query: str, *, issue: str = "", industry: str = "", partner: str = ""
) -> list[dict[str, Any]]:
    """Initiatives over the rounds whose name or sentences fit, longest first."""
    from pipeline.changes import search_threads

    corpus = load_corpus(workspace)
    framework = workspace.codebook.framework(framework).id
    found = search_threads(compute_threads(corpus, framework), query, issue=issue, industry=industry, partner=partner)
    ordered = sorted(found, key=lambda thread: (-len(thread.steps), thread.id))
    return [
        {
            "id": thread.id,
            "name": thread.name,
            "first": thread.steps[0].round,
            "last": thread.steps[-1].round,
            "path": " > ".join(f"{step.round}:{step.action}" for step in thread.steps),
            "issues": list(thread.issues),
            "industries": list(thread.industries),
            "steps": [
                {
                    "round": step.round,
                    "date": step.date,
                    "action": step.action,
                    "status": step.status,
                    **to_evidence_row(step.evidence, step.text),
                }
                for step in thread.steps
            ],
        }
        for thread in ordered
    ]
