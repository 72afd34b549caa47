"""nginx and HAProxy, each run in front of two replicas with the configuration of `deploy/`."""

import gzip
import http.client
import re
import subprocess
from urllib.parse import urlsplit

import pytest

from deploy.headers import declared
from deploy.replicas import HEALTH, HERE, PROXIES, free_ports, nginx_here, program, replicas
from playground.ui.front import SCRIPTS

PLOTLY = "/static/js/" + next(path.name for path in SCRIPTS.glob("PlotlyChart.*.js"))
ANY = "0123456789"
"""Requests enough that two replicas share them."""


def installed(kind):
    if (path := program(kind)) is None:
        pytest.skip(f"{kind} is not installed: {PROXIES[kind]}")
    return path


@pytest.fixture(scope="module", params=PROXIES)
def served(request):
    installed(request.param)
    with replicas(2, request.param) as served:
        yield served


def ask(url, path, method="GET", body=None, **headers):
    """Status, headers and body of one answer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=names)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), b"" if answer.status == 101 else answer.read()
    connection.close()
    return found[0], {name.lower(): value for name, value in found[1].items()}, found[2]


def cookie(url, **headers):
    """What a new visitor is given to keep."""
    return ask(url, HEALTH, **headers)[1]["set-cookie"]


def test_nginx_understands_its_configuration(tmp_path):
    nginx = installed("nginx")
    config, folder = tmp_path / "nginx.conf", tmp_path / "nginx"
    folder.mkdir()
    config.write_text(nginx_here(free_ports(1)[0], [8501, 8502], tmp_path), "utf-8")
    done = subprocess.run([nginx, "-t", "-c", config], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_haproxy_understands_its_configuration():
    command = [installed("haproxy"), "-c", "-f", str(HERE / "haproxy.cfg")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


@pytest.mark.parametrize("path", ["/", "/trajectories", HEALTH, PLOTLY, "/_stcore/agent/none"])
def test_every_answer_has_the_headers(served, path):
    _, headers, _ = ask(served.url, path)
    for name, value in declared().items():
        assert headers[name.lower()] == value
    assert "uvicorn" not in headers.get("server", "")


def test_files_are_compressed_kept_for_a_year_and_without_a_cookie(served):
    _, plain, whole = ask(served.url, PLOTLY)
    _, packed, body = ask(served.url, PLOTLY, Accept_Encoding="gzip, br")
    assert "content-encoding" not in plain
    assert packed["content-encoding"] == "gzip"
    assert gzip.decompress(body) == whole == (SCRIPTS / PLOTLY.rpartition("/")[2]).read_bytes()
    assert len(body) < len(whole) / 2
    for headers in (plain, packed):
        assert "immutable" in headers["cache-control"]
        assert "set-cookie" not in headers
    assert packed["vary"] == "Accept-Encoding"


def test_a_page_is_compressed_and_asked_for_every_time(served):
    _, headers, body = ask(served.url, "/trajectories", Accept="text/html", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert headers["cache-control"] == "no-cache"
    assert b'<div id="root">' in gzip.decompress(body)


def test_a_visitor_stays_with_his_replica(served):
    kept = cookie(served.url).partition(";")[0]
    for i in ANY:
        _, headers, _ = ask(served.url, f"/_stcore/kept-{i}", Cookie=kept)
        assert not re.search(r"(share|replica)=", headers.get("set-cookie", ""))
        ask(served.url, f"/_stcore/free-{i}")
    log = next(served.folder.glob("*.conf")).with_suffix(".txt").read_text("utf-8")
    replica = r'"replica":"([^"]+)"'
    assert len(set(re.findall(rf'kept-\d".*{replica}', log))) == 1
    assert len(set(re.findall(rf'free-\d".*{replica}', log))) == 2
    assert "127.0.0.1" not in re.sub(replica, "", log), "who asked is not written down"


def test_a_cookie_can_be_kept_in_a_frame_of_another_site_if_that_is_safe(served):
    assert cookie(served.url).endswith("; HttpOnly; SameSite=Lax")
    framed = cookie(served.url, X_Forwarded_Proto="https")
    assert framed.endswith("; HttpOnly; SameSite=None; Secure; Partitioned")


def connect(url, origin):
    return ask(
        url,
        "/_stcore/stream",
        Origin=origin,
        Connection="Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        Sec_WebSocket_Version="13",
    )[0]


def test_a_page_of_another_site_cannot_connect(served):
    assert connect(served.url, served.url) == 101
    assert connect(served.url, "https://elsewhere.example") == 403
    assert connect(served.url, "null") == 403


def test_nothing_large_is_taken(served):
    large = b"0" * 70_000
    assert ask(served.url, "/_stcore/upload_file/a/b", "PUT", large)[0] == 413


def test_no_other_program_can_drive_the_app(served):
    """Streamlit's agent interface is off, as it comes."""
    assert ask(served.url, "/_stcore/agent/interact", "POST", "{}")[0] in (403, 404)


def test_a_class_behind_one_address_may_come_at_once_and_a_flood_may_not(served):
    """300 visitors at once are let in; a flood of new ones is told to wait."""
    assert {connect(served.url, served.url) for _ in range(300)} == {101}
    assert any(connect(served.url, served.url) == 429 for _ in range(2000))
    assert ask(served.url, HEALTH)[0] == 200, "who is here already is served"
