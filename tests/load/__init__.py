"""Students by the hundred: a load generator that speaks Streamlit's own protocol.

    python -m tests.load students --place "trajectories κ" --count 300
    python -m tests.load table --counts 1 50 --seconds 10
    python -m tests.load storm
    python -m tests.load worst

A student opens a page as a browser does (its page, its cookies, its websocket), keeps the widgets
that come, and moves one slider again and again, with all that a browser sends beside it: every
widget it shows, the fragment, the names of the messages it has kept, what the player asks for when
it has come to rest.  It draws nothing.  Bounded in count and time, and of this machine only.

**How many values differ.**  A student walks over the positions of the slider by up to three at a
time, with random numbers of its own.  A slider has some 30 (κ) to 200 positions, so that most of
what a class of hundreds asks for somebody has asked for before, and lies on the shelf: that is how
a class that was shown one slider is.  `--apart` is the other end, where it is possible: each
student is on a surface of its own, and nobody finds what another left.  How many values were sent
is in the report.
"""
