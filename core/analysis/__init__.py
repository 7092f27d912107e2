"""What is read from a finished history: figures, repeats, boundaries, the inside of a network, blow-ups."""
