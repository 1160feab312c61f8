"""Journeys: a person's way through a demo instance in Debian's Chromium, with a watch on everything that goes wrong."""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from app.__main__ import prepare
from app.db import db
from tests.live import Instance, a_network, running

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
AXE = Path(__file__).with_name("vendor") / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROOT_NEEDS = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run"
KEEPS_TO_ITSELF = "--disable-background-networking --disable-component-update --disable-sync"
# What is still under way on a page, once nothing is any more or five seconds have passed: an answer, a change of color.
UNDER_WAY = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const is_seen = (change) => change instanceof CSSTransition && change.effect.target.checkVisibility();
    const words = (change) => `${change.transitionProperty} of ${change.effect.target.outerHTML}`;
    const under_way = () => document.readyState !== "complete" ? ["the page is loading"]
        : document.querySelector(".htmx-request") ? ["htmx waits for an answer"]
        : document.getAnimations().filter(is_seen).map(words);
    await new Promise((done) => setTimeout(done)); // after what the page asks for once it is loaded
    const end = performance.now() + 5000;
    for (let still = 0; still < 2 && performance.now() < end; still = under_way().length ? 0 : still + 1) await frame();
    return under_way();
}"""
SCRIPTLESS: WeakSet[Page] = WeakSet()
PATIENCE = 20_000  # milliseconds that an answer may take, on a machine with much else to do
expect.set_options(timeout=PATIENCE)
# Chromium reports every answer of 400 and above; those that a journey means to get are no fault.
REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("journey")


def chromium() -> str | None:
    """Where the machine's own Chromium is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium: Playwright brings none of its own."""
    path = chromium()
    assert path, "The journeys need Chromium: install the package 'chromium' (Debian: sudo apt-get install chromium)."
    return {"executable_path": path, "args": f"{ROOT_NEEDS} {KEEPS_TO_ITSELF}".split()}


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo in it, made once for all test processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    file = shared / "demo.sqlite"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            folder = tmp_path_factory.mktemp("demo")
            instance = Instance(folder, f"sqlite:///{folder / 'second-chair.sqlite'}")
            prepare(instance.app)
            instance.close()
            shutil.copyfile(folder / "second-chair.sqlite", file)
    return file


@pytest.fixture(scope="session")
def instance(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A demo instance: gunicorn and the worker."""
    folder = tmp_path_factory.mktemp("journey")
    database = shutil.copyfile(demo_file, folder / "second-chair.sqlite")
    with running(folder, f"sqlite:///{database}") as instance:
        yield instance


@pytest.fixture
def live(instance: Instance) -> Iterator[Instance]:
    """The demo instance, with its context pushed for a look at the rows."""
    with instance.app.app_context():
        yield instance
        db.session.remove()


@pytest.fixture
def meant() -> set[int]:
    """The refusals that a journey provokes: meant.add(409). Any other fails it, and so does one that never comes."""
    return set()


@pytest.fixture
def browse(browser: Browser, instance: Instance, meant: set[int]) -> Iterator[Callable[..., Page]]:
    """browse(): a page at the instance, in a browser and on a network of its own; browse(PHONE, javascript=False).

    What its console reports as an error fails the test: a script's fault, something the policy refused, a lost file.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    refusals: dict[int, str] = {}

    def note(message: ConsoleMessage) -> None:
        if refusal := REFUSAL.match(message.text):
            refusals[int(refusal[1])] = message.location["url"]
        elif message.type == "error":
            faults.append(f"{message.text} ({message.location.get('url')})")

    def open_page(size: dict[str, int] = DESKTOP, *, javascript: bool = True, **options: Any) -> Page:
        usual = {"base_url": instance.url, "timezone_id": "America/Chicago", "extra_http_headers": a_network()}
        context = browser.new_context(java_script_enabled=javascript, viewport=size, **{**usual, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        if not javascript:
            SCRIPTLESS.add(page)
        context.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda answer: answer.status >= 500 and faults.append(f"{answer.status} {answer.url}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)
    assert refusals.keys() == meant, refusals


@pytest.fixture
def page(browse: Callable[..., Page]) -> Page:
    """A desktop page with JavaScript."""
    return browse()


@pytest.fixture(params=["desktop", "phone", "no-script"])
def any_page(request: pytest.FixtureRequest, browse: Callable[..., Page]) -> Page:
    """The journey on a desktop, on a phone, and without JavaScript."""
    size = PHONE if request.param == "phone" else DESKTOP
    return browse(size, javascript=request.param != "no-script")


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """axe(page): the page as it stands has no accessibility violation; axe(page, rules): none of these.

    Without JavaScript axe would wait for ever.
    """
    source = AXE.read_text()

    def check(page: Page, rules: list[str] | None = None) -> None:
        if page in SCRIPTLESS:
            return
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        under_way = page.evaluate(UNDER_WAY)
        assert not under_way, "\n".join([page.url, *under_way])
        found = page.evaluate("only => axe.run(document, { runOnly: only })", rules or AXE_RULES)
        said = [
            f"{v['id']}: {v['help']} — {node['html'][:200]} {[one['message'] for one in node['any']][:1]}"
            for v in found["violations"]
            for node in v["nodes"]
        ]
        assert not said, "\n".join([page.url, *said])

    return check
