"""Reads of cases, named for the page or the report that needs them."""

from doithoai.cases.queries.selection import Selection, select

__all__ = ["Selection", "select"]
