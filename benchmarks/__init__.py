"""Measurements that the documentation quotes; each module is one: `python -m benchmarks NAME [--json FILE]`."""
