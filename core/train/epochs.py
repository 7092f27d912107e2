"""Which epochs are recorded: by a history, and by the short curve of a sweep."""


def is_recorded(epoch: int) -> bool:
    """Tells whether an epoch is recorded: every one up to 10 is, then 5 for each doubling: 12, 14, ... 20, 24, ... 40,
    48, ... 80, 96, ...

    Dense early, when most happens, and the same however long the training will be, so that training in parts records
    what training at once does.
    """
    step = 1 << (max(epoch - 1, 0) // 10).bit_length()
    return epoch % step == 0


def recorded_epochs(epochs: int) -> list[int]:
    """The epochs that a history of a training of this length has: the recorded ones and the last; 33 for 200 epochs, 49
    for 2000."""
    return [epoch for epoch in range(epochs + 1) if is_recorded(epoch) or epoch == epochs]


def curve_epochs(epochs: int) -> list[int]:
    """The epochs that a sweep records of a training of this length: powers of two, which a history has too, and the
    last."""
    return [1 << power for power in range(epochs.bit_length()) if 1 << power < epochs] + [epochs]
