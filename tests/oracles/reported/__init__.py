"""Every reported fault as a row that can be run again, with a test of what is right.

`python -m tests.oracles.reported` prints the table: id, what the product says now, right or wrong.
A row's id is that of the report (A1, B18, D15, U3 …; a dot for cases of the section “wrong
outcome, wrong cause”, D.27), with a letter for further cases of the same kind (A1a).  What is
right is computed independently or follows from physics; wording may change.
"""
