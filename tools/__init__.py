"""Imports that make gazetteer rows from official tables; run by hand, never at run time."""
