"""What the scenarios say beyond the mean: how firm, and what to find out first."""
