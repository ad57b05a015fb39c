"""The entries of facts, sources, contacts and the glossary as forms: fields out of a YAML file, and back into it.

    entry_forms.py  which fields each file has           fields.py, rows.py  a field as inputs, and back
    ledger.py       one entry changes, comes or goes     splicing.py, writing_yaml.py  where in the text, and how
    hanging.py      what hangs on an entry               readings.py         how a fact is read, and what a change does

Nothing here writes a file: what comes out is a text.
"""
