"""The knowledge base: what is known, where it is from, and as of when."""
