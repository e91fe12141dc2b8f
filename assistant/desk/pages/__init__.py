"""One file a page: what it shows, and what its buttons do. A new page is one file and one entry here."""

from starlette.routing import Route

from assistant.desk.pages import entrance, roster

PAGES: list[Route] = [*entrance.ROUTES, *roster.ROUTES]
