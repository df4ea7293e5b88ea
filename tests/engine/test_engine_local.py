"""One worker or many, good documents and bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests_engine_texts import make_job

from pipeline.engine import EngineSettings, prepare_documents
from pipeline.engine.worker import Worker, prepare_batch, to_prepared
from pipeline.errors import CodebookError, SourceError
from pipeline.records import Unit, UnitTags


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
    monkeypatch.setattr(Worker, "read", lambda self, job: 1 / 0)
    error = to_prepared(worker, make_job(0)).error
    assert error is not None
    assert (error.reason, "ZeroDivisionError" in str(error)) == ("crashed", True)


def test_reader_that_fails_on_one_document_spares_the_batch(
    settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents are extracted a batch at a time, but fail alone, in whatever way."""
    worker = Worker(settings)
    extract = type(worker.reader).extract

    def fail(self: object, data: bytes, **given: object) -> object:
        if given["name"] == make_job(1).name:
            raise OSError("no more processes")
        return extract(self, data, **given)

    monkeypatch.setattr(type(worker.reader), "extract", fail)
    found = prepare_batch(worker, [make_job(n) for n in range(3)])
    worker.close()
    assert [p.error.reason if p.error else "" for p in found] == ["", "crashed", ""]


def test_bad_codebook_stops_the_run(settings: EngineSettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What spoils every document alike is not a document's error."""
    path = tmp_path_factory.mktemp("bad") / "codebook.yaml"
    path.write_text("issues: [", "utf-8")
    with pytest.raises(CodebookError):
        list(prepare_documents([make_job(0)], replace(settings, codebook_path=str(path))))


def test_tagger_that_fails_on_one_document_spares_the_batch(
    settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents are tagged together, but fail alone."""
    worker = Worker(settings)
    tag = type(worker.tagger).tag_units

    def fail_on_two(self: object, units: Sequence[Unit]) -> list[UnitTags]:
        if any("part 2." in unit.text for unit in units):
            raise ValueError("poison")
        return tag(self, units)  # type: ignore[arg-type]

    monkeypatch.setattr(type(worker.tagger), "tag_units", fail_on_two)
    found = prepare_batch(worker, [make_job(n) for n in range(4)])
    worker.close()
    assert [p.document is None for p in found] == [False, False, True, False]


def test_neighbours_in_a_batch_do_not_leak(settings: EngineSettings) -> None:
    """Tags of a document are the same alone and among others, also before documents have ids."""
    jobs = [replace(make_job(n), document_id="") for n in range(6)]
    worker = Worker(settings)
    together = prepare_batch(worker, jobs)
    alone = [to_prepared(worker, job) for job in jobs]
    worker.close()
    assert together == alone


def test_same_file_twice_is_two_documents(settings: EngineSettings) -> None:
    """Nothing is carried from the end of one copy to the beginning of the next."""
    worker = Worker(settings)
    job = replace(make_job(1), document_id="")
    first, second = prepare_batch(worker, [job, job])
    worker.close()
    assert first.tags == second.tags


def test_tagging_holds_linear_algebra_to_one_core(settings: EngineSettings) -> None:
    """Whatever the threads before, a process that has tagged uses one: each core has a process of its own."""
    import numpy  # noqa: F401
    from threadpoolctl import threadpool_info, threadpool_limits

    threadpool_limits(limits=2, user_api="blas")
    to_prepared(Worker(settings), make_job(0))
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
