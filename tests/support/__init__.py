"""Fixtures that tests of several rooms share; `tests/conftest.py` names the modules."""
