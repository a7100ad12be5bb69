"""Pages in a real browser: what they show by script is read, and what they try to reach is not reached."""

from __future__ import annotations

import asyncio
import contextlib
import time

import pytest

from crawler.rendering.browser import Browser
from crawler.rendering.errors import NotRendered
from crawler.rendering.room import Answer, Limits, Room

pytestmark = pytest.mark.timeout(180)
URL = "http://shop.test/p/1"


@pytest.fixture
async def browser(chromium):
    found = Browser(chromium)
    yield found
    await found.close()


class Path:
    """Our own path, as far as the room knows it: what is asked of it, and what it gives."""

    def __init__(self, **answers: Answer) -> None:
        self.answers, self.asked = answers, []

    async def fetch(self, url: str, headers: dict[str, str]) -> Answer | None:
        self.asked.append(url)
        return self.answers.get(url.rpartition("/")[2].partition(".")[0])


def page(script: str, body: str = "<div id=app></div>") -> str:
    return f"<!doctype html><html><head><title>t</title></head><body>{body}<script>{script}</script></body></html>"


SHOW = "fetch('/price.json').then(r => r.json()).then(d => {document.getElementById('app').textContent = d.price})"


async def test_a_price_that_only_a_script_knows(browser) -> None:
    path = Path(price=Answer(200, "application/json", b'{"price": "129.00 EUR"}'))
    html = await Room(URL, page(SHOW), path.fetch, Limits(30)).render(browser)
    assert "129.00 EUR</div>" in html
    assert path.asked == ["http://shop.test/price.json"]


BUSY = f"setTimeout(() => {{ const end = Date.now() + 1500; while (Date.now() < end); {SHOW} }})"


async def test_a_page_whose_script_is_still_busy_has_not_shown_itself(browser) -> None:
    path = Path(price=Answer(200, "application/json", b'{"price": "129.00 EUR"}'))

    async def slowly(url: str, headers: dict[str, str]) -> Answer | None:
        await asyncio.sleep(0.3)
        return await path.fetch(url, headers)

    html = await Room(URL, page(BUSY), slowly, Limits(30)).render(browser)
    assert "129.00 EUR</div>" in html


ATTACK = """
const port = PORT, own = 'http://127.0.0.1:' + port + '/';
const tries = [
  () => fetch(own, {mode: 'no-cors'}), () => fetch('http://localhost:' + port + '/', {mode: 'no-cors'}),
  () => fetch('http://[::1]:' + port + '/'), () => fetch('http://169.254.169.254/latest/meta-data/'),
  () => fetch('http://foreign.test/'), () => fetch('/post', {method: 'POST', body: 'FLUSHALL'}),
  () => new WebSocket('ws://127.0.0.1:' + port + '/'), () => new EventSource(own),
  () => { const i = new Image(); i.src = own; },
  () => { const f = document.createElement('iframe'); f.src = own; document.body.append(f); },
  () => { const f = document.createElement('iframe');
          f.srcdoc = '<script>new WebSocket("ws://127.0.0.1:PORT/"); fetch("' + own + '"); new RTCPeerConnection(' +
                     '{iceServers: [{urls: "stun:127.0.0.1:PORT"}]}).createDataChannel("x")</scr' + 'ipt>';
          document.body.append(f); },
  () => { for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'prerender', 'stylesheet', 'icon', 'manifest',
                             'modulepreload', 'preload']) {
            const l = document.createElement('link'); l.rel = rel; l.href = own; l.as = 'script';
            document.head.append(l); } },
  () => { const p = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:' + port},
                                                        {urls: 'turn:127.0.0.1:' + port + '?transport=tcp',
                                                         username: 'u', credential: 'c'}]});
          p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)); },
  () => navigator.serviceWorker.register('/sw.js'), () => window.open(own), () => navigator.sendBeacon(own, 'x'),
  () => new Worker(URL.createObjectURL(new Blob(['fetch("' + own + '", {mode: "no-cors"})']))),
  () => new SharedWorker('/worker.js'),
  () => { const f = document.createElement('form'); f.action = own; f.method = 'POST'; f.target = '_blank';
          document.body.append(f); f.submit(); },
  () => { const a = document.createElement('a'); a.href = own; a.download = 'x'; a.ping = own;
          document.body.append(a); a.click(); },
  () => import(own + 'm.js'), () => document.write('<script src="' + own + 's.js"></scr' + 'ipt>'),
  () => alert('x'), () => { location.href = own; },
  () => { const v = document.createElement('video'); v.src = own; v.autoplay = true; document.body.append(v); },
  () => new WebTransport('https://127.0.0.1:' + port + '/'),
];
const rules = document.createElement('script'); rules.type = 'speculationrules';
const list = [{source: 'list', urls: [own]}];
rules.textContent = JSON.stringify({prerender: list, prefetch: list});
document.head.append(rules);
for (const attempt of tries) { try { const r = attempt(); if (r && r.catch) r.catch(() => 0); } catch (e) {} }
"""


async def test_nothing_is_reached_but_what_we_hand_in(browser, listener) -> None:
    path = Path()
    script = ATTACK.replace("PORT", str(listener.port))
    body = f'<meta http-equiv="x-dns-prefetch-control" content="on"><a href="http://127.0.0.1:{listener.port}/">x</a>'
    started = time.monotonic()
    room = Room(URL, page(script, body), path.fetch, Limits(20))
    with contextlib.suppress(NotRendered):  # by its deadline, or because it navigates away: both are an end
        await room.render(browser)
    assert time.monotonic() - started < 40
    assert listener.reached == []
    assert all(url.startswith("http://shop.test/") for url in path.asked)
    assert room.refused["other_host"] >= 2
    assert room.refused["method"] >= 1


MANY = "const b = document.body; for (let i = 0; i < 60000; i++) b.append(document.createElement('p'))"


@pytest.mark.parametrize(
    ("script", "reason", "seconds"),
    [
        ("while (true) {}", "deadline", 6),
        ("setInterval(() => fetch('/again.json'), 50)", "deadline", 6),
        (MANY, "dom_too_large", 25),
        ("document.body.append('x'.repeat(3e6))", "dom_too_large", 25),
    ],
)
async def test_a_page_that_does_not_end_is_ended(browser, script: str, reason: str, seconds: float) -> None:
    path = Path()
    started = time.monotonic()
    with pytest.raises(NotRendered) as broken:
        await Room(URL, page(script), path.fetch, Limits(seconds, characters=2_000_000)).render(browser)
    assert broken.value.reason == reason
    assert time.monotonic() - started < 50
    assert len(path.asked) <= Limits().requests
    after = Path(price=Answer(200, "application/json", b'{"price": "1.00 EUR"}'))
    assert "1.00 EUR" in await Room(URL, page(SHOW), after.fetch, Limits(30)).render(browser)


async def test_sub_requests_and_bytes_are_bounded(browser) -> None:
    path = Path(big=Answer(200, "application/json", b"x" * 1000))
    script = "for (let i = 0; i < 100; i++) fetch('/big.json?' + i).catch(() => 0)"
    room = Room(URL, page(script), path.fetch, Limits(30, requests=7))
    await room.render(browser)
    assert len(path.asked) == 7
    assert room.refused["too_many"] == 93


async def test_no_secret_reaches_the_browser(browser, monkeypatch) -> None:
    monkeypatch.setenv("MONGO_URI", "mongodb://u:geheim@127.0.0.1/")
    await Room(URL, page(""), Path().fetch, Limits(30)).render(browser)
    assert browser_environments()
    assert not [text for text in browser_environments() if b"geheim" in text]


def browser_environments() -> list[bytes]:
    """What the environment of each running Chromium of this test's process tree holds."""
    import os
    from pathlib import Path as File

    found = []
    for process in File("/proc").glob("[0-9]*"):
        try:
            if b"touchstone-browser-" in (text := (process / "environ").read_bytes()) and os.getpid() != int(
                process.name
            ):
                found.append(text)
        except OSError:
            continue
    return found
