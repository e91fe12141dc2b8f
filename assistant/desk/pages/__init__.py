"""One file a page: what it shows, and what its buttons do. A new page is one file and one entry here."""

from starlette.routing import Route

from assistant.desk.pages import (
    after,
    bundle,
    check,
    documents,
    employer,
    entrance,
    fill,
    handbook,
    heap,
    intake,
    packs,
    problem,
    profile,
    roster,
    settings,
    welcome,
)

PAGES: list[Route] = [
    route
    for one in (
        entrance,
        roster,
        intake,
        profile,
        documents,
        heap,
        bundle,
        check,
        fill,
        after,
        employer,
        settings,
        packs,
        problem,
        welcome,
        handbook,
    )
    for route in one.ROUTES
]
