"""Benchmarks: `python -m tests.benchmarks` runs every `bench_*.py` here and prints its tables.

A table gives ratios measured in one run on one machine; the tests never assert a time.
"""
