"""Renderings of the recommendation; none of them computes anything."""
