"""From the rules that fired in a batch of texts to what each text says; matches are made only where asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.tag.asides import FindAsides, Reweigher, share_weight
from pipeline.tag.compile import Rule
from pipeline.tag.hits import Hits, find_level
from pipeline.tag.levels import Pick
from pipeline.tag.match import Fired, Match
from pipeline.tag.ragged import Ints
from pipeline.tag.tables import ACTION, CUE, INDUSTRY, ISSUE, RuleTables


class Spoken(NamedTuple):
    """What fires in a text: ``job`` of the firing, the clauses that rules fit, matches of token patterns."""

    hits: Hits
    firing: Firing
    job: int
    picks: Sequence[Pick]
    extra: Sequence[Match]

    def list_matches(self) -> list[Match]:
        """All matches: of phrases in order of position, of token patterns, of clauses."""
        clauses = [Match(rule, said, ((start, end),), start, end, end - start) for rule, start, said, end in self.picks]
        return [*self.firing.list_phrases(self.firing.list_rows(self.job)), *self.extra, *clauses]


class Firing:
    """Phrases that fired in the texts of a batch, with the rule of each row at the weight that counts there."""

    def __init__(self, fired: Fired, texts: Sequence[str], tables: RuleTables) -> None:
        self._fired, self._texts, self._tables = fired, texts, tables
        self._purpose = tables.purpose[fired.phrase]
        self._rules: list[Rule] = list(map(tables.rules.__getitem__, tables.rule_of[fired.phrase].tolist()))

    def lower_asides(self, find_asides: FindAsides, reweigh: Reweigher) -> None:
        """Give less weight to the issues that a text names in passing."""
        rows = np.flatnonzero(self._purpose == ISSUE)
        jobs, first = np.unique(self._fired.job[rows], return_index=True)
        numbers, starts, ends = rows.tolist(), self._fired.start[rows].tolist(), self._fired.end[rows].tolist()
        lows, highs = first.tolist(), [*first[1:].tolist(), len(numbers)]
        texts = [self._texts[job] for job in jobs.tolist()]
        found = find_asides(texts, [starts[high - 1] for high in highs[: len(texts)]])
        for one, asides in found.items():
            for place in range(lows[one], highs[one]):
                share = share_weight(starts[place], ends[place], asides)
                self._rules[numbers[place]] = reweigh(self._rules[numbers[place]], share)

    def list_spoken(self, picked: Sequence[Sequence[Pick]], extra: Sequence[Sequence[Match]]) -> list[Spoken]:
        """For each text what it says, with the rules that fit its clauses and the matches of token patterns."""
        issues, issue_starts, issue_at = self._sort(ISSUE)
        industries, industry_starts, industry_at = self._sort(INDUSTRY)
        acting_at = self._list_acting()
        begun = self._fired.job[(self._purpose == CUE) & (self._fired.start <= 1)]
        cues = set(begun.tolist())
        result = []
        for job, (text, picks, others) in enumerate(zip(self._texts, picked, extra, strict=True)):
            rows = acting_at.get(job)
            acting = picks
            if rows or others:
                picks, acting = self._weigh_acting(rows or (), others, picks)
            a, b, c, d = issue_at[job], issue_at[job + 1], industry_at[job], industry_at[job + 1]
            hits = Hits(
                len(text),
                tuple(issues[a:b]),
                issue_starts[a:b],
                tuple(industries[c:d]),
                industry_starts[c:d],
                acting,
                find_level(acting),
                job in cues,
            )
            if others:
                hits = _add_others(hits, others)
            result.append(Spoken(hits, self, job, picks, others))
        return result

    def list_rows(self, job: int) -> list[int]:
        """The rows of one text."""
        return np.flatnonzero(self._fired.job == job).tolist()

    def list_phrases(self, rows: Sequence[int]) -> list[Match]:
        """The matches of phrases in these rows."""
        fired, phrases = self._fired, self._tables.phrases
        return [
            Match(
                self._rules[row],
                phrases[fired.phrase[row]].source,
                fired.spans(row),
                int(fired.start[row]),
                int(fired.end[row]),
                int(fired.size[row]),
            )
            for row in rows
        ]

    def _weigh_acting(
        self, rows: Sequence[int], others: Sequence[Match], picks: Sequence[Pick]
    ) -> tuple[Sequence[Pick], Sequence[Pick]]:
        """The clauses of which no phrase on the same words speaks, and all that is said of the level of action."""
        said = [*self.list_phrases(rows), *[match for match in others if match.rule.purpose == "action"]]
        taken = [span for match in said for span in match.spans]
        left = [pick for pick in picks if not any(low < pick[3] and pick[1] < high for low, high in taken)]
        return left, [*[(match.rule, match.start, match.source, match.end) for match in said], *left]

    def _list_acting(self) -> dict[int, list[int]]:
        """The rows of phrases on the level of action by job."""
        rows = np.flatnonzero(self._purpose == ACTION)
        found: dict[int, list[int]] = {}
        for job, row in zip(self._fired.job[rows].tolist(), rows.tolist(), strict=True):
            found.setdefault(job, []).append(row)
        return found

    def _sort(self, purpose: int) -> tuple[list[Rule], list[int], list[int]]:
        """The rules for a purpose, where each begins, and where those of each job stand."""
        rows = np.flatnonzero(self._purpose == purpose)
        return [self._rules[row] for row in rows.tolist()], self._fired.start[rows].tolist(), self._point(rows)

    def _point(self, rows: Ints) -> list[int]:
        return np.searchsorted(self._fired.job[rows], np.arange(len(self._texts) + 1)).tolist()  # type: ignore[no-any-return]


def _add_others(hits: Hits, others: Sequence[Match]) -> Hits:
    """With the issues, industries and cues that token patterns found."""
    issues = [match for match in others if match.rule.purpose == "issue"]
    industries = [match for match in others if match.rule.purpose == "industry"]
    return hits._replace(
        issues=(*hits.issues, *[match.rule for match in issues]),
        issue_starts=(*hits.issue_starts, *[match.start for match in issues]),
        industries=(*hits.industries, *[match.rule for match in industries]),
        industry_starts=(*hits.industry_starts, *[match.start for match in industries]),
    )
