"""How persons write days and numbers, in all languages at once: letters, words, and days in a text.

Only `bot.i18n.typed_dates`, `typed_numbers` and `typed_stays` look in here.
"""
