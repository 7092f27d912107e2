"""The mathematics that one lesson needs and nothing else does: a module for each subject."""
