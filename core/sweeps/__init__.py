"""Full grids of settings, each trained from several seeds: what is varied, training it in blocks, and what came out."""
