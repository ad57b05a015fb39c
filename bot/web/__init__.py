"""Everything over HTTP: the webhook, health, metrics, pages. The only room that imports Starlette.

It knows no other edge: what it serves is given to it as protocols and plain JSON.
"""
