"""Health, metrics, and which parts an application has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import httpx
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from bot.web.application import make_application
from bot.web.health import Health
from bot.web.webhook import WEBHOOK_PATH, Webhook

DAY = date(2026, 11, 24)


def exposition() -> bytes:
    registry = CollectorRegistry()
    Counter("joldosh_updates", "Updates", registry=registry).inc(3)
    return generate_latest(registry)


def client_of(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://joldosh.example"
    )


async def well() -> Health:
    return Health(edition="abc123", day=DAY)


async def test_health_when_all_is_well() -> None:
    async with client_of(make_application(health=well, metrics=exposition)) as client:
        response = await client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "edition": "abc123", "day": "2026-11-24"}


async def test_health_when_something_is_wrong() -> None:
    async def ill() -> Health:
        return Health(edition="abc123", day=DAY, problem="no database")

    async with client_of(make_application(health=ill, metrics=exposition)) as client:
        response = await client.get("/health")
    assert response.status_code == 503
    assert response.json()["status"] == "no database"


async def test_metrics_are_what_prometheus_reads() -> None:
    async with client_of(make_application(health=well, metrics=exposition)) as client:
        response = await client.get("/metrics")
    families = {family.name: family for family in text_string_to_metric_families(response.text)}
    assert families["joldosh_updates"].samples[0].value == 3
    assert response.headers["content-type"].startswith("text/plain")


async def test_a_deployment_has_no_local_chat_and_a_demo_no_webhook() -> None:
    async def feed(_body: bytes) -> None:
        return None

    bare = make_application(health=well, metrics=exposition)
    deployed = make_application(health=well, metrics=exposition, webhook=Webhook(feed, "secret"))
    async with client_of(bare) as client:
        assert (await client.get("/")).status_code == 404
        assert (await client.post(WEBHOOK_PATH)).status_code == 404
    async with client_of(deployed) as client:
        assert (await client.get("/chat/persons")).status_code == 404
        assert (await client.post(WEBHOOK_PATH)).status_code == 403


async def test_the_lifespan_goes_around_the_serving() -> None:
    happened: list[str] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        happened.append("opened")
        yield
        happened.append("closed")

    app = make_application(health=well, metrics=exposition, lifespan=lifespan)
    async with app.router.lifespan_context(app):
        assert happened == ["opened"]
    assert happened == ["opened", "closed"]
