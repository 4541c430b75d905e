"""The language rules are written in, and which rules hold for whom."""
