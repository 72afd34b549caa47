"""Go through the Containerfile without a container engine: `python -m deploy.rehearse`.

Every instruction is read from the recipe and done as it is written, in a root of its own that
bubblewrap makes: COPY copies what an engine would copy, RUN runs with the folders of the build
writable, CMD runs as the USER with nothing writable but a fresh /tmp, without any network, and
HEALTHCHECK asks until the app is healthy.  Then the first page is run once, and what the server
takes is printed.  In place of FROM stands a fresh virtual environment of this Python, which must
have the version that the recipe names.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.recipe import ROOT, Recipe, context, listed

HOST = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc")
"""What of this machine stands for the base image, read-only."""
INSTALL = "apt-get install bubblewrap"
PASSED = re.compile(r"PIP_\w+|\w+_proxy|SSL_CERT_\w+|REQUESTS_CA_BUNDLE", re.I)
"""What the build is told of this machine: how its network is reached."""
VENV = "/venv"
PAGE = """
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("/app/streamlit_app.py", default_timeout=120).run()
assert not page.exception, page.exception
print("the first page runs:", page.title[0].value if page.title else page.markdown[0].value[:60])
"""
STAGE = """
{command} > /tmp/said.txt 2>&1 &
server=$!
for i in $(seq 90); do
  if {health} 2> /tmp/health.txt; then healthy=$i; break; fi
  kill -0 $server || break
  sleep 1
done
if [ -z "$healthy" ]; then cat /tmp/said.txt /tmp/health.txt; exit 1; fi
echo "healthy at question $healthy"
grep -E "^(VmRSS|Uid|CapEff|NoNewPrivs)" /proc/$server/status
awk '$4 ~ /^rw/ && $2 !~ "^/(proc|dev|tmp)(/|$)" {{print; bad = 1}} END {{exit bad}}' /proc/mounts \
  || {{ echo "these can be written to"; exit 1; }}
echo "nothing but /tmp can be written to, where there is:" $(ls -A /tmp)
python -c {page}
"""


class Rehearsal:
    """A root in a folder, in which the steps of the recipe are done one after the other."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self.recipe = recipe
        self.app, self.venv = folder / "app", folder / "venv"
        for made in (self.app, self.venv):
            made.mkdir(mode=0o755)
        self.where = "/"
        self.environment = {"PATH": f"{VENV}/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}

    def root(self, *, build: bool) -> list[str]:
        """The command of bubblewrap: all is read-only, but for the folders of the build."""
        bind = "--bind" if build else "--ro-bind"
        words = ["bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--clearenv"]
        words += ["--tmpfs", "/", "--proc", "/proc", "--dev", "/dev"]
        for parent in reversed(Path(sys.base_prefix).parents[:-1]):  # where everybody may pass
            words += ["--perms", "0755", "--dir", str(parent)]
        for name in (*filter(os.path.exists, HOST), sys.base_prefix):
            words += ["--ro-bind", name, name]
        words += [bind, str(self.app), "/app", bind, str(self.venv), VENV]
        words += ["--perms", "1777", "--tmpfs", "/tmp"]
        words += ["--remount-ro", "/"]
        passed = {k: v for k, v in os.environ.items() if build and PASSED.fullmatch(k)}
        for name, value in {**passed, **self.environment}.items():
            words += ["--setenv", name, value]
        return [*words, "--chdir", self.where]

    def build(self, *command: str) -> None:
        """A command with the rights and the network of a build."""
        subprocess.run([*self.root(build=True), *command], check=True)

    def take(self, instruction: str, rest: str) -> None:
        """One step; what is read where it is needed (USER, CMD, HEALTHCHECK) is only noted."""
        print(f"{instruction} {rest}"[:110], flush=True)
        if instruction == "FROM":
            version = re.search(r"python:(\d+\.\d+)", rest)
            assert version, "no version of Python"
            assert version[1] == "{}.{}".format(*sys.version_info), "another Python"
            self.build(f"{sys.base_prefix}/bin/python3", "-m", "venv", VENV)
        elif instruction == "WORKDIR":
            assert rest == "/app", "the only folder there is"
            self.where = rest
        elif instruction == "COPY":
            self.copy(*shlex.split(rest))
        elif instruction == "RUN":
            self.build(*listed(rest))
        elif instruction == "ENV":
            for setting in shlex.split(rest):
                name, _, value = setting.partition("=")
                self.environment[name] = value
        else:
            assert instruction in ("USER", "EXPOSE", "HEALTHCHECK", "CMD"), instruction

    def copy(self, *names: str) -> None:
        *sources, target = names
        for source in sources:
            for path in context(source):
                inner = path.relative_to(ROOT / source)
                to = self.app / target / (inner if inner.parts else "")
                to = to / path.name if target.endswith("/") else to
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, to)

    def perform(self) -> None:
        """Run the server as it would run, and ask after its health."""
        user, _, group = self.recipe.last("USER").partition(":")
        words = [*self.root(build=False), "--unshare-net"]
        if os.geteuid() == 0:
            drop = ["setpriv", "--reuid", user, "--regid", group, "--clear-groups"]
            drop += ["--no-new-privs", "--bounding-set", "-all"]
        else:
            words += ["--unshare-user", "--uid", user, "--gid", group]
            drop = []
        script = STAGE.format(
            command=shlex.join(self.recipe.command),
            health=shlex.join(self.recipe.health_check),
            page=shlex.quote(PAGE),
        )
        subprocess.run([*words, *drop, "sh", "-c", script], check=True, timeout=300)


def rehearse() -> None:
    """All of it, in a folder that is gone afterwards."""
    if shutil.which("bwrap") is None:
        raise SystemExit(f"bubblewrap is not installed: {INSTALL}")
    recipe = Recipe()
    with tempfile.TemporaryDirectory(prefix="optimizer-playground-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        rehearsal = Rehearsal(recipe, folder)
        for step in recipe.steps:
            rehearsal.take(*step)
        rehearsal.perform()


if __name__ == "__main__":
    try:
        rehearse()
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"a step failed, with status {error.returncode}") from None
