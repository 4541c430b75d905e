"""Many profiles at once: lines in, lines out, in order and in constant memory."""
