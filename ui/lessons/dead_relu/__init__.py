"""The lesson on dead ReLUs: its controls, sentences and charts."""
