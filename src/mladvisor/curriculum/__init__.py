"""Course plans: which courses, in which order, by when, for how much, and what they leave open."""
