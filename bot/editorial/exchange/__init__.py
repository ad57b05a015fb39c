"""Texts out to translators and back in: the pieces of a text, tables of them (XLIFF, XLSX), and what a returned table changes.

    segments.py  a text file as pieces with places     pairing.py   which piece translates which
    table.py     a row: source, target, where from      xliff.py, xlsx.py   rows as files, and files as rows
    returning.py what the rows change                   short_*.py   the same for the short texts of YAML files
    admitting.py which changes the guide can take       importing.py       asks that, then writes

Reading a table must never run, open or fetch anything that stands in it.
"""
