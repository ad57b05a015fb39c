"""Interface texts, plural forms, dates and numbers by locale. Not guidance: that is in
`content/`.
"""
