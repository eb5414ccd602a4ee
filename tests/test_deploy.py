"""What deploy/ starts is there: every command, option and file that its units, its image and its compose file
name. None of them was started here: that needs a machine with systemd or containers."""

from __future__ import annotations

import configparser
import re
import shlex

import pytest
import yaml

from tests.conftest import REPO
from tools.commands_page import helps

DEPLOY = REPO / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
IMAGE = (DEPLOY / "Containerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    return dict(helps())


def is_there(command: str, printed: dict[str, str]) -> None:
    words = shlex.split(command)
    words[0] = words[0].lstrip("-").rsplit("/", 1)[-1]
    assert words[0] in ("minutebook", "prefect")
    if words[0] == "minutebook":
        told = printed[" ".join(words[:2])]
        for option in (w for w in words if w.startswith("--")):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", told), f"{command}: {option}"


def read(unit) -> dict[str, list[tuple[str, str]]]:
    """A unit's sections, whose keys may come again."""
    sections, here = {}, ""
    for line in unit.read_text("utf-8").splitlines():
        if line.startswith("["):
            here = line.strip("[]")
            sections[here] = []
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            sections[here].append((key, value))
    return sections


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_a_unit_starts_what_is_there_and_tells_nobody(unit, printed):
    service = read(unit)["Service"]
    commands = [value for key, value in service if key == "ExecStart"]
    assert commands
    for command in commands:
        is_there(command, printed)
    environment = [value for key, value in service if key == "Environment"]
    assert {"DO_NOT_TRACK=1", "PREFECT_SERVER_ANALYTICS_ENABLED=false"} <= set(environment)
    assert ("ProtectSystem", "strict") in service and ("NoNewPrivileges", "true") in service


@pytest.mark.parametrize("timer", TIMERS, ids=lambda t: t.name)
def test_a_timer_has_its_service(timer):
    configparser.ConfigParser(strict=False).read(timer)
    assert timer.with_suffix(".service").exists() and dict(read(timer)["Timer"])["Persistent"] == "true"


def test_the_services_are_one_image_with_one_volume():
    assert set(COMPOSE["services"]) == {"server", "register", "worker", "page"}
    for service in COMPOSE["services"].values():
        assert service["image"] == "minutebook" and service["volumes"] == ["data:/srv/minutebook"]
        file = REPO / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]
        assert file.resolve() == DEPLOY / "Containerfile"
        for other in service.get("depends_on", {}):
            assert other in COMPOSE["services"]
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), "what is open to the world is for the operator to say"


def test_the_services_start_what_is_there(printed):
    is_there(shlex.join(["minutebook", *COMPOSE["services"]["page"]["command"]]), printed)
    (script,) = COMPOSE["services"]["register"]["command"]
    is_there(script.rpartition(";")[2].strip(), printed)
    worker, register = COMPOSE["services"]["worker"]["command"], script
    pool = worker[worker.index("--pool") + 1]
    assert f"work-pool create {pool} " in register


def test_the_image_copies_what_is_there_and_starts_it(printed):
    for line in re.findall(r"^COPY (.+) \S+$", IMAGE, re.M):
        assert all((REPO / name).exists() for name in line.split()), line
    rooms = set(re.findall(r"^COPY (\w+) \1$", IMAGE, re.M))
    wheel = (REPO / "pyproject.toml").read_text("utf-8")
    assert rooms == set(re.findall(r'"(\w+)"', re.search(r"^packages = (\[.*\])$", wheel, re.M)[1]))
    entry, command = (re.search(rf"^{key} (\[.*\])$", IMAGE, re.M)[1] for key in ("ENTRYPOINT", "CMD"))
    is_there(shlex.join([*yaml.safe_load(entry), *yaml.safe_load(command)]), printed)
    assert "DO_NOT_TRACK=1" in IMAGE and "PREFECT_SERVER_ANALYTICS_ENABLED=false" in IMAGE
    assert re.search(r"^USER minutebook$", IMAGE, re.M), "nothing runs as root"
