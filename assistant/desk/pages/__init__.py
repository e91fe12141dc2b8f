"""One file a page: what it shows, and what its buttons do. A new page is one file and one entry here."""

from starlette.routing import Route

from assistant.desk.pages import employer, entrance, profile, roster

PAGES: list[Route] = [route for one in (entrance, roster, profile, employer) for route in one.ROUTES]
