"""The bot as a process that is killed, starved and lied to: what it promises then, seen from outside."""
