"""Which epochs a history records."""


def is_recorded(epoch: int) -> bool:
    """Every epoch up to 16, then 8 for each doubling: 18, 20, ... 32, 36, ... 64, 72, ...

    Dense early, when most happens, and the same however long the training will be, so that training in parts records
    what training at once does.
    """
    step = max(1, 2 ** (epoch.bit_length() - 1) // 8)
    return epoch % step == 0


def recorded_epochs(epochs: int) -> list[int]:
    """Those of a training of this length: the scheduled ones and the last; 45 for 200 epochs, 72 for 2000."""
    return [epoch for epoch in range(epochs + 1) if is_recorded(epoch) or epoch == epochs]
