"""Work that runs apart from the request: enqueued by name, idempotent, retried, visible while it runs.

A room registers a function under a name. `enqueue` writes a `Job` row and hands its id to the task queue; the worker
runs the function inside the community's scope. How far it has come is kept in the cache, which has a connection of its
own, so that a long transaction can be watched from outside.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from collegium.base import tenancy, time
from collegium.base.errors import CollegiumError
from collegium.base.models import Job
from collegium.base.registries import Registry

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
RETRY_AFTER = dt.timedelta(seconds=10)
PROGRESS_KEPT_S = 3600
REPORT_EVERY_S = 0.25
STALE_AFTER = dt.timedelta(minutes=10)
TRY_AGAIN_AFTER = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come, in units of its own."""

    done: int = 0
    total: int = 0
    step: str = ""

    @property
    def percent(self) -> int | None:
        """Whole percent, or None while the total is unknown."""
        return min(100, 100 * self.done // self.total) if self.total else None


Report = Callable[[int, int, str], None]
JobFunction = Callable[..., dict[str, Any] | None]
_functions: Registry[str, JobFunction] = Registry("the job")


def register(name: str) -> Callable[[JobFunction], JobFunction]:
    """Register a job: a function of `report` and its arguments that may run twice without harm."""

    def keep(function: JobFunction) -> JobFunction:
        _functions.add(name, function)
        return function

    return keep


def enqueue(name: str, *, community_id: uuid.UUID | None, started_by: uuid.UUID | None, **arguments: Any) -> Job:
    """Write the job down and start it once the caller's transaction has committed."""
    job = Job.objects.create(
        community_id=community_id,
        name=name,
        arguments=arguments,
        started_by=started_by,
        created_at=time.now(),
    )
    transaction.on_commit(lambda: _enqueue_run(job.id))
    return job


def is_wanted(name: str, *, community_id: uuid.UUID, **arguments: Any) -> bool:
    """Say whether upkeep should enqueue a job: none for this waits or runs, or has failed too lately to try again."""
    about = {f"arguments__{argument}": value for argument, value in arguments.items()}
    under_way = Q(state__in=Job.UNDER_WAY)
    failed_lately = Q(state=Job.State.FAILED, finished_at__gt=time.now() - TRY_AGAIN_AFTER)
    same = Job.objects.filter(name=name, community_id=community_id, **about)
    return not same.filter(under_way | failed_lately).exists()


def _enqueue_run(job_id: uuid.UUID, after: dt.timedelta | None = None) -> None:
    run = run_job.using(run_after=time.now() + after) if after else run_job
    run.enqueue(str(job_id))


def _progress_key(job_id: uuid.UUID) -> str:
    return f"job-progress:{job_id}"


def get_progress(job_id: uuid.UUID) -> Progress:
    """Return how far the job has come; zero of zero when it has not said."""
    done, total, step, _said_at = cache.get(_progress_key(job_id)) or (0, 0, "", None)
    return Progress(done, total, step)


def reporter(job_id: uuid.UUID) -> Report:
    """Return the function a job calls with (done, total, step); it writes at most four times a second."""
    said = 0.0

    def report(done: int, total: int, step: str = "") -> None:
        nonlocal said
        if monotonic() - said < REPORT_EVERY_S and done < total:
            return
        said = monotonic()
        cache.set(_progress_key(job_id), (done, total, step, time.now()), PROGRESS_KEPT_S)

    return report


@task()
def run_job(job_id: str) -> None:
    """Run one attempt of a job; called by the worker."""
    with tenancy.across_communities():
        job = Job.objects.filter(id=job_id).exclude(state__in=(Job.State.DONE, Job.State.FAILED)).first()
        if job is None:
            return
        Job.objects.filter(id=job.id).update(
            state=Job.State.RUNNING, attempts=job.attempts + 1, started_at=time.now(), error_code=""
        )
        job.attempts += 1
        _attempt(job)


def _attempt(job: Job) -> None:
    scope = tenancy.community_scope(job.community_id) if job.community_id else tenancy.across_communities()
    try:
        with scope:
            result = _functions[job.name](report=reporter(job.id), **job.arguments)
    except CollegiumError as error:
        # Trying again would end the same way: what was asked is wrong, not the moment.
        _finish(job, Job.State.FAILED, error_code=error.code)
    except Exception as error:  # the worker must outlive any job
        logger.exception("job failed", extra={"job": job.name, "attempt": job.attempts})
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, Job.State.FAILED, error_code=type(error).__name__)
        else:
            Job.objects.filter(id=job.id).update(state=Job.State.QUEUED, error_code=type(error).__name__)
            _enqueue_run(job.id, after=RETRY_AFTER * job.attempts)
    else:
        _finish(job, Job.State.DONE, result=result or {})


def _finish(job: Job, state: Job.State, *, result: dict[str, Any] | None = None, error_code: str = "") -> None:
    Job.objects.filter(id=job.id).update(
        state=state, finished_at=time.now(), result=result or {}, error_code=error_code
    )


def requeue_abandoned(stale_after: dt.timedelta = STALE_AFTER) -> int:
    """Start again what a worker that was killed left running, or what never came to one; returns how many.

    Where only one worker can be (the embedded database), whatever runs when it starts has been left: pass no time.
    """
    before = time.now() - stale_after
    left_running = Q(state=Job.State.RUNNING, started_at__lt=before)
    # A process may be killed between writing a job down and handing it on, and a worker between taking and starting it.
    left_waiting = Q(state=Job.State.QUEUED, created_at__lt=before)
    with tenancy.across_communities():
        abandoned = set(Job.objects.filter(left_running).values_list("id", flat=True))
        waiting = set(Job.objects.filter(left_waiting).values_list("id", flat=True))
        abandoned |= waiting - _handed_on() if waiting else set()
        for job_id in abandoned:
            _enqueue_run(job_id)
    return len(abandoned)


def _handed_on() -> set[uuid.UUID]:
    """Return the jobs that wait in the task queue, now or for a later moment."""
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=run_job.module_path)
    return {uuid.UUID(arguments["args"][0]) for arguments in tasks.values_list("args_kwargs", flat=True)}


def list_latest(limit: int) -> list[dict[str, Any]]:
    """Return the latest jobs of every community, newest first, for whoever runs the server."""
    columns = ("id", "name", "state", "attempts", "created_at", "started_at", "finished_at", "error_code")
    with tenancy.across_communities():
        rows = list(Job.objects.order_by("-created_at", "id").values(*columns)[:limit])
    return [{**row, "percent": get_progress(row["id"]).percent} for row in rows]
