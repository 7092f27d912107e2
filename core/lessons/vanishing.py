"""The chain rule, followed through a trained network: what each hidden layer makes of the gradient on its way back.

From the output to the inputs, the gradient of the loss is multiplied by every layer's weights and by every layer's
slopes.  How much each of the two leaves of it is measured here, layer by layer, so that one sees which of them makes a
gradient vanish.  Backpropagation: Rumelhart et al. 1986; why it fades through many layers: Hochreiter 1991, Bengio et
al. 1994, Glorot & Bengio 2010.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..analysis.summary import network_names
from ..data.loading import Dataset, load
from ..nn.losses import LOSSES, Loss
from ..nn.network import StackedMLP
from ..nn.own_functions import activation_of
from ..readonly import ReadOnly
from ..train.experiment import Experiment
from ..train.history import History
from ..train.measuring import Samples

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Chain(ReadOnly):
    """Arrays are (R, E, hidden layers), for every run and recorded epoch, the layer next to the inputs first; they are
    read-only.

    L is the loss, z_l the weighted sums of layer l, a_l = f(z_l) its outputs, and || || the Euclidean norm over all
    units of a layer and all training samples.  On its way back through hidden layer l, the gradient is multiplied

    by the weights above it, dL/da_l = W^T dL/dz_(l+1):   `weights` = ||dL/da_l|| / ||dL/dz_(l+1)||, and
    by its slopes, dL/dz_l = f'(z_l) dL/da_l:             `slopes` = ||dL/dz_l|| / ||dL/da_l||.

    What is `left` of it at a layer is the product of both from the output back to there, its own included:
    ||dL/dz_l|| / ||dL/dz_output||.

    `slopes` is a mean of |f'(z)|, its root mean square weighted by what arrives, and therefore never above the
    activation's greatest slope; weights have no such bound.  Both are NaN where nothing arrives that they could
    multiply, and all three where a run was never finite.
    """

    slopes: np.ndarray
    weights: np.ndarray
    left: np.ndarray


def chain(history: History) -> Chain:
    """Follows the chain rule back through every run of a history, at all its recorded epochs."""
    experiment = history.experiment
    data, loss = load(experiment.dataset), LOSSES[experiment.loss]
    with np.errstate(all="ignore"):  # a run that is about to blow up overflows, and that is no news here
        of_runs = [_measure(history.states(run), data, loss) for run in range(len(experiment.runs))]
    return Chain(*map(np.stack, zip(*of_runs)))


def back_to_layers(factors: np.ndarray) -> np.ndarray:
    """The products of factors (..., hidden layers) from the output back to each layer, its own included; 0 from the
    first factor of 0 on, whatever follows."""
    backwards = factors[..., ::-1]
    over = np.logical_or.accumulate(backwards == 0, axis=-1)
    with np.errstate(invalid="ignore"):
        return np.where(over, 0.0, np.cumprod(backwards, axis=-1))[..., ::-1]


def slope_bounds(experiment: Experiment) -> np.ndarray:
    """(R, hidden layers): the most that slopes can leave of a gradient from the output back to each layer, 0.25^n of it
    for n layers of sigmoid; infinite where slopes grow without end.  Weights are not in it."""
    names = [run.layer_activations(len(experiment.hidden)) for run in experiment.runs]
    greatest = [[activation_of(name).greatest_slope for name in of_run] for of_run in names]
    return back_to_layers(np.array(greatest))


def gradient_ratio(history: History) -> np.ndarray:
    """(R, E): the norm of the gradient of the first layer's weights and biases, as a share of the output layer's; NaN
    where that is 0, or so small that it is what rounding leaves of samples that cancel out."""
    first, output = history.gradient_norm[:, :, 0], history.gradient_norm[:, :, -1]
    rounding = np.finfo(history.experiment.dtype).eps  # of a sum of slopes by the scores, which are about 1/2 each
    with np.errstate(invalid="ignore"):  # both may be infinite
        return np.divide(first, output, out=np.full_like(first, np.nan), where=output > rounding)


def chain_figures(history: History, followed: Chain, epoch_index: int = 0) -> "pd.DataFrame":
    """A pandas table with one row for each run, in the experiment's order, at the start or another recorded epoch, of
    networks with a hidden layer.

    Columns: `network` (see `network_names`); `bound`, `slopes` and `weights`, the products over all hidden layers;
    `left`, at the first layer; `gradient_ratio`; and `test_accuracy` (0 to 1), which is that of the last epoch.
    """
    import pandas as pd

    slopes, weights = (back_to_layers(factors[:, epoch_index])[:, 0] for factors in (followed.slopes, followed.weights))
    return pd.DataFrame(
        {
            "network": network_names(history.experiment),
            "bound": slope_bounds(history.experiment)[:, 0],
            "slopes": slopes,
            "weights": weights,
            "left": followed.left[:, epoch_index, 0],
            "gradient_ratio": gradient_ratio(history)[:, epoch_index],
            "test_accuracy": np.where(history.diverged_at == 0, np.nan, history.test_accuracy[:, -1]),
        }
    )


def _measure(states: StackedMLP, data: Dataset, loss: Loss) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The arrays of `Chain`, (E, hidden layers), of one run, whose states at the recorded epochs are a stack.

    In float64: behind twenty layers, what is left of a gradient can be below the smallest number of float32.
    """
    network = StackedMLP(states.sizes, states.activations, "float64")
    network.parameters[...] = states.parameters
    samples = Samples.of_training(data, network.dtype)
    layers = len(network.weights) - 1
    by_sums, by_outputs = np.zeros((network.runs, layers + 1)), np.zeros((network.runs, layers))  # squared norms
    for part, space in network.forward_parts(samples.inputs):
        loss.gradient(space.logits, samples.targets[:, part])
        delta = space.logits_by_run  # (epoch, class, sample)
        by_sums[:, layers] += _squares(delta)
        for layer in reversed(range(layers)):
            passed = network.weights[layer + 1][:, :, :-1].transpose(0, 2, 1) @ delta  # (epoch, unit, sample)
            delta = space.slopes[layer] * passed
            by_outputs[:, layer] += _squares(passed)
            by_sums[:, layer] += _squares(delta)
    at_layers, above = by_sums[:, :-1], by_sums[:, 1:]
    return np.sqrt(at_layers / by_outputs), np.sqrt(by_outputs / above), np.sqrt(at_layers / by_sums[:, -1:])


def _squares(values: np.ndarray) -> np.ndarray:
    """(epoch,) sums over units and samples."""
    return np.square(values).sum(axis=(1, 2))
