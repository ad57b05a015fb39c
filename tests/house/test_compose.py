"""docker-compose.yml and the Dockerfile fit together and fit the settings. No Docker is needed for it."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.settings import Settings
from tests.house.sources import ROOT

FILE = ROOT / "docker-compose.yml"
COMPOSE: dict[str, Any] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")

# ${NAME:?message}: compose stops with the message when NAME is unset or empty.
DEMANDED = re.compile(r"\$\{(\w+):\?[^}]+\}")
SECRETS = {"JOLDOSH_BOT_TOKEN", "JOLDOSH_SECRET_KEY", "POSTGRES_PASSWORD"}


@pytest.fixture(params=sorted(SERVICES))
def service(request: pytest.FixtureRequest) -> dict[str, Any]:
    return SERVICES[request.param]


def test_the_services_of_a_deployment_are_there() -> None:
    assert {"bot", "migrate", "postgres", "redis", "prometheus"} == set(SERVICES)
    assert SERVICES["postgres"]["image"].startswith("postgres:17")
    assert SERVICES["redis"]["image"].startswith("redis:7")


def test_a_service_is_built_here_or_names_the_version_of_its_image(
    service: dict[str, Any],
) -> None:
    if "build" in service:
        assert (ROOT / service["build"] / "Dockerfile").is_file()
    else:
        assert re.search(r":v?\d", service["image"]), (
            "an image without a version changes by itself"
        )


def test_a_service_waits_for_services_that_exist_and_can_say_so(service: dict[str, Any]) -> None:
    for name, wait in service.get("depends_on", {}).items():
        match wait["condition"]:
            case "service_healthy":
                assert "test" in SERVICES[name]["healthcheck"]
            case "service_completed_successfully":
                assert SERVICES[name]["restart"] == "no"
            case other:
                pytest.fail(f"{name}: {other} waits for nothing")


def test_a_service_that_stays_is_watched_and_comes_back(service: dict[str, Any]) -> None:
    if service["restart"] == "no":
        return
    assert service["restart"] == "unless-stopped"
    assert "test" in service.get("healthcheck", {}) or (
        "build" in service and "HEALTHCHECK" in DOCKERFILE
    )


def test_no_port_is_open_to_the_world(service: dict[str, Any]) -> None:
    assert [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")] == []


def test_volumes_are_declared_and_folders_exist(service: dict[str, Any]) -> None:
    for volume in service.get("volumes", []):
        source, target, *_ = volume.split(":")
        assert target.startswith("/")
        if source.startswith("."):
            assert (ROOT / source).is_dir()
        else:
            assert source in COMPOSE["volumes"]


def test_configurations_are_declared_and_read_where_they_are_put(service: dict[str, Any]) -> None:
    for config in service.get("configs", []):
        assert config["source"] in COMPOSE["configs"]
        assert any(config["target"] in argument for argument in service["command"])


def test_prometheus_asks_the_bot_where_it_listens() -> None:
    settings = YAML(typ="safe").load(COMPOSE["configs"]["prometheus"]["content"])
    targets = [
        target
        for job in settings["scrape_configs"]
        for group in job["static_configs"]
        for target in group["targets"]
    ]
    port = SERVICES["bot"]["environment"]["JOLDOSH_LISTEN"].rpartition(":")[2]

    assert targets == [f"bot:{port}"]
    assert f"127.0.0.1:{port}:{port}" in SERVICES["bot"]["ports"]


def test_the_bot_is_given_every_setting_and_nothing_else() -> None:
    known = {f"JOLDOSH_{name.upper()}" for name in Settings.model_fields}

    assert set(SERVICES["bot"]["environment"]) == known
    assert set(SERVICES["migrate"]["environment"]) < known


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if name in SECRETS:
                assert DEMANDED.fullmatch(value), f"{name} has a value or a default"
    assert set(DEMANDED.findall(FILE.read_text(encoding="utf-8"))) >= SECRETS


def test_what_is_demanded_is_in_the_example_of_the_environment() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(\w+)=", example, re.MULTILINE))

    assert set(DEMANDED.findall(FILE.read_text(encoding="utf-8"))) <= named


def test_the_settings_that_compose_hands_over_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVICES["bot"]["environment"].items():
        monkeypatch.setenv(name, DEMANDED.sub("0123456789abcdef0123456789abcdef", value or ""))

    settings = Settings(_env_file=None)

    assert settings.database_url.get_secret_value().startswith("postgresql://joldosh:0123")
    assert settings.webhook_url is None


def test_the_image_has_all_that_runs_and_nothing_of_this_machine() -> None:
    copied = {
        path.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for path in line.split()[:-1]
    }
    let_through = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))

    assert copied == let_through
    assert {path for path in copied if not (ROOT / path).exists()} == set()
    assert {"bot", "db", "content", "locales"} <= copied


def test_the_image_does_not_run_as_root() -> None:
    last_stage = DOCKERFILE.rpartition("FROM ")[2]

    assert re.search(r"^USER (?!root)", last_stage, re.MULTILINE)


def test_the_guidance_can_be_published_to_and_outlives_the_image() -> None:
    """A new volume takes over the files and the owner that the image has in its place."""
    settings, volumes = SERVICES["bot"]["environment"], SERVICES["bot"]["volumes"]
    folder = settings["JOLDOSH_CONTENT_DIR"]
    [mounted] = [volume for volume in volumes if volume.split(":")[1] == folder]
    last_stage = DOCKERFILE.rpartition("FROM ")[2]

    assert mounted == f"guidance:{folder}"
    assert f"--chown=joldosh:joldosh {folder} {folder}" in last_stage
    assert "USER joldosh" in last_stage


def has_compose() -> bool:
    """Whether Docker is here with its compose plugin; the client alone is not enough."""
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(not has_compose(), reason="docker compose is not on this machine")
def test_docker_compose_reads_the_file(tmp_path: Path) -> None:
    secrets = "".join(f"{name}=0123456789abcdef\n" for name in sorted(SECRETS))
    (tmp_path / "env").write_text(secrets, encoding="utf-8")
    command = ["docker", "compose", "--env-file", str(tmp_path / "env"), "config", "--quiet"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
