"""How well each path fits: one value function a criterion, weights, and points that add up."""
