"""From a draft to what persons read: files, git and the way between replicas (ADR 11).

    repository.py  the door                              outcomes.py      what can come out
    preparing.py   a draft merged and committed aside    moving.py        what others pushed, planned
    merging.py     two changes of one text               trees.py         git's objects
    finishing.py   a journal into files and branch       staging.py       and into the index
    working_copy.py the folder with its repository       lock.py          one at a time
    remote.py      fetch and push                        following.py     every two seconds
    past.py        earlier editions

The room knows no database and no web, and days and times come in as arguments.
"""
