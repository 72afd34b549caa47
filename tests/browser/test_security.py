"""What a page may load and run: nothing from elsewhere, and nothing that its policy forbids.

The policy is the one that the proxies send; here it is put on the answer of the app itself.
"""

from urllib.parse import urlsplit

import pytest

from deploy.headers import declared
from tests.support.source import ROOT

PAGES = ["", *sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "home")]
NOTED = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
LOADED = 1500
"""Milliseconds in which a page that has run asks for what shows it."""


@pytest.fixture
def guarded(page, serve):
    """`guarded("losses")` opens a page under the policy; afterwards nobody else was asked."""
    url, asked = serve("streamlit_app.py"), set()

    def guard(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, **declared()})

    def go(name):
        page.route(f"{url}/{name}", guard)
        page.goto(f"{url}/{name}")
        page.locator(SETTLED).wait_for()
        page.wait_for_timeout(LOADED)
        return page

    # An answer that is put together here comes from nowhere, and would not be let to loopback.
    page.context.grant_permissions(["local-network-access"], origin=url)
    page.add_init_script(NOTED)
    page.on("request", lambda request: asked.add(urlsplit(request.url.removeprefix("blob:"))))
    page.on("websocket", lambda socket: asked.add(urlsplit(socket.url)))
    yield go
    page.context.clear_permissions()
    assert page.evaluate("window.violations") == []
    hosts = {address.netloc for address in asked if address.scheme != "data"}
    assert hosts == {urlsplit(url).netloc}
    assert {"http", "ws"} <= {address.scheme for address in asked}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_else_and_does_nothing_that_the_policy_forbids(guarded, name):
    page = guarded(name)
    assert page.locator("[data-testid=stMain] h1, [data-testid=stMain] h2").count()


def test_the_policy_forbids_a_script_in_the_page(page, serve):
    """Or the tests above would find nothing whatever a page did."""
    page.add_init_script(NOTED)
    page.route(
        "**/empty",
        lambda route: route.fulfill(
            content_type="text/html", headers=declared(), body="<script>window.ran = true</script>"
        ),
    )
    page.goto(f"{serve('streamlit_app.py')}/empty")
    assert page.evaluate("[window.ran ?? false, window.violations.length]") == [False, 1]


@pytest.mark.parametrize("label", ["Page that plays offline (HTML)", "Animation (GIF)"])
def test_a_file_can_be_taken_away(guarded, label):
    page = guarded("trajectories")
    page.get_by_role("tab", name="Download").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=label).click()
    assert found.value.failure() is None


def test_no_answer_of_the_server_invites_another_site(page, serve):
    """XSRF and CORS are as Streamlit has them: no origin but its own may read an answer."""
    url = serve("streamlit_app.py")
    elsewhere = {"Origin": "https://elsewhere.example"}
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        answer = page.context.request.get(url + path, headers=elsewhere)
        assert "access-control-allow-origin" not in answer.headers
    upload = page.context.request.put(f"{url}/_stcore/upload_file/a/b", data="text")
    assert upload.status in (400, 403)
