"""A real scheduler and real worker processes on loopback."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests_engine_texts import make_job

from pipeline.engine import ClusterSettings, EngineSettings, map_chunks
from pipeline.engine.cluster import keep_prepared, pack_settings
from pipeline.errors import UsageError
from pipeline.steps.ingest import IngestOptions
from pipeline.steps.partitions import load_partitions, write_partitions
from pipeline.steps.results import compute_drift
from pipeline.steps.workspace import Workspace

distributed = pytest.importorskip("distributed", reason="the extra parley[dask] is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as running:
        yield running


def read_tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_output_survives_a_killed_worker(cluster: Any, workspace: Workspace, tmp_path: Path) -> None:
    """With one worker killed in the middle every file is what the local engine writes."""
    jobs = [make_job(n) for n in range(90)] + [make_job(90, b"%PDF-1.7 broken")]
    write_partitions(workspace, jobs, str(tmp_path / "local"), IngestOptions(), chunk_documents=10)
    killed: list[int] = []

    def kill_one(what: str, done: int, total: int) -> None:
        if not killed and done >= 20:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(sorted(client.run(os.getpid).values())[0])
            os.kill(killed[0], signal.SIGKILL)

    report = write_partitions(
        workspace,
        jobs,
        str(tmp_path / "dask"),
        IngestOptions(),
        cluster=ClusterSettings(cluster.scheduler_address),
        chunk_documents=10,
        progress=kill_one,
    )
    assert killed
    assert (report.documents, report.refused) == (90, 1)
    assert read_tree(tmp_path / "dask") == read_tree(tmp_path / "local")


def test_second_run_keeps_finished_chunks(cluster: Any, workspace: Workspace, tmp_path: Path) -> None:
    """A run that was stopped goes on where it was; parts of a longer run go away."""
    jobs = [make_job(n) for n in range(30)]
    options = IngestOptions()
    write_partitions(workspace, jobs[:20], str(tmp_path), options, chunk_documents=10)
    again = write_partitions(
        workspace, jobs, str(tmp_path), options, cluster=ClusterSettings(cluster.scheduler_address), chunk_documents=10
    )
    assert (again.chunks, again.kept) == (3, 2)
    shorter = write_partitions(workspace, jobs[:10], str(tmp_path), options, chunk_documents=10)
    assert (shorter.chunks, len(list((tmp_path / "units").iterdir()))) == (1, 1)


def test_document_that_kills_workers_comes_back_alone(cluster: Any, settings: EngineSettings) -> None:
    """Its neighbours in the chunk are done; it is an error; the cluster lives."""
    jobs = [make_job(n) for n in range(4)]
    jobs[2] = replace(jobs[2], flags=Killer())
    dask = distributed.Client(cluster.scheduler_address, set_as_default=False)
    with dask:
        dask.run_on_scheduler(_allow_no_failures)
    cluster_settings = ClusterSettings(cluster.scheduler_address)
    found = next(map_chunks([jobs], keep_prepared, settings, cluster=cluster_settings))
    assert [p.document is not None for p in found] == [True, True, False, True]
    assert found[2].error is not None
    assert found[2].error.reason == "crashed"


def test_overlap_and_drift_read_from_partitions(workspace: Workspace, tmp_path: Path) -> None:
    """Only the frameworks asked for are read; drift needs nothing but the partitions."""
    write_partitions(workspace, [make_job(n) for n in range(6)], str(tmp_path), IngestOptions(), chunk_documents=4)
    corpus = load_partitions(workspace, str(tmp_path), ["TTC"])
    assert {unit.framework for unit in corpus.units} == {"TTC"}
    assert compute_drift(corpus, "TTC")
    assert not load_partitions(workspace, str(tmp_path), ["IPEF"]).units


def test_absent_scheduler_is_one_clear_line(settings: EngineSettings) -> None:
    """The error names the address."""
    absent = ClusterSettings("tcp://127.0.0.1:9", patience=1.0)
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:9"):
        list(map_chunks([[make_job(0)]], keep_prepared, settings, cluster=absent))


def test_parcel_carries_codebook_and_model(settings: EngineSettings, tmp_path: Path) -> None:
    """Workers that do not share the disk get all they need; another model is another key."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "card.json").write_text("{}", "utf-8")
    parcel = pack_settings(replace(settings, model_dir=str(tmp_path / "model")))
    assert parcel.model == (("card.json", b"{}"),)
    assert parcel.key != pack_settings(settings).key


class Killer(tuple):  # type: ignore[type-arg]
    """Flags that end the process that reads them, unless it is the one that made them."""

    def __new__(cls, maker: int = 0) -> Killer:
        killer = super().__new__(cls)
        killer.maker = maker or os.getpid()
        return killer

    def __reduce__(self) -> Any:
        return _revive, (self.maker,)

    def __iter__(self) -> Iterator[Any]:
        if os.getpid() != self.maker:
            os._exit(1)
        return super().__iter__()


def _revive(maker: int) -> Sequence[Any]:
    return Killer(maker)


def _allow_no_failures(dask_scheduler: Any) -> None:
    with contextlib.suppress(AttributeError):
        dask_scheduler.allowed_failures = 0
