"""From content files to a catalogue: reading with line numbers, checks, translations, watching.

A snapshot of the files is read once; everything after it is a function of that snapshot and a day:

    snapshot.py  the bytes of the content folder         edition.py   what they say, parsed, with problems
    checks/      what is wrong with it on a day           compiling.py the catalogue of that day

It must not show anything to persons and imports neither Telegram, the web nor the database.
"""
