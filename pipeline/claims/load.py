"""Read corpus/claims.yaml into Claim records, complaining with claim and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import CodebookError
from pipeline.records import Claim

KEYS: dict[str, frozenset[str]] = {
    "presence": frozenset({"in", "issues", "industries", "domains", "terms", "without", "least", "actions"}),
    "absence": frozenset({"in", "issues", "industries", "domains", "terms", "without"}),
    "count": frozenset({"in", "of", "number", "at_least", "noun", "terms", "without", "except"}),
    "date": frozenset({"in", "terms", "without", "from", "to"}),
    "ordering": frozenset({"first", "second"}),
    "attribution": frozenset({"in", "issues", "terms", "without", "actions", "round", "group", "actor", "rivals"}),
    "comparison": frozenset({"left", "right", "by", "relation", "within", "issues", "domains", "industries", "terms"}),
}
"""Claim type -> the keys its query may have; docs/method.md says what each does."""


def load_claims(path: Path) -> tuple[Claim, ...]:
    """The claims of a file in its order; CodebookError names the claim that breaks the scheme."""
    import yaml

    try:
        top = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise CodebookError(f"{path.name}: cannot be read ({error}); mend the file") from error
    entries = (top or {}).get("claims") if isinstance(top, dict) else None
    if not isinstance(entries, list):
        raise CodebookError(f"{path.name}: a list under 'claims' is missing; add it")
    claims = tuple(_to_claim(path.name, entry, position) for position, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise CodebookError(f"{path.name}: claim {claim.id}: the id stands twice; rename one")
        seen.add(claim.id)
    return claims


def _to_claim(name: str, entry: Any, position: int) -> Claim:
    if not isinstance(entry, dict):
        raise CodebookError(f"{name}: claim {position}: must be a mapping with id, type, text, text_zh, where, query")
    label = f"{name}: claim {entry.get('id', position)}"
    for key in ("id", "type", "text", "text_zh", "where", "query"):
        if not entry.get(key):
            raise CodebookError(f"{label}: '{key}' is missing; add it")
    kind, query = str(entry["type"]), entry["query"]
    if kind not in KEYS:
        raise CodebookError(f"{label}: unknown type '{kind}'; use one of: {', '.join(KEYS)}")
    if not isinstance(query, dict):
        raise CodebookError(
            f"{label}: 'query' must be a mapping, as in query: {{in: {{framework: TTC}}, issues: [...]}}"
        )
    unknown = sorted(set(query) - KEYS[kind])
    if unknown:
        raise CodebookError(
            f"{label}: unknown key '{unknown[0]}'; a {kind} claim takes: {', '.join(sorted(KEYS[kind]))}"
        )
    return Claim(str(entry["id"]), str(entry["text"]), str(entry["text_zh"]), str(entry["where"]), kind, query)
