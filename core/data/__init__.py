"""Where samples come from: generated and real datasets, and tables of one's own."""
