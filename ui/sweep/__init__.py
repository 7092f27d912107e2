"""The page "Sweep": its controls, sentences and charts."""
