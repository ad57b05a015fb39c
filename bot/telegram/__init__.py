"""The door to Telegram: the only room that imports aiogram. Its handlers hold no logic.

`local_*` is Telegram itself in one process: the demo and the tests use it in place of the Bot
API server.
"""
