"""The lesson on why layers must bend: its controls and charts."""
