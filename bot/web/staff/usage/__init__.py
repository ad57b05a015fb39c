"""How the bot is used, for admins and editors: counts of days as numbers, charts and tables, and the log of events.

Nothing here can tell a person, and no group of few is shown: what the counts do not tell apart cannot be asked for.
"""
