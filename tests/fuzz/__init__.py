"""The app as a hostile visitor meets it: links, formulas and walks that nobody would make by hand.

``python -m tests.fuzz links|formulas|walks --count N --seed S`` tries so many and prints what it
found, each with a command that shows it again; the tests in `test_fuzz` try a few in every run of
the suite.  Both draw from the same three declarations: `links.link`, `formulas.formula` and
`walks.change`.  What is drawn is a function of a `random.Random`, which hypothesis can stand in
for.  Settings and their grounds are read from the register: a new field is tried by itself.
"""
