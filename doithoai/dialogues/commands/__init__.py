"""Every write on dialogues, by noun: planning, hall, importing, concluding."""
