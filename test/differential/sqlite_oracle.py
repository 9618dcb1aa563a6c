"""What SQLite would do for each text of a JSON list on stdin: null where it does not read the whole text, else an object.

Nothing runs: each statement is prepared behind EXPLAIN, and SQLite's authorizer tells which tables it would read and change.
"""

import json
import re
import sqlite3
import sys

TABLES = ["users", "orders", "log"]
COLUMNS = 'id integer primary key, name, total, a, b, x, y, at, year, "x y", comment, delete_at, c, "limit"'
CHANGES = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE, sqlite3.SQLITE_DROP_TABLE}
REMOVES = {sqlite3.SQLITE_DELETE, sqlite3.SQLITE_DROP_TABLE}
READS = {sqlite3.SQLITE_READ, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}


def statements(text):
    part = ""
    for character in text:
        part += character
        if character == ";" and sqlite3.complete_statement(part):
            yield part
            part = ""
    if part.strip():
        yield part


def main():
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("attach ':memory:' as public")
    for schema in ["main", "public"]:
        for table in TABLES:
            database.execute(f"create table {schema}.{table} ({COLUMNS})")
    for name in ["my_func", "pg_sleep"]:
        database.create_function(name, 1, lambda value: value)
    actions = []

    def note(action, first, *_):
        if first is not None and not first.startswith("sqlite_"):
            actions.append((action, first.lower()))
        return sqlite3.SQLITE_OK

    database.set_authorizer(note)
    answers = []
    for text in json.load(sys.stdin):
        actions.clear()
        try:
            for part in statements(text):
                database.execute(part if re.match(r"\s*explain\b", part, re.I) else f"explain {part}")
        except (sqlite3.Error, ValueError, sqlite3.Warning):
            answers.append(None)
            continue
        answers.append(
            {
                "writes": any(action in CHANGES for action, _ in actions),
                "deletes": any(action in REMOVES for action, _ in actions),
                "tables": sorted({name for action, name in actions if action in READS and name in TABLES}),
            }
        )
    json.dump(answers, sys.stdout)


main()
