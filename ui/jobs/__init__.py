"""Work that a page asks for and a worker process does: trainings and other results, shared by all visitors."""
