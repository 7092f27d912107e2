"""The lesson on claims that everybody repeats: its controls and charts, and measuring a claim again."""
