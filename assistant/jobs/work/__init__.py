"""Background work over many cases: checks of documents and rehearsals, here or spread over machines.

What is done is one function of a task (`doing.py`), the same for one desk alone (`here.py`: a few threads) and for a team
(`durable.py`: jobs on the engine, DBOS, run by `assistant worker` on any number of machines). Only `durable.py` knows the
engine.
"""
