"""The guard matrix: every way a page can send something, against each layer alone and both, on a server that records."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from assistant.page.guard.guard import LAYERS, GuardLayer


@dataclass(frozen=True)
class Vector:
    """One way to send something. `page` tells whether the page layer alone must stop it."""

    act: Callable[[Page, Any], object]
    page: bool = False


def click(selector: str) -> Callable[[Page, Any], object]:
    return lambda page, _recorder: page.click(selector, no_wait_after=True)


def press(selector: str, key: str) -> Callable[[Page, Any], object]:
    return lambda page, _recorder: page.press(selector, key, no_wait_after=True)


def script(text: str) -> Callable[[Page, Any], object]:
    return lambda page, recorder: page.evaluate(
        f"() => {{ {text.replace('ELSEWHERE', recorder.elsewhere).replace('ORIGIN', recorder.url)} }}"
    )


def leave(page: Page, recorder: Any) -> None:
    page.evaluate(
        """() => addEventListener('pagehide', () => {
          navigator.sendBeacon('/submit', 'x'); fetch('/submit', {method: 'POST', keepalive: true}); })"""
    )
    page.close()


VECTORS = {
    "click on the button": Vector(click("#send"), page=True),
    "click on a link": Vector(click("#link"), page=True),
    "click on a div that fetches": Vector(click("#div"), page=True),
    "click on an icon called by aria-label": Vector(click("#icon"), page=True),
    "click on a longer button text": Vector(click("#long"), page=True),
    "press on a button that acts on mousedown": Vector(click("#early"), page=True),
    "click on an image button": Vector(click("#image"), page=True),
    "space on the button": Vector(press("#send", "Space"), page=True),
    "enter on the button": Vector(press("#send", "Enter"), page=True),
    "enter in a field": Vector(press("#name", "Enter"), page=True),
    "enter in a field of a GET form": Vector(press("#query", "Enter"), page=True),
    "click in a frame": Vector(
        lambda page, _recorder: page.frame_locator("#frame").locator("button").click(no_wait_after=True), page=True
    ),
    "scripted click": Vector(script("document.querySelector('#send').click()"), page=True),
    "scripted click on a detached link": Vector(
        script("Object.assign(document.createElement('a'), {href: '/submit', textContent: '提交'}).click()")
    ),
    "form.submit()": Vector(script("document.querySelector('#post').submit()"), page=True),
    "form.requestSubmit()": Vector(script("document.querySelector('#post').requestSubmit()"), page=True),
    "form.submit() of a GET form": Vector(script("document.querySelector('#get').submit()"), page=True),
    "form.submit() taken from a fresh frame": Vector(
        script(
            "const f = document.createElement('iframe'); document.body.append(f);"
            "f.contentWindow.HTMLFormElement.prototype.submit.call(document.querySelector('#post'))"
        ),
        page=True,
    ),
    "form to a new tab": Vector(
        script("const f = document.querySelector('#post'); f.target = '_blank'; f.submit()"), page=True
    ),
    "form into a frame": Vector(
        script("const f = document.querySelector('#post'); f.target = 'f'; add('<iframe name=f>'); f.submit()"),
        page=True,
    ),
    "fetch POST": Vector(script("post('/submit')")),
    "fetch POST to an address nobody declared": Vector(click("#unknown")),
    "fetch GET of the submit address": Vector(script("fetch('/submit')")),
    "fetch GET with a method override": Vector(
        script("fetch('/submit-later', {headers: {'X-HTTP-Method-Override': 'POST'}})")
    ),
    "fetch with a method of its own": Vector(script("fetch('/case', {method: 'SUBMIT'})")),
    "fetch keepalive": Vector(script("post('/submit', {keepalive: true})")),
    "fetch to another origin": Vector(script("post('ELSEWHERE/other', {mode: 'no-cors'})")),
    "XHR": Vector(script("const x = new XMLHttpRequest(); x.open('POST', '/submit'); x.send()")),
    "synchronous XHR": Vector(
        script("const x = new XMLHttpRequest(); x.open('POST', '/submit', false); try { x.send() } catch (e) {}")
    ),
    "sendBeacon": Vector(script("navigator.sendBeacon('/submit', 'x')")),
    "beacons at the end of the page": Vector(leave),
    "link ping": Vector(script("const a = element('a', {href: '#x', ping: '/submit'}); a.click()")),
    "event source": Vector(script("new EventSource('/submit')")),
    "image": Vector(script("new Image().src = '/submit'")),
    "style": Vector(script("add('<p style=\"background: url(/submit)\">x</p>')")),
    "script": Vector(script("element('script', {src: '/submit'})")),
    "prefetch": Vector(script("element('link', {rel: 'prefetch', href: '/submit'})")),
    "object": Vector(script("add('<object data=/submit></object>')")),
    "frame": Vector(script("add('<iframe src=/submit></iframe>')")),
    "frame with its own document": Vector(
        script(
            "add('<iframe srcdoc=\"<form action=/submit method=post></form><script>document.forms[0].submit()</script>\">')"
        )
    ),
    "location": Vector(script("location.href = '/submit'")),
    "location, an address nobody declared": Vector(script("location.href = '/submit-done'")),
    "meta refresh": Vector(script("element('meta', {httpEquiv: 'refresh', content: '0; url=/submit'})")),
    "download link": Vector(script("element('a', {href: '/submit', download: 'x'}).click()")),
    "new window": Vector(script("window.open('/submit')"), page=True),
    "fetch in a new window": Vector(
        script("window.open('about:blank')?.fetch('ORIGIN/submit', {method: 'POST', mode: 'no-cors'})"), page=True
    ),
    "worker": Vector(script("worker.postMessage('fetch')")),
    "shared worker": Vector(script("shared.port.postMessage('x')")),
    "web socket opened before": Vector(script("socket.send('x')")),
    "web socket opened now": Vector(script("const s = new WebSocket(ws); s.onopen = () => s.send('x')")),
    "web socket of a fresh frame": Vector(
        script(
            "const f = document.createElement('iframe'); document.body.append(f);"
            "const s = new f.contentWindow.WebSocket(ws); s.onopen = () => s.send('x')"
        )
    ),
    "web socket of a worker, opened before": Vector(script("worker.postMessage('send')")),
    "web socket of a worker, opened now": Vector(script("worker.postMessage('open')")),
    "web socket of a worker started now": Vector(
        script("new Worker(from(`const s = new WebSocket('${ws}'); s.onopen = () => s.send('x')`))")
    ),
    "web socket of a worker's worker": Vector(script("worker.postMessage('nest')")),
    "policy report": Vector(lambda page, recorder: page.evaluate("() => add('<iframe src=/policy></iframe>')")),
    "deferred fetch": Vector(
        lambda page, _recorder: page.evaluate("fetchLater('/submit', {method: 'POST', activateAfter: 0})")
    ),
    "spelled otherwise": Vector(
        script(
            "for (const p of ['/sub%6dit', '//submit', '/submit/', '/SUBMIT', '/submit;x=1', '/a/..%2fsubmit']) fetch(p)"
        )
    ),
    "redirect of an allowed request": Vector(script("post('/api/hop')")),
    "click on what books": Vector(click("#book"), page=True),
    "click on what cancels a booking": Vector(click("#cancel"), page=True),
    "click on a longer text than the menu's": Vector(click("#cancelling"), page=True),
    "click on a menu's text that is called otherwise": Vector(click("#named"), page=True),
    "click on a menu's text behind which a booking is cancelled": Vector(click("#trap")),
    "a form that books": Vector(script("document.querySelector('#visit').submit()"), page=True),
    "fetch that books": Vector(script("post('/api/appointments')")),
    "fetch that cancels": Vector(script("fetch('/api/appointments/SZ1', {method: 'DELETE'})")),
    "fetch that cancels by an overriding word": Vector(script("fetch('/api/appointments/SZ1?_method=DELETE')")),
    "beacon that books": Vector(script("navigator.sendBeacon('/api/appointments', '{}')")),
    "the address of a booking": Vector(script("location.href = '/api/appointments/SZ1'")),
    "booking spelled otherwise": Vector(
        script("for (const p of ['/crj/wsyy/ajax.html', '/api/yuyue', '/case.do?method=book']) fetch(p)")
    ),
}


def what_gets_through(
    browser: Browser, recorder: Any, layers: frozenset[GuardLayer], names: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """Tries the vectors one after another, each on a page of its own; answers with those that got through."""
    got_through = {}
    with browser.new_context(service_workers="block", locale="zh-CN") as context:
        guard = recorder.guard(context, layers)
        quiet = context.new_page()
        for name in names:
            page = recorder.open(context)
            guard.take_pen()
            VECTORS[name].act(page, recorder)
            if reached := recorder.reached_within(quiet, 0.15):
                got_through[name] = list(reached)
                recorder.hits.clear()
            for other in context.pages[1:]:
                other.close()
            guard.hand_over()
        assert recorder.reached_within(quiet, 0.5) == []
    return got_through


def quarter(part: int) -> list[str]:
    return list(VECTORS)[part::4]


@pytest.mark.parametrize("part", range(4))
def test_without_a_guard_every_vector_reaches_the_server(part: int, browser: Browser, recorder: Any) -> None:
    """Else the matrix would prove nothing."""
    for name in quarter(part):
        with browser.new_context(service_workers="block", locale="zh-CN") as context:
            quiet = context.new_page()
            recorder.hits.clear()
            VECTORS[name].act(recorder.open(context), recorder)
            assert recorder.reached_within(quiet, 10), name


@pytest.mark.parametrize("part", range(4))
def test_with_both_layers_nothing_reaches_the_server(part: int, browser: Browser, recorder: Any) -> None:
    assert what_gets_through(browser, recorder, LAYERS, quarter(part)) == {}


@pytest.mark.parametrize("part", range(4))
def test_the_network_layer_alone_stops_every_vector(part: int, browser: Browser, recorder: Any) -> None:
    assert what_gets_through(browser, recorder, frozenset({"network"}), quarter(part)) == {}


def test_the_page_layer_alone_stops_what_a_person_would_do(browser: Browser, recorder: Any) -> None:
    names = [name for name, vector in VECTORS.items() if vector.page]
    assert len(names) > 15
    assert what_gets_through(browser, recorder, frozenset({"page"}), names) == {}
