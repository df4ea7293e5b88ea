"""One worker or many, good documents and bad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests_engine_texts import make_job

from pipeline.engine import EngineSettings, prepare_documents
from pipeline.engine.worker import Worker, to_prepared
from pipeline.errors import CodebookError, SourceError


def test_two_workers_give_what_one_gives(settings: EngineSettings) -> None:
    """Order and content do not depend on the number of processes."""
    jobs = [make_job(n) for n in range(40)]
    one = list(prepare_documents(jobs, settings))
    assert list(prepare_documents(jobs, replace(settings, workers=2))) == one
    assert [p.job.document_id for p in one] == [job.document_id for job in jobs]


def test_bad_document_is_its_own_error(settings: EngineSettings) -> None:
    """A broken source comes back as an error between its neighbours."""
    jobs = [make_job(0), make_job(1, b"%PDF-1.7 broken"), make_job(2)]
    found = list(prepare_documents(jobs, settings))
    assert [p.document is None for p in found] == [False, True, False]
    assert isinstance(found[1].error, SourceError)


def test_refused_job_keeps_its_reason(settings: EngineSettings) -> None:
    """A job that was refused before it was read passes through."""
    job = replace(make_job(0), error=SourceError("too_large", "made/0.md"))
    found = next(prepare_documents([job], settings))
    assert found.error is not None
    assert found.error.reason == "too_large"


def test_unforeseen_error_stops_no_other(settings: EngineSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in our own code on one document is that document's error."""
    worker = Worker(settings)
    monkeypatch.setattr(Worker, "prepare", lambda self, job: 1 / 0)
    error = to_prepared(worker, make_job(0)).error
    assert error is not None
    assert (error.reason, "ZeroDivisionError" in str(error)) == ("crashed", True)


def test_bad_codebook_stops_the_run(settings: EngineSettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What spoils every document alike is not a document's error."""
    path = tmp_path_factory.mktemp("bad") / "codebook.yaml"
    path.write_text("issues: [", "utf-8")
    with pytest.raises(CodebookError):
        list(prepare_documents([make_job(0)], replace(settings, codebook_path=str(path))))
