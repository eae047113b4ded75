"""The benchmark's other half: the questions of `rollup/examples/bench.rs` in DuckDB, SQLite and PostgreSQL.

Run by `cargo xtask bench rollup`, once per engine. Prints lines of words: `layout WORDS`,
`seconds QUESTION NUMBER...`, `check QUESTION NUMBER`.
"""

import argparse
import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time

ITEM = 4
PROVINCE = 1 + 24
PROVINCE_MONTHS = 12
LEAGUE_MONTHS = 10
LEVELS = ["commune", "district", "province"]


def say(*words):
    print(*words, flush=True)


class Sql:
    """The questions in SQL, over a wide table: a row per village and month, a column per item.

    The row also names the units above, so that no engine has to walk the tree.
    """

    def __init__(self, items, months, big):
        self.items = range(1, items + 1)
        self.months = months
        self.big = big  # the type for sums

    def each(self, pattern):
        return ", ".join(pattern.format(i=i) for i in self.items)

    def fill(self, months):
        """Rows from the units and the formula that all engines share; floor division on integers."""
        mixed = "(u.village * 48271 + {i} * 69621 + m.month * 40692 + 20250701) % 2147483647"
        mixed = f"({mixed}) * 16807 % 2147483647"
        value = f"case when ({mixed}) {{div}} 1000 % 100 >= 3 then ({mixed}) % 1000 end as i{{i}}"
        values = self.each(value.replace("{div}", self.div))
        return (
            f"select m.month, u.province, u.district, u.commune, u.new_commune, u.village, {values}"
            f" from ({months}) m cross join units u order by m.month, u.village"
        )

    div = "/"

    def all_levels(self, body):
        """Every commune, district, province and the country, for all items and months.

        Each level is summed from the one below, which is faster than GROUPING SETS everywhere.
        """
        first = self.each("sum(i{i}) as s{i}, count(i{i}) as n{i}")
        again = self.each(f"cast(sum(s{{i}}) as {self.big}) as s{{i}}, cast(sum(n{{i}}) as {self.big}) as n{{i}}")
        return (
            f"with c as {self.materialized} (select month, province, district, commune, {first}"
            " from wide group by month, province, district, commune),"
            f" d as {self.materialized} (select month, province, district, {again} from c group by month, province, district),"
            f" p as {self.materialized} (select month, province, {again} from d group by month, province),"
            f" n as {self.materialized} (select month, {again} from p group by month)"
            f" {body}"
        )

    materialized = "materialized"

    def levels_timed(self):
        added = " + ".join(f"coalesce(sum(s{i}), 0) + sum(n{i})" for i in self.items)
        parts = [f"(select {added} from {level})" for level in "cdpn"]
        return self.all_levels("select " + " + ".join(parts))

    def levels_check(self):
        def added(unit):
            return " + ".join(
                f"sum((coalesce(s{i}, 0) % 1000003 + n{i}) * (({unit} * 7 + {i} * 13 + month * 19) % 1009))"
                for i in self.items
            )

        units = {"c": "commune", "d": "district", "p": "province", "n": "1"}
        parts = [f"(select {added(unit)} from {level})" for level, unit in units.items()]
        return self.all_levels("select " + " + ".join(parts))

    def province(self, body):
        first = self.months - PROVINCE_MONTHS
        return (
            f"select {body} from (select commune, month, sum(i{ITEM}) as s, count(i{ITEM}) as n"
            f" from wide where province = {PROVINCE} and month > {first} group by commune, month) t"
        )

    def league(self, commune, body):
        first = self.months - LEAGUE_MONTHS
        return (
            f"select {body} from (select {commune} as unit, sum(i{ITEM}) as s, count(i{ITEM}) as n"
            f" from wide where month > {first} group by {commune}) t"
        )

    def questions(self):
        timed = "sum(coalesce(s, 0)) + sum(n)"
        return {
            "all_levels": self.levels_timed(),
            "province_months": self.province(timed),
            "league": self.league("commune", timed),
            "restated": self.league("new_commune", timed),
        }

    def checks(self):
        def check(unit, month):
            return f"sum((coalesce(s, 0) % 1000003 + n) * (({unit} * 7 + {ITEM} * 13 + {month} * 19) % 1009))"

        # The months of a small question are numbered from its first.
        month = f"(month - {max(self.months - PROVINCE_MONTHS, 0)})"
        return {
            "all_levels": self.levels_check(),
            "province_months": self.province(check("commune", month)),
            "league": self.league("commune", check("unit", 0)),
            "restated": self.league("new_commune", check("unit", 0)),
        }


def measure(sql, ask, runs):
    for name, question in sql.checks().items():
        say("check", name, int(ask(question)))
    for name, question in sql.questions().items():
        ask(question)
        times = []
        for _ in range(runs if name == "all_levels" else max(runs, 5)):
            start = time.perf_counter()
            ask(question)
            times.append(time.perf_counter() - start)
        say("seconds", name, *(f"{it:.9f}" for it in times))


def duckdb_side(units, items, months, threads, runs):
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    sql = Sql(items, months, "bigint")
    sql.div = "//"
    connection.execute(f"create table units as select * from read_csv('{units}') order by village")
    rows = f"select unnest(range(1, {months + 1})) as month"
    # Four bytes a value, as in dotpha. In memory and sorted by month and tree.
    typed = sql.fill(rows)
    columns = "month, province, district, commune, new_commune, village".split(", ") + [f"i{i}" for i in sql.items]
    cast = ", ".join(f"cast({name} as integer) as {name}" for name in columns)
    connection.execute(f"create table wide as select {cast} from ({typed}) order by month, village")
    say("layout", f"DuckDB {duckdb.__version__}: in memory, wide table sorted by month and tree")
    measure(sql, lambda question: connection.execute(question).fetchall()[0][0], runs)


def sqlite_side(units, items, months, folder, runs):
    path = os.path.join(folder, "bench.sqlite")
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = off", "synchronous = off", "cache_size = -2000000", "mmap_size = 4000000000"):
        connection.execute(f"pragma {setting}")
    sql = Sql(items, months, "integer")
    names = "village commune district province new_commune".split()
    connection.execute(f"create table units ({', '.join(f'{name} integer' for name in names)})")
    with open(units, encoding="utf-8") as lines:
        next(lines)
        connection.executemany("insert into units values (?, ?, ?, ?, ?)", (line.split(",") for line in lines))
    rows = f"with recursive m(month) as (select 1 union all select month + 1 from m where month < {months}) select month from m"
    connection.execute(f"create table wide as {sql.fill(rows)}")
    connection.execute("create index wide_province on wide (province, month)")
    connection.execute("create index wide_month on wide (month)")
    connection.execute("analyze")
    say("layout", f"SQLite {sqlite3.sqlite_version}: wide table with indexes on (province, month) and (month)")
    measure(sql, lambda question: connection.execute(question).fetchone()[0], runs)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """A throw-away cluster of its own, owned by a user who is not root."""

    def __init__(self, programs, folder, threads):
        # The real folder: what is on the path may be links to a few of its programs.
        self.programs = os.path.dirname(os.path.realpath(os.path.join(programs, "initdb")))
        self.port = free_port()
        self.data = os.path.join(folder, "cluster")
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        os.makedirs(self.data, mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(folder, self.user)
            shutil.chown(self.data, self.user)
        self.run("initdb", "-D", self.data, "-A", "trust", "--no-sync", "-U", "bench")
        settings = {
            "port": self.port,
            "listen_addresses": "'127.0.0.1'",
            "unix_socket_directories": "''",
            "shared_buffers": "'2GB'",
            "work_mem": "'256MB'",
            "fsync": "off",
            "max_wal_size": "'8GB'",
            "max_parallel_workers_per_gather": threads - 1,
            "min_parallel_table_scan_size": 0,
            "jit": "off",
        }
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())
        self.run("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.data, "log"), "start")

    def run(self, program, *arguments, **more):
        command = [os.path.join(self.programs, program), *arguments]
        if os.geteuid() == 0 and program != "psql":
            command = ["setpriv", "--reuid", self.user, "--regid", self.user, "--clear-groups", *command]
        done = subprocess.run(command, cwd="/", check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
        if done.returncode != 0:
            raise SystemExit(f"{program} failed:\n{done.stdout}")
        return done.stdout

    def psql(self, script):
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", "-d", "postgres"]
        return self.run("psql", *where, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", input=script)

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")


def postgres_side(units, items, months, folder, threads, runs, programs):
    server = Postgres(programs, folder, threads)
    try:
        sql = Sql(items, months, "bigint")
        names = "village commune district province new_commune".split()
        server.psql(f"create table units ({', '.join(f'{name} bigint' for name in names)});")
        with open(units, encoding="utf-8") as rows:
            server.psql("copy units from stdin csv header;\n" + rows.read() + "\\.\n")
        columns = "month province district commune new_commune village".split() + [f"i{i}" for i in sql.items]
        cast = ", ".join(f"cast({name} as integer) as {name}" for name in columns)
        filled = sql.fill(f"select generate_series(1, {months}) as month")
        server.psql(f"create table wide as select {cast} from ({filled}) t order by month, village;")
        server.psql(
            "create index on wide (province, month); create index on wide (month);"
            "vacuum analyze wide;"
        )
        say("layout", "PostgreSQL", server.psql("show server_version;").split()[0] + ":", "wide table with indexes on (province, month) and (month), in shared buffers")
        for name, question in sql.checks().items():
            say("check", name, int(server.psql(question + ";").split(".")[0]))
        for name, question in sql.questions().items():
            times = postgres_times(server, question, runs if name == "all_levels" else max(runs, 5))
            say("seconds", name, *(f"{it:.9f}" for it in times))
    finally:
        server.stop()


def postgres_times(server, question, runs):
    """As psql measures them, one connection; the first run only warms up."""
    lines = server.psql("\\timing on\n" + f"{question};\n" * (runs + 1)).splitlines()
    times = [float(line.split()[1]) / 1000 for line in lines if line.startswith("Time:")]
    return times[1:]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", required=True)
    options.add_argument("--items", type=int, required=True)
    options.add_argument("--months", type=int, required=True)
    options.add_argument("--tenth-items", type=int, required=True)
    options.add_argument("--engine", required=True, choices=["duckdb", "sqlite", "postgres"])
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--postgres-programs", default="/usr/lib/postgresql/15/bin")
    chosen = options.parse_args()
    if chosen.engine == "duckdb":
        duckdb_side(chosen.units, chosen.items, chosen.months, chosen.threads, 5)
    # Row stores get a tenth of the items, all villages and all months.
    with tempfile.TemporaryDirectory() as folder:
        if chosen.engine == "sqlite":
            sqlite_side(chosen.units, chosen.tenth_items, chosen.months, folder, 3)
        if chosen.engine == "postgres":
            postgres_side(
                chosen.units, chosen.tenth_items, chosen.months, folder,
                chosen.threads, 3, chosen.postgres_programs,
            )


if __name__ == "__main__":
    main()
