"""The study plan: what `mladvisor plan` prints, as one document that every report renders."""
