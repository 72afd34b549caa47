"""A fact that stands in several files of `deploy/` is the same in all."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy import headers
from deploy.recipe import HERE, ROOT, Recipe, context
from deploy.replicas import HEALTH

TEXTS = {
    path.relative_to(HERE).as_posix(): path.read_text("utf-8")
    for path in (*HERE.glob("*.*"), *HERE.glob("kubernetes/*"), HERE / "Containerfile")
    if path.is_file()
}
RECIPE = Recipe()
PORT = RECIPE.environment["STREAMLIT_SERVER_PORT"]


def kubernetes(name):
    return yaml.safe_load(TEXTS[f"kubernetes/{name}.yaml"])


POD = kubernetes("deployment")["spec"]["template"]["spec"]
APP = POD["containers"][0]
COMPOSE = yaml.safe_load(TEXTS["compose.yaml"])["services"]
LOCK = dict(re.findall(r"(?m)^([\w.-]+)==([\w.!+-]+) \\$", TEXTS["requirements.lock"]))
WANTED = [
    Requirement(line)
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("name", headers.PLACES)
def test_the_headers_are_up_to_date(name):
    assert headers.MARKED.search(TEXTS[name])
    assert TEXTS[name] == headers.made(TEXTS[name], headers.PLACES[name]), (
        "run python -m deploy.headers"
    )


def test_the_policy_names_no_other_site_and_no_script_in_the_page():
    policy = tomllib.loads(TEXTS["headers.toml"])["content-security-policy"]
    assert policy["default-src"] == "'none'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    elsewhere = [word for value in policy.values() for word in value.split() if "." in word]
    assert elsewhere == []
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", headers.inline()), "one script, by its hash"


def test_the_port_is_one():
    assert RECIPE.last("EXPOSE") == PORT
    assert [port["containerPort"] for port in APP["ports"]] == [int(PORT)]
    assert re.findall(r"server-template \w+ \d+ \w+:(\d+)", TEXTS["haproxy.cfg"]) == [PORT] * 2
    first = re.search(r"server 127\.0\.0\.1:(\d+)", TEXTS["nginx.conf"])
    assert first
    assert first[1] == PORT


def test_the_proxy_listens_where_compose_finds_it():
    (bound,) = re.findall(r"bind :(\d+)", TEXTS["haproxy.cfg"])
    assert COMPOSE["proxy"]["ports"] == [f"{bound}:{bound}"]
    assert f"listen {bound};" in TEXTS["nginx.conf"]
    assert COMPOSE["app"]["deploy"]["replicas"] == 3
    assert (
        re.findall(r"server-template \w+ (\d+) (\w+):", TEXTS["haproxy.cfg"]) == [("3", "app")] * 2
    )


def test_the_health_of_all_is_asked_at_one_address():
    assert f"http://127.0.0.1:{PORT}{HEALTH}" in RECIPE.health_check[-1]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert APP[probe]["httpGet"] == {"path": HEALTH, "port": "http"}
    assert set(re.findall(r"httpchk GET (\S+)", TEXTS["haproxy.cfg"])) == {HEALTH}
    assert kubernetes("service")["metadata"]["annotations"]["haproxy.org/check-http"] == HEALTH


def test_the_image_says_how_it_is_run_and_nobody_else_does():
    assert RECIPE.command[:3] == ["streamlit", "run", "streamlit_app.py"]
    assert not {"command", "entrypoint"} & COMPOSE["app"].keys()
    assert not {"command", "args"} & APP.keys()


def test_nothing_is_root_and_nothing_can_be_written_but_one_folder():
    user = RECIPE.last("USER")
    assert user == "{runAsUser}:{runAsGroup}".format(**POD["securityContext"])
    assert POD["securityContext"]["runAsNonRoot"]
    assert not user.startswith("0")
    assert APP["securityContext"]["readOnlyRootFilesystem"]
    assert COMPOSE["app"]["read_only"]
    assert COMPOSE["proxy"]["read_only"]
    (volume,), (mount,), (tmpfs,) = POD["volumes"], APP["volumeMounts"], COMPOSE["app"]["tmpfs"]
    where, _, options = tmpfs.partition(":")
    assert where == mount["mountPath"] == RECIPE.environment["HOME"]
    assert f"size={volume['emptyDir']['sizeLimit'][:-2].lower()}m" in options


def test_a_replica_has_the_same_memory_everywhere():
    (memory,) = COMPOSE["app"]["deploy"]["resources"]["limits"].values()
    assert APP["resources"]["limits"]["memory"] == f"{memory}i"


def test_the_proxies_wait_and_refuse_alike():
    nginx, haproxy = TEXTS["nginx.conf"], TEXTS["haproxy.cfg"]
    ingress = kubernetes("ingress")["metadata"]["annotations"]
    snippet = ingress["haproxy.org/backend-config-snippet"]
    (tunnel,) = re.findall(r"timeout tunnel (\w+)", haproxy)
    assert re.findall(r"proxy_(?:read|send)_timeout (\w+);", nginx)[1:] == [tunnel] * 2
    assert f"timeout tunnel {tunnel}" in snippet
    assert ingress["haproxy.org/timeout-server"] == re.search(r"timeout server (\w+)", haproxy)[1]
    types = re.search(r"compression type .*", haproxy)[0]
    assert types in snippet
    assert re.search(r"gzip_types (.*);", nginx)[1] == types.removeprefix(
        "compression type text/html "
    )
    assert re.search(r"limit_conn connections (\d+)", nginx)[1] in haproxy
    rate, burst = (int(re.search(rf"{name}=(\d+)", nginx)[1]) for name in ("rate", "burst"))
    assert f"sc0_gpc0_rate gt {30 * rate + burst}" in haproxy  # in half a minute
    kilobytes = int(re.search(r"client_max_body_size (\d+)k", nginx)[1])
    assert f"req.body_size gt {kilobytes * 1024} " in haproxy


def test_the_autoscaler_the_budget_and_the_service_mean_this_deployment():
    deployment = kubernetes("deployment")
    name, labels = deployment["metadata"]["name"], deployment["metadata"]["labels"]
    assert kubernetes("autoscaler")["spec"]["scaleTargetRef"]["name"] == name
    assert kubernetes("disruption")["spec"]["selector"]["matchLabels"] == labels
    assert kubernetes("network")["spec"]["podSelector"]["matchLabels"] == labels
    service = kubernetes("service")
    assert service["spec"]["selector"] == labels
    (rule,) = kubernetes("ingress")["spec"]["rules"]
    assert rule["http"]["paths"][0]["backend"]["service"]["name"] == service["metadata"]["name"]


def test_the_list_of_versions_is_what_the_app_asks_for():
    for wanted in WANTED:
        assert LOCK[canonicalize_name(wanted.name)] in wanted.specifier, wanted
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", TEXTS["requirements.lock"])[1:]
    assert len(blocks) == len(LOCK)
    assert all("--hash=sha256:" in block for block in blocks)
    assert (
        re.search(r"#    (uv pip compile .*)", TEXTS["requirements.lock"])[1] in TEXTS["README.md"]
    )


def test_the_image_holds_what_the_app_runs_from_and_nothing_else():
    copied = {name for step, rest in RECIPE.steps if step == "COPY" for name in rest.split()[:-1]}
    assert copied == {
        *("deploy/requirements.lock", "LICENSE", "streamlit_app.py"),
        *(".streamlit", "assets", "pages", "playground"),
    }
    files = [path.relative_to(ROOT) for name in copied for path in context(name)]
    assert len(files) > 300
    assert not [path for path in files if "__pycache__" in path.parts]
    assert not [path for path in files if path.name == "secrets.toml"]
    assert [*context("tests")] == [*context("README.md")] == []
