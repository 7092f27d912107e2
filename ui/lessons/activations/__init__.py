"""The lesson on activation functions: its controls, sentences and charts."""
