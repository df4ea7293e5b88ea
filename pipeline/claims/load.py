"""Read corpus/claims.yaml into Claim records, complaining with claim and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.claims.comparison import RELATIONS
from pipeline.claims.counting import COUNTS
from pipeline.errors import CodebookError
from pipeline.records import Claim

_WORDS = frozenset({"terms", "without", "near"})
_CODES = frozenset({"issues", "industries", "domains"})
KEYS: dict[str, frozenset[str]] = {
    "presence": frozenset({"in", "least", "actions"}) | _CODES | _WORDS,
    "absence": frozenset({"in"}) | _CODES | _WORDS,
    "count": frozenset({"in", "of", "number", "at_least", "noun", "except"}) | _WORDS,
    "date": frozenset({"in", "from", "to", "by"}) | _WORDS,
    "ordering": frozenset({"first", "second"}),
    "attribution": frozenset({"in", "issues", "actions", "round", "group", "actor", "rivals"}) | _WORDS,
    "comparison": frozenset({"left", "right", "by", "relation", "within", "least"}) | _CODES | _WORDS,
}
"""Claim type -> the keys its query may have; docs/method.md says what each does."""


_SCOPE = frozenset({"framework", "rounds", "kinds", "documents", "from", "until"})
_PARTS: dict[str, frozenset[str]] = {
    "in": _SCOPE,
    "left": _SCOPE | _CODES | _WORDS,
    "right": _SCOPE | _CODES | _WORDS,
    "first": frozenset({"in", "actions"}) | _CODES | _WORDS,
    "second": frozenset({"in", "actions"}) | _CODES | _WORDS,
}
"""Part of a query -> the keys it may have in turn."""


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
    _check_keys(label, f"a {kind} claim", query, KEYS[kind])
    _check_choices(label, kind, query)
    return Claim(str(entry["id"]), str(entry["text"]), str(entry["text_zh"]), str(entry["where"]), kind, query)


def _check_keys(label: str, what: str, node: dict[str, Any], allowed: frozenset[str]) -> None:
    unknown = sorted(set(node) - allowed)
    if unknown:
        raise CodebookError(f"{label}: unknown key '{unknown[0]}'; {what} takes: {', '.join(sorted(allowed))}")
    for key in sorted(set(node) & set(_PARTS)):
        if not isinstance(node[key], dict):
            raise CodebookError(f"{label}: '{key}' must be a mapping, as in {key}: {{framework: TTC}}")
        _check_keys(label, f"'{key}'", node[key], _PARTS[key])


def _check_choices(label: str, kind: str, query: dict[str, Any]) -> None:
    """Words of which only some make sense; a slip must not pass for another meaning."""
    if kind == "comparison":
        _check_choice(label, "by", query.get("by"), tuple(RELATIONS))
        _check_choice(label, "relation", query.get("relation"), RELATIONS[query["by"]])
    elif kind == "count":
        _check_choice(label, "of", query.get("of"), COUNTS)
        if not isinstance(query.get("number"), int | float):
            raise CodebookError(f"{label}: 'number' must be the number claimed")
    elif kind == "date" and "by" in query:
        _check_choice(label, "by", query["by"], ("document", "sentence"))
    elif kind == "attribution" and not {"round", "group", "actor"} & set(query):
        raise CodebookError(f"{label}: say to what it is attributed with one of: round, group, actor")


def _check_choice(label: str, key: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise CodebookError(f"{label}: {key} '{value}' must be one of: {', '.join(choices)}")
