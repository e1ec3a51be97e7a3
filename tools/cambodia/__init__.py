"""The parts of the import of Cambodian places: units, what happened to them, names, and Who's On First."""
