"""The commands, one file each, thin: read the input, call the advisor, print."""
