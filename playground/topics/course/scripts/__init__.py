"""What single lessons must know beside what can be asked of every exhibit: a file for each."""

from playground.declare import import_all

import_all(__name__, __path__)
