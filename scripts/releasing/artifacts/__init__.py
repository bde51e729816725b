"""The artifacts of a release, one module each. Every one is a function of a `Release`, and its bytes depend on nothing else."""
