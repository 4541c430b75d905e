"""Looking things up in the knowledge base: tables, single entries, questions people ask."""
