"""One server and one browser for many tests, a page for each; nothing that a page does may leave this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.served import FLAGS, NAMED, Served, chromium, serving
from tests.browser.viewed import View

WIDE = {"width": 1280, "height": 900}
Open = Callable[..., View]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while it is open no other test can run an event loop."""
    path = chromium()
    if path is None:
        pytest.skip(f"no Chromium is installed here; install one, or name it in {NAMED}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Open the page of the server: at an address behind `#`, in a context with some options."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    views: list[View] = []

    def open_page(state: str = "", path: str = "", **options: object) -> View:
        context = browser.new_context(**{"viewport": WIDE, "locale": "da-DK", **options})  # type: ignore[arg-type]
        contexts.append(context)
        view = View(context.new_page(), "en" if "language=en" in state else "da")
        views.append(view)
        _listen(view, asked)
        view.page.goto(path or f"{served.address}{state}")
        return view

    yield open_page
    for context in contexts:
        context.close()
    assert not [url for url in asked if not url.startswith((served.address, "data:", "blob:"))], (
        "a request went elsewhere"
    )
    assert not [line for view in views for line in view.wrong]


def _listen(view: View, asked: list[str]) -> None:
    page: Page = view.page
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("pageerror", lambda error: view.wrong.append(f"error: {error}"))
    page.on("console", lambda said: view.wrong.append(f"{said.text} {said.location}") if said.type == "error" else None)
