"""Reports at a terminal: a page's blocks as text, with bars where they can be drawn."""
