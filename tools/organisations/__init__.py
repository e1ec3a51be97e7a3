"""The parts of the import of organisations: read the tables, collect rows, one module for each kind of body."""
