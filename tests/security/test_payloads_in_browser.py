"""The payloads in Chromium: cleaned without a policy, uncleaned with the policy, and uncleaned with neither as a control."""

from html import escape
from urllib.parse import urlsplit

import pytest
from output_payloads import PLACES, body_of
from payload_pages import cleaned, naive, payloads

from site_builder.hosts.policy import policy

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITE = "https://site.test/"
EVIL = "https://evil.test/"
ACTIVE = ("script", "handler", "foreign", "frame", "url", "lexical", "mutation", "document", "form")
"""The kinds whose payloads run code; the others fake, cover, ask other hosts or need our own renderer."""

POKE = """() => {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a, area');
    if (link && /^https?:/.test(link.href)) event.preventDefault();
  }, true);
  for (const each of [...document.querySelectorAll('*')]) {
    each.focus?.();
    for (const name of ['mouseover', 'mouseenter', 'click'])
      each.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
  }
}"""


class Watched:
    """What pages did: the names of the payloads that ran code, and what was asked of another host."""

    def __init__(self):
        self.fired = set()
        self.asked = set()

    def fire(self, source):
        frame = source["frame"]
        while frame.parent_frame and frame.parent_frame.parent_frame:
            frame = frame.parent_frame
        self.fired.add(frame.name)

    def answer(self, route, pages):
        url = route.request.url
        name = urlsplit(url).path.removeprefix("/payload/")
        if url.startswith(SITE) and name in pages:
            route.fulfill(content_type="text/html; charset=utf-8", body=pages[name])
            return
        if not url.startswith(SITE):
            self.asked.add(url)
        script = url.endswith(".js") or "x.js" in url
        kind = "text/javascript" if script else "text/html"
        route.fulfill(
            status=200 if script or url == SITE else 404, content_type=kind, body="alert(1)" if script else ""
        )


def watch(browser, pages):
    """Load each of `pages` (HTML by name) in a frame, touch everything in it, and give what was seen."""
    watched = Watched()
    names = list(pages)
    context = browser.new_context()
    context.expose_binding("fired", watched.fire)
    context.add_init_script("window.alert = () => window.fired()")
    context.route("**/*", lambda route: watched.answer(route, pages))
    for at in range(0, len(names), 40):
        page = context.new_page()
        page.goto(SITE)
        frames = "".join(
            f'<iframe name="{name}" src="/payload/{name}"></iframe>' for name in names[at : at + 40]
        )
        page.set_content(frames, wait_until="load")
        for frame in page.main_frame.child_frames:
            frame.evaluate(POKE)
        page.wait_for_timeout(300)
        page.close()
    context.close()
    return watched


def document(body, policy_text=""):
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy_text)}">' if policy_text else ""
    )
    filled = body.replace("\ue0f2", "./").replace("\ue0f3", "./")
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body><main>{filled}</main></body></html>'


def test_no_cleaned_payload_runs_or_asks_another_host_without_a_policy(browser):
    seen = watch(browser, {name: document(cleaned(text)) for name, text in payloads()})
    assert (seen.fired, seen.asked) == (set(), set())


def test_no_uncleaned_payload_runs_under_the_policy(browser):
    seen = watch(
        browser, {name: document(naive(text), policy(remote_media=True)) for name, text in payloads()}
    )
    assert seen.fired == set()


def test_control_most_payloads_run_without_either(browser):
    pages = {name: document(naive(text)) for name, text in payloads()}
    seen = watch(browser, pages)
    active = [name for name in pages if name.rpartition("-")[0] in ACTIVE]
    # The rest cannot: they cover or fake things, lead away, or ran in older browsers.
    assert len(seen.fired) > len(active) * 0.6
    assert any(url.startswith(EVIL) for url in seen.asked)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["HTML around a sound", "attribute of a table", "attributes of a picture"])
def test_no_output_with_a_payload_runs_or_asks_another_host_without_a_policy(browser, place):
    pages = {name: document(body_of(PLACES[place](text)).html) for name, text in payloads()}
    seen = watch(browser, pages)
    assert (seen.fired, seen.asked) == (set(), set())
