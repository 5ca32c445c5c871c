"""Jobs run for real, by the worker of the task library."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from collegium.base import jobs, tenancy, time
from collegium.base.errors import Invalid
from collegium.base.models import Job
from tests.jobs import work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job_function(request):
    """Register a function for the time of one test and give back its name."""
    name = f"test.{uuid.uuid4()}"

    def register(function):
        jobs.register(name)(function)
        return name

    return register


def make_due():
    """Let what waits for later be due now."""
    DBTaskResult.objects.filter(run_after__gt=time.now()).update(run_after=time.now() - dt.timedelta(seconds=1))


def enqueue(name, community_id=None, **arguments):
    return jobs.enqueue(name, community_id=community_id, started_by=None, **arguments)


def test_a_job_runs_in_its_community_and_leaves_its_result(job_function):
    community = uuid.uuid4()
    scopes = []

    def count(report, upto):
        for number in range(upto):
            report(number + 1, upto, "counting")
        scopes.append(tenancy.current().community_id)
        return {"counted": upto}

    job = enqueue(job_function(count), community, upto=3)
    assert job.state == Job.State.QUEUED
    work_off()
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (Job.State.DONE, {"counted": 3}, 1)
    assert scopes == [community]
    assert jobs.get_progress(job.id) == jobs.Progress(3, 3, "counting")
    assert jobs.get_progress(job.id).percent == 100


def test_progress_can_be_seen_while_the_job_holds_a_transaction(job_function):
    seen = []

    def long_import(report):
        with transaction.atomic():
            Job.objects.update(error_code="")
            report(1, 2, "half way")
            seen.append(jobs.get_progress(job.id).percent)

    job = enqueue(job_function(long_import))
    work_off()
    assert seen == [50]


def test_what_fails_by_accident_is_tried_again_and_then_given_up(job_function):
    tries = []

    def stumble(report):
        tries.append(1)
        raise RuntimeError("the disk said no")

    job = enqueue(job_function(stumble))
    for _attempt in range(jobs.MAX_ATTEMPTS):
        work_off()
        make_due()
    job.refresh_from_db()
    assert len(tries) == jobs.MAX_ATTEMPTS
    assert (job.state, job.error_code) == (Job.State.FAILED, "RuntimeError")


def test_what_is_wrong_in_itself_is_not_tried_again(job_function):
    tries = []

    def refuse(report):
        tries.append(1)
        raise Invalid("roster_empty")

    job = enqueue(job_function(refuse))
    work_off()
    job.refresh_from_db()
    assert (len(tries), job.state, job.error_code) == (1, Job.State.FAILED, "roster_empty")


def test_a_finished_job_does_not_run_twice(job_function):
    runs = []
    job = enqueue(job_function(lambda **_: runs.append(1)))
    work_off()
    jobs.run_job.call(str(job.id))
    assert runs == [1]


def test_what_a_killed_worker_left_is_started_again(job_function):
    runs = []
    job = enqueue(job_function(lambda **_: runs.append(1)))
    DBTaskResult.objects.all().delete()
    Job.objects.filter(id=job.id).update(state=Job.State.RUNNING, started_at=time.now())
    assert jobs.requeue_abandoned() == 0, "a job that may still be running is left alone"
    Job.objects.filter(id=job.id).update(started_at=time.now() - dt.timedelta(hours=1))
    assert jobs.requeue_abandoned() == 1
    work_off()
    job.refresh_from_db()
    assert (runs, job.state) == ([1], Job.State.DONE)


@pytest.mark.parametrize("how", ["never handed on", "taken by a worker that was killed before it began"])
def test_what_never_began_is_started(job_function, how):
    runs = []
    job = enqueue(job_function(lambda **_: runs.append(1)))
    assert jobs.requeue_abandoned(dt.timedelta(0)) == 0, "it waits its turn"
    if how == "never handed on":
        DBTaskResult.objects.all().delete()
    else:
        DBTaskResult.objects.update(status="RUNNING", started_at=time.now())
    assert jobs.requeue_abandoned() == 0, "it may be on its way"
    assert jobs.requeue_abandoned(dt.timedelta(0)) == 1
    work_off()
    job.refresh_from_db()
    assert (runs, job.state) == ([1], Job.State.DONE)
