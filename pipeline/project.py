"""The commands of parley for Python users: the same verbs, with data frames for lists.

    import pipeline

    project = pipeline.open_project("path/to/parley")
    project.ingest("statement.pdf", framework="TTC", round="6")
    project.overlap("TTC", "IPEF", part="presence")
    project.draw("overlap_by_issue")

What the commands refuse raises PipelineError with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError, hint_nearest
from pipeline.steps.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.report import ReportData
    from pipeline.steps.results import Corpus

_UNIT_TABLES = ("units", "tags", "codebook")


def open_project(folder: str | Path | None = None) -> Project:
    """The project in ``folder``, else the one that the current folder lies in. Raises UsageError where there is none."""
    return Project(find_workspace(Path(folder) if folder else None))


class Project:
    """A parley project. What analyses read is kept after the first call, until the corpus is changed through it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    # --- documents ---------------------------------------------------------------

    def ingest(self, *sources: str | Path, workers: int = 1, **given: str) -> pd.DataFrame:
        """Take documents in; ``given``: framework, round, date, kind, title, language. One row a source."""
        from pipeline.steps.fetch import expand_addresses
        from pipeline.steps.ingest import IngestOptions, check_flags, ingest_sources
        from pipeline.steps.rows import to_ingest_row

        options = IngestOptions(check_flags(self.workspace, given), workers=workers)
        candidates = expand_addresses([str(source) for source in sources], options.max_bytes)
        rows = [to_ingest_row(result) for result in ingest_sources(self.workspace, candidates, options)]
        self._forget()
        return _to_frame(rows)

    def fetch(self, *ids: str, folder: str | Path | None = None) -> pd.DataFrame:
        """Get catalogue documents from their addresses, or from a folder; all with a known hash where none is named."""
        from pipeline.steps.fetch import fetch_catalogue

        results = fetch_catalogue(self.workspace, list(ids), Path(folder) if folder else None)
        rows = [{"document": r.document_id or r.source, "status": r.status, "message": r.message} for r in results]
        self._forget()
        return _to_frame(rows)

    def update(self, *, workers: int = 1) -> tuple[str, ...]:
        """Read and tag what is new or stale; ids of the documents that changed."""
        from pipeline.steps.sync import sync_corpus

        report = sync_corpus(self.workspace, workers=workers)
        self._forget()
        return (*report.read, *report.tagged, *report.removed)

    def status(self) -> pd.DataFrame:
        """The documents, what is unsure about them, which are stale."""
        from pipeline.steps.rows import list_stored
        from pipeline.steps.status import read_status

        report = read_status(self.workspace)
        return _to_frame(list_stored(report.documents, report.stale))

    # --- sentences ---------------------------------------------------------------

    def units(self) -> pd.DataFrame:
        """The coded sentences of the documents that count, one a row."""
        return self._table("units")

    def tags(self) -> pd.DataFrame:
        """One row a code given to a sentence, with score and the rule or model that gave it."""
        return self._table("tags")

    def codebook(self) -> pd.DataFrame:
        """The codes with their names in both languages and their definitions."""
        return self._table("codebook")

    def tag(self, source: str | Path, *, workers: int = 1) -> pd.DataFrame:
        """Code a text without storing it. Raises SourceError where it cannot be read."""
        from pipeline.steps.tag import tag_sources

        rows: list[dict[str, Any]] = []
        for prepared, found in tag_sources(self.workspace, [str(source)], workers=workers):
            if prepared.error:
                raise prepared.error
            rows += found
        return _to_frame(rows)

    def search(self, query: str, *, framework: str = "", round: str = "", limit: int = 20) -> pd.DataFrame:
        """Sentences with all the words, best first; "quoted words" in that order."""
        from pipeline.steps.rows import list_hits
        from pipeline.steps.status import require_store

        if framework:
            framework = self.workspace.codebook.framework(framework).id
        with require_store(self.workspace) as store:
            return _to_frame(list_hits(store.search_units(query, framework=framework, round_id=round, limit=limit)))

    def explain(self, where: str) -> dict[str, Any]:
        """Why a sentence (DOCUMENT:UNIT) has its codes."""
        from pipeline.steps.explain import explain_unit

        return explain_unit(self.workspace, where)

    # --- analyses ----------------------------------------------------------------

    def overlap(
        self,
        left: str = "TTC",
        right: str = "IPEF",
        *,
        part: str = "presence",
        rounds: Sequence[str] = (),
        right_rounds: Sequence[str] = (),
    ) -> pd.DataFrame:
        """One part of the comparison of two frameworks, or of some of their rounds; see `parley overlap --show`."""
        from pipeline.steps.overlap_rows import PARTS, list_rows
        from pipeline.steps.results import compute_overlap
        from pipeline.steps.selections import Scope

        if part not in PARTS:
            raise UsageError(f"no part '{part}' of an overlap; {hint_nearest(part, PARTS, ', '.join(PARTS))}")
        result = compute_overlap(self._corpus, Scope(left, tuple(rounds)), Scope(right, tuple(right_rounds)))
        return _to_frame(list_rows(result, part))

    def changes(self, framework: str = "TTC", *, earlier: str = "", later: str = "") -> pd.DataFrame:
        """What became of each commitment between two rounds; the last two where none is named."""
        from pipeline.steps.changes import list_changes

        return _to_frame(list_changes(self.workspace, framework, earlier, later))

    def threads(self, framework: str = "TTC", words: str = "") -> pd.DataFrame:
        """Initiatives followed over the rounds; ``words``: only those whose name or sentences hold them."""
        from pipeline.steps.changes import list_threads

        return _to_frame(list_threads(self.workspace, framework, words))

    def drift(self, framework: str = "TTC") -> pd.DataFrame:
        """How the share of each code moves from round to round, one row a code and round."""
        from pipeline.steps.results import compute_drift

        rows = [
            {
                "framework": row.framework, "dimension": row.dimension, "code": row.code_id, "round": name,
                "sentences": row.counts[i], "of_sentences": row.units[i], "share": row.shares[i].value,
                "low": row.shares[i].low, "high": row.shares[i].high, "slope": row.slope, "p_bh": row.p_bh,
            }
            for row in compute_drift(self._corpus, self.workspace.codebook.framework(framework).id)
            for i, name in enumerate(row.rounds)
        ]  # fmt: skip
        return _to_frame(rows)

    def claims(self) -> pd.DataFrame:
        """The paper's claims with verdict, reason and evidence."""
        from pipeline.steps.explain import list_verdicts

        return _to_frame(list_verdicts(self.workspace))

    def quality(self) -> pd.DataFrame:
        """Held-out figures of the model in use and agreement of the coders, with intervals."""
        from pipeline.steps.quality import gather_quality
        from pipeline.steps.rows import list_scores

        return _to_frame(list_scores(gather_quality(self.workspace, {}).scores))

    # --- results as files ----------------------------------------------------------

    def report(self, *, left: str = "", right: str = "", languages: tuple[str, ...] = ("en", "zh")) -> Path:
        """Bring everything up to date and write the report; the path of its page."""
        from pipeline.steps.report import make_report

        page = make_report(self.workspace, left=left, right=right, languages=languages).page
        self._forget()
        return page

    def export(self, folder: str | Path, *, formats: tuple[str, ...] = ()) -> list[Path]:
        """Write the corpus for other tools; see `parley export`."""
        from pipeline.report import export_corpus

        return export_corpus(self._report_data, Path(folder), formats=formats)

    def draw(self, name: str, *, language: str = "en") -> Any:
        """One of the report's figures as a matplotlib figure, which a notebook shows. UsageError for an unknown name."""
        from pipeline.report import draw_plot

        return draw_plot(self._report_data, name, language)

    # --- kept between calls ----------------------------------------------------------

    @cached_property
    def _corpus(self) -> Corpus:
        from pipeline.steps.results import load_corpus

        return load_corpus(self.workspace)

    @cached_property
    def _report_data(self) -> ReportData:
        from pipeline.steps.report import gather_report

        return gather_report(self.workspace)

    def _table(self, name: str) -> pd.DataFrame:
        import pandas as pd

        from pipeline.report import ReportData
        from pipeline.report.corpus import build_unit_tables

        data = ReportData(codebook=self.workspace.codebook, left="", right="", units=self._corpus.units)
        table = build_unit_tables(data)[_UNIT_TABLES.index(name)]
        return pd.DataFrame(list(table.rows), columns=list(table.header))

    def _forget(self) -> None:
        for name in ("_corpus", "_report_data"):
            self.__dict__.pop(name, None)


def _to_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))


__all__ = ["Project", "open_project"]
