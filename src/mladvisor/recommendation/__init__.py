"""The recommendation: one document, computed from the scores, that every report renders."""
