"""The lessons' own texts and controls, a module for each page."""
