"""Joldosh: sourced guidance for labour migrants, by citizenship, language and day. Rooms and arrows: docs/architecture.md."""
