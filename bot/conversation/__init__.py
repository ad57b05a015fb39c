"""What happens when a person does something: a pure machine and the service around it.

It must not know Telegram, SQL or the clock.
"""
