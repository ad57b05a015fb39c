"""One module a kind of content file: its shape, and the things of the guide that are made of it.

They must not know each other: what one file says about another is checked in `bot.editorial.checks`.
"""
