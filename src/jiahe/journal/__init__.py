"""The journal: every change of the house as a sealed fact. Knows no domain word.

Import from the modules: `facts` (declare a kind), `values` (Draft, Recorded, Change, Consequence, projects),
`recording` (record, record_all), `queries`, `tables` (insert, upsert).
"""
