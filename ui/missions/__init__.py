"""Missions: questions about small networks that a person answers before the outcome is shown."""
