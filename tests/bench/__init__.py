"""The benchmark: what an update costs here, and what it costs two plain aiogram bots. `python -m tests.bench`.

It measures through HTTP only and must not import the bot.
"""
