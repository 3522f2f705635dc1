"""Officials' pages of dialogues, by noun: planning, holding, importing, hall, papers."""
