"""What can be wrong between files, or on a day. One theme a module, each a function from an edition and a day to problems.

Checks must not read files or repair anything. `bot.editorial.checking` runs them all.
"""
