"""The artifacts of a release, one module each: functions of a `Release`, whose bytes depend on nothing else."""
