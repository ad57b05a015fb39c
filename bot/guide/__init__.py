"""What guidance is: memos, facts, sources, contacts and the catalogue that holds them.

Pure: standard library only, no files, no clock, no Telegram. Every other room may import this one.
"""
