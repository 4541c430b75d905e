"""The questions, asked in the terminal."""
