"""Training: what an experiment says, the loop, what is recorded, its estimated cost, the history it gives."""
