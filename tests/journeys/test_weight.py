"""What travels: a first visit in 100 kB, another filter in 12."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import TEXAS

KB = 1000


class Scales:
    """All bytes that come over the network for a page, as Chromium counts them: headers and compressed bodies."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", self._weigh)

    def _weigh(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


def test_a_first_visit_is_light(browse: Callable[..., Page]) -> None:
    for address in ("/", TEXAS):
        page = browse()
        scales = Scales(page)
        page.goto(address, wait_until="networkidle")
        assert 20 * KB < scales.bytes <= 100 * KB, address


def test_another_filter_is_lighter(page: Page) -> None:
    page.goto(TEXAS, wait_until="networkidle")
    scales = Scales(page)
    page.locator("#format-individual").check()
    page.wait_for_url("**format=individual**")
    expect(page.locator(".applied")).to_contain_text("Individual")
    page.wait_for_load_state("networkidle")
    assert 1 * KB < scales.bytes <= 12 * KB
