"""What a shareable report says, before it is Markdown or HTML: sections made of blocks."""
