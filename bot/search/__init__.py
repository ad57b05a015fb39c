"""From a question in a person's own words to memos, or to an honest "not sure".

It knows the guide and nothing of conversations, Telegram or storage. Callers use `engine.Search`.
"""
