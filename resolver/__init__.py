"""Entity resolution and name normalisation for Vietnam and Cambodia."""
