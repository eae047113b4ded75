"""The limit that collecting is measured beside: plain inserts with the same durability.

    collect.py DATABASE

prints inserts a second, 64 to a commit and one to a commit. A row is as large as a submission with
20 figures and its entry in the ledger. PostgreSQL is asked through pgbench.
"""

import glob
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

SECONDS = 3
TOGETHER = 64
ROW = "x" * 1500


def sqlite(together: int) -> float:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        database = sqlite3.connect(os.path.join(folder, "limit.db"), isolation_level=None)
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = full")
        database.execute("create table submission (id integer primary key, content text not null)")
        rows, begun = 0, time.monotonic()
        while time.monotonic() - begun < SECONDS:
            database.execute("begin immediate")
            for _ in range(together):
                rows += 1
                database.execute("insert into submission values (?, ?)", (rows, ROW))
            database.execute("commit")
        rate = rows / (time.monotonic() - begun)
        database.close()
        return rate


def postgres(address: str, together: int) -> float:
    pgbench = sorted(glob.glob("/usr/lib/postgresql/*/bin/pgbench"))[-1]
    psql = pgbench.replace("pgbench", "psql")
    create = "create table plain (id bigint generated always as identity primary key, content text)"
    subprocess.run([psql, "-q", address, "-c", create], check=True)
    insert = f"insert into plain (content) values ('{ROW}');\n"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("begin;\n" + insert * together + "commit;\n")
        script.flush()
        words = [pgbench, "-n", "-c", "1", "-T", str(SECONDS), "-M", "prepared", "-f", script.name]
        said = subprocess.run([*words, address], check=True, capture_output=True, text=True).stdout
    subprocess.run([psql, "-q", address, "-c", "drop table plain"], check=True)
    return float(re.search(r"tps = ([0-9.]+)", said).group(1)) * together


def main() -> None:
    database = sys.argv[1]
    measure = sqlite if "://" not in database else lambda together: postgres(database, together)
    print(f"{measure(TOGETHER):.0f} {measure(1):.0f}")


main()
