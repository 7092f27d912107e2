"""The lesson on softmax: its controls, sentences and charts."""
