"""What core's activations, optimizers and initializers are in PyTorch and numpy, as text of a script.

Whoever adds one to core adds a line here.
"""

from ..nn.optimizers import MOMENTUM

ACTIVATIONS = {
    "identity": "nn.Identity()",
    "step": "Step()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU()",
    "elu": "nn.ELU()",
    "selu": "nn.SELU()",
    "celu": "nn.CELU()",
    "gelu": "nn.GELU()",
    "gelu_tanh": 'nn.GELU(approximate="tanh")',
    "silu": "nn.SiLU()",
    "mish": "nn.Mish()",
    "softplus": "nn.Softplus()",
    "softsign": "nn.Softsign()",
    "hardsigmoid": "nn.Hardsigmoid()",
    "hardtanh": "nn.Hardtanh()",
    "hardswish": "nn.Hardswish()",
    "relu6": "nn.ReLU6()",
    "logsigmoid": "nn.LogSigmoid()",
    "tanhshrink": "nn.Tanhshrink()",
    "softshrink": "nn.Softshrink()",
    "hardshrink": "nn.Hardshrink()",
    "sin": "Sin()",
    "gaussian": "Gaussian()",
    "arctan": "Arctan()",
    "relu_squared": "ReLUSquared()",
}

# What `forward(z)` returns in those that torch.nn has not.
MODULES = {
    "Step()": "torch.sign(torch.relu(z))  # 1 where z > 0; its slope is 0 everywhere",
    "Sin()": "torch.sin(z)",
    "Gaussian()": "torch.exp(-(z**2))",
    "Arctan()": "torch.atan(z)",
    "ReLUSquared()": "torch.relu(z) ** 2",
}

# The class in torch.optim and its arguments.  Coefficients that are not given are the same in core.nn.optimizers.
OPTIMIZERS = {
    "sgd": ("SGD", ()),
    "momentum": ("SGD", (f"momentum={MOMENTUM}",)),
    "nag": ("SGD", (f"momentum={MOMENTUM}", "nesterov=True")),
    "adagrad": ("Adagrad", ()),
    "rmsprop": ("RMSprop", ()),
    "adadelta": ("Adadelta", ()),
    "adam": ("Adam", ()),
    "nadam": ("NAdam", ()),
    "adamw": ("AdamW", ()),
    "adamax": ("Adamax", ()),
    "amsgrad": ("Adam", ("amsgrad=True",)),
    "radam": ("RAdam", ()),
}

# Of standard-normal draws (n_in, n_out).
INITIALIZERS = {
    "he_normal": "np.sqrt(2 / n_in) * draws",
    "he_uniform": "np.sqrt(6 / n_in) * (2 * ndtr(draws) - 1)",
    "xavier_normal": "np.sqrt(2 / (n_in + n_out)) * draws",
    "xavier_uniform": "np.sqrt(6 / (n_in + n_out)) * (2 * ndtr(draws) - 1)",
    "lecun_normal": "np.sqrt(1 / n_in) * draws",
    "lecun_uniform": "np.sqrt(3 / n_in) * (2 * ndtr(draws) - 1)",
    "small_normal": "0.01 * draws",
    "zeros": "0 * draws",
}
