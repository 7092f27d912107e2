"""What the pages of a room share, and what only they have: the leader's, the projected and the participant's."""
