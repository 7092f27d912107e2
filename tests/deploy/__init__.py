"""The host pack, run as far as a machine without containers can: `serving.py` is nginx with processes behind it."""
