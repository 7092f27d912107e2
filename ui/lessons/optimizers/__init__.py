"""The lesson on optimizers: its controls, sentences and charts."""
