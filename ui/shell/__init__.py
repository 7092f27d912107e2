"""What every page stands in: frame, address, settings, controls, the writing of numbers, the replay bar."""
