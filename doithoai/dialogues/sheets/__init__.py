"""The clerk's sheets: read, understood, compared and written. Pure Python, no database."""
