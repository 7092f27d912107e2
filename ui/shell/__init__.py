"""What every page stands in: title and menu, address, settings, controls, the writing of numbers, the replay bar."""
