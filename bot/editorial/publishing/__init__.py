"""From a draft to what persons read: files, git and the way between replicas.

`repository.Repository` is the door. The room knows no database and no web, and never reads a clock.
"""
