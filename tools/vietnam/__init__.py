"""The parts of the import of Vietnamese places, one for each level and kind of fact."""
