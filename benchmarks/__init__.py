"""What is said about speed and cost, measured; and where numbers that were found by measuring come from."""

ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu")  # a usual comparison
