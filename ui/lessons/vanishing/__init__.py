"""The lesson on vanishing gradients: its controls, sentences and charts."""
