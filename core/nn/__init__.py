"""What a network is made of: activations, initializers, losses, optimizers, and the stack that computes them."""
