"""Dropout: in every step of a training, outputs of hidden units are set to 0 at random (Srivastava et al. 2014).

It is the inverted one of torch.nn.Dropout: with a rate p, the outputs that are kept are divided by 1 - p, so that a
network that is measured or predicts needs no dropout, and no correction.  Networks of one seed share their random
numbers, whatever their rates: a unit that is dropped at a rate is dropped at every greater one.
"""

from collections.abc import Sequence

import numpy as np

from .. import streams


class Dropout:
    """The masks of a stack of networks, from random numbers of their own by seed, epoch and hidden layer."""

    def __init__(
        self, rates: Sequence[float], seeds: Sequence[int], hidden: Sequence[int], dtype: np.dtype | str
    ) -> None:
        """`rates` and `seeds` have one for each run, `hidden` the units of each hidden layer."""
        self._hidden, self._dtype = tuple(hidden), np.dtype(dtype)
        # Networks without dropout need no draws of their own: they keep all, whatever is drawn.
        self._seeds = list(dict.fromkeys(seed for seed, rate in zip(seeds, rates) if rate)) or [0]
        self._draws_of = [self._seeds.index(seed) if rate else 0 for seed, rate in zip(seeds, rates)]
        if len(set(rates)) == 1 and len(self._seeds) == 1:  # one mask for all
            rates, self._draws_of = rates[:1], [0]
        self._rates = np.array(rates, np.float32)[:, None, None]
        self._scales = (1 / (1 - np.array(rates)[:, None, None])).astype(self._dtype)
        self._masks: dict[int, list[np.ndarray]] = {}

    def begin(self, epoch: int) -> None:
        """Starts the random numbers of an epoch, which is counted from 0."""
        self._generators = [
            [np.random.default_rng((streams.DROPOUT, seed, epoch, layer)) for seed in self._seeds]
            for layer in range(len(self._hidden))
        ]

    def masks(self, samples: int) -> list[np.ndarray]:
        """What the outputs of each hidden layer are multiplied by in the epoch's next minibatch, of so many samples:
        (run, unit, sample) or, for all runs alike, (1, unit, sample).  Valid until the next."""
        if samples not in self._masks:
            runs = len(self._draws_of)
            self._masks[samples] = [np.empty((runs, units, samples), self._dtype) for units in self._hidden]
        for mask, units, generators in zip(self._masks[samples], self._hidden, self._generators):
            # float32 for float64 too, so that both drop the same
            draws = np.stack([generator.random((units, samples), np.float32) for generator in generators])
            np.copyto(mask, (draws if len(draws) == 1 else draws[self._draws_of]) >= self._rates)
            mask *= self._scales
        return self._masks[samples]
