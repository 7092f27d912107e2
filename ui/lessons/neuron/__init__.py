"""The lesson on one neuron: its controls, sentences and charts."""
