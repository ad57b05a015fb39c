"""Counters and timers, in Prometheus' form. Labels are kinds and outcomes, never persons."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

# Seconds. An answer takes milliseconds; the upper buckets catch a store or a messenger that is
# slow.
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """The metrics of one process, in a registry of its own so that tests and processes do not
    share.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "joldosh_updates",
            "Updates by kind and result",
            ["kind", "result"],
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "joldosh_turn_seconds",
            "Time from an update to its sent answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.calls = Counter(
            "joldosh_telegram_calls",
            "Bot API calls by method and outcome",
            ["method", "outcome"],
            registry=self.registry,
        )
        self.cards = Counter(
            "joldosh_cards",
            "Cards shown, by form: picture, text alone; and pictures that could not be drawn",
            ["form"],
            registry=self.registry,
        )
        self.jobs = Counter(
            "joldosh_jobs",
            "Jobs by kind and what became of them",
            ["kind", "result"],
            registry=self.registry,
        )
        self.editions = Counter(
            "joldosh_content_editions",
            "Content editions read, by result",
            ["result"],
            registry=self.registry,
        )
        self.content_day = Gauge(
            "joldosh_content_day_timestamp_seconds",
            "The day the catalogue is made for",
            registry=self.registry,
        )

    def exposition(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)
