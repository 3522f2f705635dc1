"""Text into values, by noun: planning, holding, sheets, hall."""
