"""What is written for Kubernetes and for compose is what they understand, by their own schemata."""

import subprocess
import sys

import kubernetes_validate
import pytest
import yaml

from deploy.recipe import HERE

MANIFESTS = sorted(HERE.glob("kubernetes/*.yaml"))
VERSION = "1.31"
"""The oldest Kubernetes that is meant."""
COMPOSE = HERE / "compose.yaml"


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("version", [VERSION, kubernetes_validate.latest_version()])
def test_kubernetes_understands_every_field(path, version):
    kubernetes_validate.validate(yaml.safe_load(path.read_text("utf-8")), version, strict=True)


def test_a_field_that_kubernetes_does_not_know_is_found():
    wrong = yaml.safe_load((HERE / "kubernetes" / "disruption.yaml").read_text("utf-8"))
    wrong["spec"]["maxUnavailabel"] = wrong["spec"].pop("maxUnavailable")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSION, strict=True)


def checked(path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    return subprocess.run([*command, str(path)], capture_output=True, text=True)


def test_compose_understands_its_file(tmp_path):
    done = checked(COMPOSE)
    assert done.returncode == 0, done.stdout
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(COMPOSE.read_text("utf-8").replace("read_only:", "readonly:"), "utf-8")
    assert checked(wrong).returncode == 1
