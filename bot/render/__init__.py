"""Blocks of the guide → forms that a door can show (rich text, plain text). One file per form.

It must not know languages, settings or Telegram: words that are not guidance come in as `Labels`.
"""
