"""Logs and metrics. Neither may hold a Telegram id, a name, a phone or the words of a person."""
