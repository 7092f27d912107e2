"""The first number of each seed, which says what is drawn: so that equal seeds in two places give no equal draws.

The numbers that follow would not keep them apart: numpy fills seeds with zeros, and (23, 5) draws what (23, 5, 0, 0)
does.
"""

WEIGHTS, MINIBATCHES, DATA, DROPOUT = range(21, 25)
