"""Applicants kept in a database that several desks share: a SQLite file on one machine, PostgreSQL on several.

Promises: the database never sees a value. Of a case only the id, the city, the day on which the permit expires, the stage,
who holds it and its version stand in columns; all else is sealed (age) before it leaves this machine. Needs the extra
`team`; nothing outside this folder imports its libraries.
"""
