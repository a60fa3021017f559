"""What docs/deploying.md and docs/hosting say, done as they say it, from the first time on."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from ssl import create_default_context
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
import yaml
from aiosmtpd.controller import Controller

from discussion.cli.commands import COMMANDS
from discussion.config import PREFIX, described
from tests.cli.running import ROOT, free_port
from tests.conftest import SECRET
from tests.databases import empty_database

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]

HOSTING = ROOT / "docs" / "hosting"
PAGE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
INSTALLS = ("make wheel", "python3 -m venv", "/opt/discussion/bin/pip")
KEYS = {"SECRET_KEY": SECRET, "RATER_KEY": SECRET[::-1], "REDACTION_KEY": SECRET.upper()}
PATIENCE = 60.0
PATH = f"{os.environ['PATH']}:/usr/sbin"  # where Debian puts nginx, and not everybody looks

# What stands in for a whole machine: other folders, the user who runs the tests, and systemd.
STAND_INS = """
set -euo pipefail
cd {root}
useradd() {{ echo "useradd $*" >> {machine}/done; }}
runuser() {{ shift 3; "$@"; }}
install() {{
  local given=()
  while [ $# -gt 0 ]; do
    case "$1" in -o|-g) shift;; *) given+=("$1");; esac
    shift
  done
  command install "${{given[@]}}"
}}
systemctl() {{ {python} {machine}/systemctl.py "$@"; }}
"""
SYSTEMCTL = '''
"""Just enough of systemctl for three units: it reads them, and does what they say."""
import pathlib, re, shlex, subprocess, sys, os
machine = pathlib.Path(__file__).parent
verb, *names = [word for word in sys.argv[1:] if word != "--now"]
if verb == "daemon-reload":
    sys.exit()
for name in names:
    if name.endswith(".timer"):
        assert "OnCalendar=" in (machine / "etc/systemd/system" / name).read_text()
        continue
    unit = (machine / "etc/systemd/system" / f"{name}.service").read_text()
    file = re.search("^EnvironmentFile=(.*)$", unit, re.M)[1]
    settings = dict(os.environ)
    for line in pathlib.Path(file).read_text().splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("=")
            settings[key] = value.strip('"')
    steps = re.findall("^ExecStart(?:Post)?=(.*)$", unit, re.M)
    words = [shlex.split(step.replace("$$", "$").replace("%%", "%")) for step in steps]
    if verb == "start":
        for each in words:
            subprocess.run(each, env=settings, check=True, stdout=subprocess.DEVNULL)
    else:
        log = (machine / f"{name}.log").open("wb")
        made = subprocess.Popen(words[0], env=settings, stdout=log, stderr=log,
                                start_new_session=True)
        (machine / f"{name}.pid").write_text(str(made.pid))
'''


class Machine:
    """A folder that stands for the root of one machine, with the site installed in it."""

    def __init__(self, folder: Path, port: str) -> None:
        self.folder, self.port = folder, port
        for name in ("etc/systemd/system", "var/lib", "var/backups", "opt/discussion/bin"):
            (folder / name).mkdir(parents=True)
        command = folder / "opt/discussion/bin/discussion"
        command.write_text(
            f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m discussion "$@"\n'
        )
        command.chmod(0o755)
        (folder / "systemctl.py").write_text(SYSTEMCTL)

    def here(self, text: str) -> str:
        """The text with this machine's folders and port in place of the usual ones."""
        for name in ("/etc/discussion.env", "/etc/systemd", "/var/lib/discussion",
                     "/var/backups/discussion", "/opt/discussion"):  # fmt: skip
            text = text.replace(name, f"{self.folder}{name}")
        return text.replace("8000", self.port)

    def take_in(self, name: str) -> None:
        """A file of docs/hosting, as this machine has it, beside the page that speaks of it."""
        target = self.folder / "docs/hosting" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.here((HOSTING / name).read_text(encoding="utf-8")))

    def fill_in(self, **settings: str) -> None:
        """What the page asks the host to write into the file of settings."""
        path = self.folder / "docs/hosting/discussion.env"
        text = path.read_text()
        for name, value in settings.items():
            line = f'{PREFIX}{name}="{value}"'
            text, done = re.subn(f"^{PREFIX}{name}=.*$", line, text, flags=re.M)
            assert done == 1, name
        path.write_text(text)

    def end(self) -> None:
        for kept in self.folder.glob("*.pid"):
            os.kill(int(kept.read_text()), 15)


def test_the_first_time_ends_with_a_doctor_who_has_nothing_to_say(tmp_path: Path) -> None:
    machine = Machine(tmp_path, free_port())
    for path in HOSTING.iterdir():
        if path.suffix in (".env", ".service", ".timer"):
            machine.take_in(path.name)
    mail = Controller(_Kept(), hostname="127.0.0.1", port=int(free_port()))
    mail.start()
    machine.fill_in(**KEYS, MAIL_URL=f"smtp://127.0.0.1:{mail.port}")
    script = STAND_INS.format(root=tmp_path, machine=tmp_path, python=sys.executable)
    lines = list(_first_time())
    assert len(lines) == 13
    for line in lines:
        script += machine.here(line).replace("docs/hosting", f"{tmp_path}/docs/hosting") + "\n"
        if "enable --now" in line:
            script += f"{sys.executable} {tmp_path}/wait.py\n"
    (tmp_path / "wait.py").write_text(_WAIT.format(port=machine.port))
    try:
        done = subprocess.run(["bash", "-c", script], text=True, capture_output=True,
                              timeout=4 * PATIENCE, check=False, env=_bare(tmp_path))  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Nothing is missing, and nothing looks unsafe." in done.stdout
        assert (tmp_path / "var/lib/discussion").stat().st_mode & 0o777 == 0o700
        [kept] = (tmp_path / "var/backups/discussion").iterdir()
        assert kept.stat().st_mode & 0o777 == 0o600
        assert "useradd --system" in (tmp_path / "done").read_text()
    finally:
        mail.stop()
        machine.end()


def test_init_makes_a_folder_that_nobody_else_may_enter_also_beside_postgresql(
    tmp_path: Path,
) -> None:
    with empty_database("postgresql", tmp_path) as url:
        env = {**_bare(tmp_path), "PYTHONPATH": str(ROOT)}
        env |= {f"{PREFIX}{name}": value for name, value in KEYS.items()}
        env |= {f"{PREFIX}BASE_URL": "https://talk.example.org", f"{PREFIX}DATABASE_URL": url,
                f"{PREFIX}DATA_DIR": f"{tmp_path}/new"}  # fmt: skip
        done = subprocess.run(["sh", "-c", f"umask 000; {sys.executable} -m discussion init"],
                              env=env, text=True, capture_output=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_every_setting_and_command_in_the_files_exists() -> None:
    settings = {name for name, *_rest in described()}
    commands = {command.name.split()[0] for command in COMMANDS}
    read = 0
    for path in HOSTING.iterdir():
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(rf"\b{PREFIX}[A-Z_]+", text)) <= settings, path.name
        named = re.findall(r"bin/discussion ([a-z]+)|\"discussion\", \"([a-z]+)\"", text)
        assert {one or other for one, other in named} <= commands, path.name
        read += 1
    assert read >= 8


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("SKIPPED: the units were not checked; install Debian's `systemd`.")
    machine = Machine(tmp_path, "8000")
    units = [path for path in HOSTING.iterdir() if path.suffix in (".service", ".timer")]
    for path in units:
        text = machine.here(path.read_text()).replace("User=discussion\nGroup=discussion\n", "")
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no",
                           *(str(tmp_path / path.name) for path in units)],
                          text=True, capture_output=True, check=False)  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "discussion-" in line]
    assert (len(units), ours) == (4, [])


def test_the_image_is_made_as_the_page_installs() -> None:
    text = (HOSTING / "Containerfile").read_text(encoding="utf-8")
    runs = re.findall(r"^RUN (.*)$", text, re.M)
    page = PAGE.partition("## The first time")[2].partition("## Serving")[0]
    said = [line.strip() for line in page.splitlines() if line.startswith("    ")]
    assert [line for line in said if line.startswith(INSTALLS[1:])] == runs[2:]
    assert [line for line in said if line.startswith("install -d")] == [runs[1]]
    assert runs[0].replace(" --uid 10001", "") in said


def test_site_worker_and_nginx_run_as_the_containers_say(tmp_path: Path) -> None:
    if not (shutil.which("nginx", path=PATH) and shutil.which("openssl")):
        pytest.skip("SKIPPED: nothing was tried behind nginx; install Debian's `nginx-light`.")
    machine = Machine(tmp_path, free_port())
    machine.take_in("discussion.env")
    machine.fill_in(**KEYS, BASE_URL="https://localhost", MAIL_URL="")
    services = yaml.safe_load((HOSTING / "compose.yaml").read_text(encoding="utf-8"))["services"]
    with empty_database("postgresql", tmp_path) as url:
        env = _settings_of(machine, services["site"], url)
        assert _run(machine, services["tables"]["command"], env).returncode == 0
        with (
            _started(machine, services["site"]["command"], env),
            _started(machine, services["worker"]["command"], env),
            _nginx(machine) as address,
        ):
            _wait_for(f"http://127.0.0.1:{machine.port}/readyz")
            assert "<h1" in _get(f"{address}/about")
            assert _get(f"http://127.0.0.1:{machine.port}/statusz").count('"ok"') >= 1
            for path in ("/statusz", "/metrics"):
                with pytest.raises(HTTPError) as error:
                    _get(f"{address}{path}")
                assert error.value.code == 404
                error.value.close()
            with _slow_readers(address, 200):
                assert "<h1" in _get(f"{address}/about"), "slow ones hold nginx, never the site"
            assert "/about" not in (tmp_path / "access.log").read_text(encoding="utf-8")
            backup = services["backup"]["command"][-1].replace("$$", "$")
            once = machine.here(backup).replace("while :; do ", "").partition("; find")[0]
            assert _run(machine, ["sh", "-c", once], env).returncode == 0
            assert len(list((tmp_path / "var/backups/discussion").glob("*.zip"))) == 1


_WAIT = """
import time, urllib.request
for _each in range(300):
    try:
        urllib.request.urlopen("http://127.0.0.1:{port}/readyz", timeout=5)
        break
    except OSError:
        time.sleep(0.2)
time.sleep(2)  # until the worker's heart has beaten
"""


class _Kept:
    """A mail server that takes everything."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return "250 OK"


def _first_time() -> Iterator[str]:
    """The lines of the page, without those that install; test_the_wheel does those."""
    block = PAGE.partition("## The first time")[2].partition("## Serving")[0]
    for line in block.splitlines():
        if line.startswith("    ") and not line.strip().startswith(INSTALLS):
            yield line.strip()


def _bare(folder: Path) -> dict[str, str]:
    """An environment without settings, and with as little else as commands need."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(folder), "OPENBLAS_NUM_THREADS": "1"}


def _settings_of(machine: Machine, service: dict[str, Any], url: str) -> dict[str, str]:
    """What a container of the file finds around it, with this machine's database and port."""
    env = _bare(machine.folder)
    for line in (machine.folder / "docs/hosting" / service["env_file"]).read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            env[name] = value.strip('"')
    env |= {name: machine.here(str(value)) for name, value in service["environment"].items()}
    own = machine.folder / "opt/discussion/bin"
    return env | {f"{PREFIX}DATABASE_URL": url, "PATH": f"{own}:{env['PATH']}"}


def _run(
    machine: Machine, words: list[str], env: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    (machine.folder / "var/backups/discussion").mkdir(exist_ok=True)
    return subprocess.run(words, env=env, text=True, capture_output=True, timeout=PATIENCE,
                          check=False)  # fmt: skip


@contextmanager
def _started(machine: Machine, words: list[str], env: dict[str, str]) -> Iterator[None]:
    with (machine.folder / f"{words[-1]}.log").open("wb") as log:
        process = subprocess.Popen(words, env=env, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


@contextmanager
def _nginx(machine: Machine) -> Iterator[str]:
    """nginx with the file of docs/hosting, and a certificate that nobody signed."""
    folder, port = machine.folder, free_port()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"],
                   check=True, capture_output=True)  # fmt: skip
    server = machine.here((HOSTING / "nginx.conf").read_text(encoding="utf-8"))
    for said, meant in {
        "/etc/ssl/discussion": str(folder), "discussion.example.org": "localhost",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl", "    listen [::]:443 ssl;\n": "",
        "listen 80;": f"listen 127.0.0.1:{free_port()};", "    listen [::]:80;\n": "",
    }.items():  # fmt: skip
        assert said in server, said
        server = server.replace(said, meant)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;\n"
        "events { worker_connections 4096; }\n"
        f"http {{\naccess_log {folder}/access.log;\n{temporary}{server}\n}}\n"
    )
    nginx = str(shutil.which("nginx", path=PATH))
    process = subprocess.Popen([nginx, "-p", str(folder), "-c", f"{folder}/nginx.conf"],
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        _wait_for_port(int(port))
        yield f"https://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def _slow_readers(address: str, number: int) -> Iterator[None]:
    """Connections that say half a request and then nothing."""
    port = int(address.rpartition(":")[2])
    opened = []
    context = _trusting()
    for _each in range(number):
        plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        kept = context.wrap_socket(plain, server_hostname="localhost")
        kept.sendall(b"POST /accounts/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        opened.append(kept)
    try:
        yield
    finally:
        for kept in opened:
            kept.close()


def _trusting() -> Any:
    context = create_default_context()
    context.check_hostname, context.verify_mode = False, 0  # type: ignore[assignment]
    return context


def _get(address: str) -> str:
    """What is answered to a browser."""
    asked = Request(address, headers={"Accept": "text/html, application/json"})
    with urlopen(asked, timeout=20, context=_trusting()) as answer:
        return str(answer.read().decode())


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _get(address)
            return
        except (URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _wait_for_port(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
