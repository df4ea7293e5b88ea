"""Load and check corpus/codebook.yaml: codes, frameworks with rounds and groups, crosswalk, rules.

Everything a user may change lives in that one file. A mistake in it raises CodebookError
with the file, the line and the remedy.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import CodebookError, UsageError, hint_nearest
from pipeline.records import ACTION_LEVELS, Dimension

_PARTS = ("issues", "industries", "actions")
SETTINGS = frozenset(("tagging", "yields", "clauses", "macros", "ignore", "continuation"))
CLAUSE_PARTS = frozenset(("form", "verb", "subject", "next", "place"))
"""What a rule on clauses may ask for; see docs/action-level.md."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in English and Chinese."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class RuleDef:
    """A rule as written in the codebook; ``spec`` holds its parts (see docs/codebook.md)."""

    id: str
    dimension: Dimension
    code_id: str
    language: str
    spec: dict[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class CodeDef:
    """One code: what it means, in which domain it stands (issues only), and its rules."""

    id: str
    dimension: Dimension
    domain: str
    name: Name
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    rules: tuple[RuleDef, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainDef:
    """A row of the paper's table 1: a group of issues. ``substantive`` is False for "other"."""

    id: str
    name: Name
    row: int
    substantive: bool = True


@dataclass(frozen=True, slots=True)
class RoundDef:
    """A meeting of a framework. ``aliases`` are phrases that name it in texts.

    ``meeting``: False for what is no step in time, such as treaty texts; changes skip it.
    """

    id: str
    name: Name
    date: str
    end: str
    place: str
    order: int
    aliases: tuple[str, ...] = ()
    meeting: bool = True


@dataclass(frozen=True, slots=True)
class ItemDef:
    """An item within a working group or pillar, with the issues it maps to."""

    id: str
    name: Name
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupDef:
    """A working group or pillar: its issues, its items, and phrases that name it."""

    id: str
    name: Name
    issues: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    items: tuple[ItemDef, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkDef:
    """A negotiating framework with its parties, rounds in order, and groups."""

    id: str
    name: Name
    aliases: tuple[str, ...]
    parties: tuple[str, ...]
    rounds: tuple[RoundDef, ...]
    groups: tuple[GroupDef, ...]

    def round_order(self, round_id: str) -> int:
        """Position of a round; unknown rounds come last."""
        return next((r.order for r in self.rounds if r.id == round_id), len(self.rounds))


@dataclass(frozen=True)
class Codebook:
    """The whole codebook. ``sha256`` is that of the file's bytes."""

    path: str
    sha256: str
    domains: tuple[DomainDef, ...]
    codes: tuple[CodeDef, ...]
    frameworks: tuple[FrameworkDef, ...]
    settings: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, CodeDef]:
        return {code.id: code for code in self.codes}

    @cached_property
    def rules_sha256(self) -> str:
        """Hash of what rule tagging depends on: codes, rules and settings, not names or frameworks."""
        rules = [(code.id, code.domain, [(r.id, r.language, r.spec) for r in code.rules]) for code in self.codes]
        return hashlib.sha256(repr((rules, self.settings)).encode()).hexdigest()

    @cached_property
    def issues(self) -> tuple[str, ...]:
        return self._ids("issue")

    @cached_property
    def industries(self) -> tuple[str, ...]:
        return self._ids("industry")

    @cached_property
    def substantive_issues(self) -> tuple[str, ...]:
        """Issues outside the domain "other"."""
        off = {domain.id for domain in self.domains if not domain.substantive}
        return tuple(c.id for c in self.codes if c.dimension == "issue" and c.domain not in off)

    def domain_of(self, issue: str) -> str:
        """The domain id of an issue; the issue itself where the codebook no longer has it."""
        code = self.by_id.get(issue)
        return code.domain if code else issue

    def name_of(self, code_id: str, language: str = "en") -> str:
        """Display name of a code or domain; the id itself where it is unknown."""
        code = self.by_id.get(code_id)
        if code:
            return code.name.in_language(language)
        domain = next((d for d in self.domains if d.id == code_id), None)
        return domain.name.in_language(language) if domain else code_id

    def framework(self, framework_id: str) -> FrameworkDef:
        """The framework of that id (any case); UsageError names the nearest where there is none."""
        for framework in self.frameworks:
            if framework.id.lower() == framework_id.lower():
                return framework
        raise UsageError(_unknown("framework", framework_id, [f.id for f in self.frameworks]))

    def _ids(self, dimension: Dimension) -> tuple[str, ...]:
        return tuple(c.id for c in self.codes if c.dimension == dimension)


def load_codebook(path: Path) -> Codebook:
    """Read and check the codebook file.

    Raises CodebookError for a file that is missing, is no YAML, or breaks the scheme.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}); restore corpus/codebook.yaml") from error
    return _parse_codebook(path, data)


@lru_cache(maxsize=2)
def _parse_codebook(path: Path, data: bytes) -> Codebook:
    """A command and its tagger ask for the same one."""
    reader = _Reader(path.name, data)
    top = reader.top()
    reader.check_keys(top, "the file", "domains issues industries actions frameworks settings")
    domains = tuple(reader.domain(key, node) for key, node in reader.items(top, "domains"))
    domain_ids = {domain.id for domain in domains}
    codes = (
        *(reader.code(key, node, "issue", domain_ids) for key, node in reader.items(top, "issues")),
        *(reader.code(key, node, "industry", domain_ids) for key, node in reader.items(top, "industries")),
        *(reader.code(key, node, "action", domain_ids) for key, node in reader.items(top, "actions")),
    )
    reader.check_actions(codes)
    reader.check_unique([ids for part in _PARTS for ids in top[part].lines.items()], "code")
    issue_ids = {code.id for code in codes if code.dimension == "issue"}
    frameworks = tuple(reader.framework(key, node, issue_ids) for key, node in reader.items(top, "frameworks"))
    return Codebook(
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        domains=domains,
        codes=codes,
        frameworks=frameworks,
        settings=reader.settings(top),
    )


class _Lined(dict[str, Any]):
    """A mapping that knows the line it starts on, and the line of each key."""

    line: int
    lines: dict[str, int]


class _Reader:
    """Turns the parsed file into records, complaining with file and line."""

    def __init__(self, name: str, data: bytes) -> None:
        import yaml

        self.name = name
        self.rule_ids: dict[str, int] = {}
        try:
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(data)
            node = loader.get_single_node()
            self.data = _build(node, self.name) if node is not None else None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise CodebookError(f"{name}:{line}: not valid YAML ({error.problem}); mend the line") from error

    def fail(self, line: int, message: str) -> CodebookError:
        return CodebookError(f"{self.name}:{line}: {message}")

    def top(self) -> _Lined:
        if not isinstance(self.data, _Lined):
            raise self.fail(1, "the file must be a mapping with domains, issues, industries, actions, frameworks")
        return self.data

    def items(self, node: _Lined, key: str, *, required: bool = True) -> list[tuple[str, Any]]:
        value = node.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, _Lined):
            raise self.fail(node.lines.get(key, node.line), f"'{key}' must be a mapping; add it")
        return list(value.items())

    def check_keys(self, node: _Lined, what: str, allowed: str) -> None:
        for key in node:
            if key not in allowed.split():
                raise self.fail(node.lines[key], f"{what}: unknown key '{key}'; use one of: {allowed}")

    def domain(self, key: str, node: Any) -> DomainDef:
        node = self._mapping(node, key)
        self.check_keys(node, f"domain {key}", "name row substantive")
        return DomainDef(key, self.bilingual(node, key), int(node.get("row", 0)), bool(node.get("substantive", True)))

    def code(self, key: str, node: Any, dimension: Dimension, domains: set[str]) -> CodeDef:
        node = self._mapping(node, key)
        self.check_keys(node, f"code {key}", "domain name definition include exclude rules")
        domain = str(node.get("domain", ""))
        if dimension == "issue" and domain not in domains:
            line = node.lines.get("domain", node.line)
            raise self.fail(
                line, f"code {key}: domain '{domain}' is not declared; {_unknown('domain', domain, sorted(domains))}"
            )
        if not node.get("definition"):
            raise self.fail(node.line, f"code {key}: 'definition' is missing; say what belongs here")
        rules = node.get("rules") or []
        if not isinstance(rules, list):
            raise self.fail(node.lines["rules"], f"code {key}: 'rules' must be a list")
        return CodeDef(
            id=key,
            dimension=dimension,
            domain=domain,
            name=self.bilingual(node, key),
            definition=str(node["definition"]),
            include=self.strings(node, "include"),
            exclude=self.strings(node, "exclude"),
            rules=tuple(self.rule(rule, key, dimension, position) for position, rule in enumerate(rules)),
        )

    def rule(self, node: Any, code_id: str, dimension: Dimension, position: int) -> RuleDef:
        node = self._mapping(node, f"rule {position + 1} of {code_id}")
        rule_id = str(node.get("id", ""))
        if not rule_id:
            raise self.fail(node.line, f"rule {position + 1} of {code_id}: 'id' is missing; give it one")
        if rule_id in self.rule_ids:
            raise self.fail(
                node.line, f"rule {rule_id}: the id is taken on line {self.rule_ids[rule_id]}; choose another"
            )
        self.rule_ids[rule_id] = node.line
        language = str(node.get("language", ""))
        if language not in ("en", "zh"):
            raise self.fail(node.line, f"rule {rule_id}: language '{language}' is not en or zh; set it")
        spec = {key: value for key, value in node.items() if key not in ("id", "language")}
        self.check_rule(node, rule_id)
        return RuleDef(rule_id, dimension, code_id, language, spec, node.line)

    def check_rule(self, node: _Lined, rule_id: str) -> None:
        """The parts of a rule have the right names and kinds; phrases themselves are read by the tagger."""
        what = f"rule {rule_id}"
        self.check_keys(node, what, "id language weight phrases with without in pattern trigger clause")
        for key in ("phrases", "with", "without", "trigger"):
            if not all(self.strings(node, key)):
                raise self.fail(node.lines[key], f"{what}: '{key}' has an empty entry; delete it")
        if not any(node.get(key) for key in ("phrases", "pattern", "clause")):
            raise self.fail(node.line, f"{what}: has nothing to find; add 'phrases', as in phrases: [export control]")
        if bool(node.get("pattern")) != bool(node.get("trigger")):
            raise self.fail(
                node.line, f"{what}: 'pattern' and 'trigger' go together; name the words that let the pattern run"
            )
        pattern = node.get("pattern", [])
        if not isinstance(pattern, list) or not all(isinstance(token, dict) for token in pattern):
            raise self.fail(
                node.lines["pattern"], f"{what}: 'pattern' must be a list of tokens, as in [{{LOWER: steel}}]"
            )
        clause = node.get("clause", {})
        if not isinstance(clause, dict) or any(not isinstance(names, list) or not names for names in clause.values()):
            raise self.fail(node.lines["clause"], f"{what}: 'clause' maps to lists, as in {{form: [future]}}")
        if unknown := set(clause) - CLAUSE_PARTS:
            parts = ", ".join(sorted(CLAUSE_PARTS))
            raise self.fail(node.lines["clause"], f"{what}: clause knows no '{sorted(unknown)[0]}'; use: {parts}")
        weight = node.get("weight", 1)
        if not isinstance(weight, int | float) or not 0 < weight <= 10:
            raise self.fail(node.lines["weight"], f"{what}: weight '{weight}' must be a number above 0, at most 10")
        if node.get("in", "both") not in ("both", "unit", "heading"):
            raise self.fail(node.lines["in"], f"{what}: in '{node['in']}' must be unit, heading or both")

    def framework(self, key: str, node: Any, issues: set[str]) -> FrameworkDef:
        node = self._mapping(node, key)
        self.check_keys(node, f"framework {key}", "name aliases parties rounds groups")
        rounds = [self._round(entry, order, key) for order, entry in enumerate(node.get("rounds") or [])]
        groups = [self._group(group, key, issues) for group in node.get("groups") or []]
        for part in ("rounds", "groups"):
            ids = [(str(entry["id"]), entry.line) for entry in node.get(part) or []]
            self.check_unique(ids, f"framework {key}: {part.removesuffix('s')}")
        return FrameworkDef(
            key,
            self.bilingual(node, key),
            self.strings(node, "aliases"),
            self.strings(node, "parties"),
            tuple(rounds),
            tuple(groups),
        )

    def _round(self, node: Any, order: int, framework: str) -> RoundDef:
        node = self._mapping(node, f"round {order + 1} of {framework}")
        self.check_keys(node, f"round of {framework}", "id name date end place aliases meeting")
        round_id = self._id(node, f"round {order + 1} of {framework}")
        begin = self.check_date(node, "date")
        end = self.check_date(node, "end") or begin
        return RoundDef(
            round_id,
            self.bilingual(node, round_id),
            begin,
            end,
            str(node.get("place", "")),
            order,
            self.strings(node, "aliases"),
            bool(node.get("meeting", True)),
        )

    def _group(self, node: Any, framework: str, issues: set[str]) -> GroupDef:
        node = self._mapping(node, f"group of {framework}")
        self.check_keys(node, f"group of {framework}", "id name aliases issues items")
        group_id = self._id(node, f"group of {framework}")
        items = tuple(self._item(item, group_id, issues) for item in node.get("items") or [])
        return GroupDef(
            group_id, self.bilingual(node, group_id), self._issues(node, issues), self.strings(node, "aliases"), items
        )

    def _item(self, node: Any, group: str, issues: set[str]) -> ItemDef:
        node = self._mapping(node, f"item of {group}")
        self.check_keys(node, f"item of {group}", "id name issues")
        item_id = self._id(node, f"item of {group}")
        return ItemDef(item_id, self.bilingual(node, item_id), self._issues(node, issues))

    def _issues(self, node: _Lined, issues: set[str]) -> tuple[str, ...]:
        found = self.strings(node, "issues")
        for issue in found:
            if issue not in issues:
                raise self.fail(node.lines["issues"], _unknown("issue", issue, sorted(issues)))
        return found

    def _id(self, node: _Lined, what: str) -> str:
        if "id" not in node:
            raise self.fail(node.line, f"{what}: 'id' is missing; give it one")
        return str(node["id"])

    def bilingual(self, node: _Lined, key: str) -> Name:
        value = node.get("name")
        if not isinstance(value, dict) or not value.get("en") or not value.get("zh"):
            raise self.fail(node.line, f"{key}: 'name' needs both en and zh, as in name: {{en: Tax, zh: 税收}}")
        return Name(str(value["en"]), str(value["zh"]))

    def strings(self, node: _Lined, key: str) -> tuple[str, ...]:
        value = node.get(key) or []
        if isinstance(value, str) or not isinstance(value, list):
            raise self.fail(node.lines[key], f"'{key}' must be a list, as in {key}: [one, two]")
        return tuple(str(entry) for entry in value)

    def settings(self, top: _Lined) -> dict[str, Any]:
        """The settings as they stand; what the numbers and words mean is for those who use them to check."""
        found = self.items(top, "settings", required=False)
        for key, node in found:
            line = top["settings"].lines[key]
            if key not in SETTINGS:
                raise self.fail(line, f"settings: {_unknown('section', key, sorted(SETTINGS))}")
            if not isinstance(node, _Lined):
                raise self.fail(line, f"settings: '{key}' must be a mapping")
            for part in node if key not in ("tagging", "yields") else ():
                if part not in ("en", "zh"):
                    raise self.fail(node.lines[part], f"settings: {key}: language '{part}' is not en or zh")
                if key in ("ignore", "continuation"):
                    self.strings(node, part)
                elif key == "macros":
                    for macro in self._mapping(node[part], f"settings: {key}: {part}"):
                        self.strings(node[part], macro)
        return dict(found)

    def check_unique(self, ids: list[tuple[str, int]], what: str) -> None:
        seen: dict[str, int] = {}
        for one, line in ids:
            if one in seen:
                raise self.fail(line, f"{what} '{one}' stands twice, first on line {seen[one]}; rename one")
            seen[one] = line

    def check_date(self, node: _Lined, key: str) -> str:
        """The date under ``key``, "" where there is none; a year, a month or a day that exists."""
        value = str(node.get(key, ""))
        if value:
            try:
                date.fromisoformat(f"{value}-01-01"[:10] if len(value) in (4, 7) else value)
            except ValueError as error:
                raise self.fail(node.lines[key], f"'{value}' is no date; write it as in 2024-04-05") from error
        return value

    def check_actions(self, codes: tuple[CodeDef, ...]) -> None:
        found = [code.id for code in codes if code.dimension == "action"]
        if sorted(found) != sorted(ACTION_LEVELS):
            raise self.fail(1, f"actions must be exactly: {', '.join(ACTION_LEVELS)}")

    def _mapping(self, node: Any, what: str) -> _Lined:
        if not isinstance(node, _Lined):
            raise self.fail(1, f"{what}: must be a mapping of keys to values")
        return node


def _build(node: Any, name: str) -> Any:
    """A YAML node tree as plain values, mappings with their lines."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        result = _Lined()
        result.line = node.start_mark.line + 1
        result.lines = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                raise CodebookError(f"{name}:{key_node.start_mark.line + 1}: '{key}' stands twice; keep one")
            result[key] = _build(value_node, name)
            result.lines[key] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, name) for child in node.value]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    tag, value = node.tag.rsplit(":", 1)[-1], node.value
    if tag == "int":
        return int(value)
    if tag == "float":
        return float(value)
    if tag == "bool":
        return value.lower() in ("true", "yes", "on")
    return None if tag == "null" else value


def _unknown(what: str, name: str, known: list[str]) -> str:
    hint = hint_nearest(name, known, f"known: {', '.join(known[:12])}", cutoff=0.4)
    return f"unknown {what} '{name}'; {hint}"
