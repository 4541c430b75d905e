"""The money of one path over a stated time span: year by year, borrowed, paid back, or stopped."""
