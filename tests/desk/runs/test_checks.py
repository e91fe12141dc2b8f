"""Long checks beside the pages."""

import threading
import time

from assistant.desk.cases import OpenCase
from assistant.desk.runs.checks import Checks, job_for
from assistant.store.applicant_folder import PlainFolder
from assistant.store.base import ApplicantIn, ApplicantRef
from assistant.store.folders import FolderStore
from tests.support.desks import ON, without_reading


def case_in(desk_folder) -> OpenCase:
    at = ApplicantIn(FolderStore(desk_folder), ApplicantRef("sample-lee"))
    return OpenCase("sample-lee", PlainFolder(desk_folder / "sample-lee"), at, sealed=False)


def test_a_page_does_not_wait_and_is_told_how_far_it_is(desk_folder):
    go_on = threading.Event()

    def slow(job, progress):
        progress(3, 12)
        go_on.wait(30)
        return without_reading(job, progress)

    checks, case = Checks(slow), case_in(desk_folder)
    running = checks.of(case, job_for(case, ON), patience=0.1)
    assert (running.readiness, running.done, running.total) == (None, 3, 12)
    go_on.set()
    assert checks.of(case, job_for(case, ON), patience=30).readiness is not None
    checks.close()


def test_one_that_failed_is_tried_again(desk_folder):
    tried = []

    def failing(job, progress):
        tried.append(time.monotonic())
        raise RuntimeError("LEE MINJUN")

    checks, case = Checks(failing), case_in(desk_folder)
    assert checks.of(case, job_for(case, ON), patience=30).failed
    checks.of(case, job_for(case, ON), patience=30)
    assert len(tried) == 2
    checks.close()
