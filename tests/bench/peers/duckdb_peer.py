"""The workload as SQL for DuckDB. Tables are sorted by case and first day, so that `OVER ()`, which needs no sort,
sees the row before; what an as-of day rules out is filtered before any join."""

from datetime import date, timedelta

import duckdb

import common

OUTCOME = "CASE WHEN NOT scope THEN 0 WHEN 0 < exempted THEN 1 WHEN 0 < paused THEN 2 WHEN 0 < treated THEN 3 ELSE 4 END"


def load(folder, kind, whole=False):
    """The tables; where the whole process is measured they are views, read when asked."""
    db = duckdb.connect(config={"threads": common.threads()})
    key = "CAST(substr(case_id, 2) AS INTEGER) AS case_id"
    last = """CAST("from" AS DATE) AS "from", coalesce(CAST("to" AS DATE), DATE '2199-12-31') AS "to\""""
    read = "read_csv({}, header = true)" if kind == "csv" else "read_parquet({})"
    made = "VIEW" if whole else "TABLE"
    for table in common.TABLES:
        replaced = key if table == "persons" else f"{key}, {last}"
        file = read.format(f"'{folder}/{table}.{kind}'")
        db.execute(f"CREATE {made} {table} AS SELECT * REPLACE ({replaced}) FROM {file}")
    return db


def reach(last, look_back):
    """The last day from which so many months back reach the day: the end of a month reaches the end of one."""
    after = f"CAST({last} + INTERVAL {look_back} MONTH AS DATE)"
    return f"CASE WHEN {last} = last_day({last}) THEN last_day({after}) ELSE {after} END"


def begins(longest_gap):
    """The row is the first of its case, or further from the row before than the gap."""
    return f"""(case_before IS DISTINCT FROM case_id OR before + {1 + longest_gap} < "from")"""


def begun(table, day, condition="TRUE"):
    """The rows of a table that have begun on a day, with the row before."""
    return f"""SELECT *, lag(case_id) OVER () AS case_before, lag("to") OVER () AS before
      FROM {table} WHERE "from" <= {day} AND {condition}"""


def on_day(day):
    """Of each case what bears on a day: its benefit, and if it is aktivitetsparat what freed and treated it."""
    (_, bridged), (_, bridged_reform) = common.PRESENT, common.REFORM
    return f"""
    benefits AS (
      SELECT case_id, max("to") AS until, arg_max(benefit, "from") AS benefit, max("from") FILTER ({begins(0)}) AS unbroken,
        max("from") FILTER ({begins(bridged)}) AS run, max("from") FILTER ({begins(bridged_reform)}) AS run_reform
      FROM ({begun("benefit_periods", day)}) GROUP BY case_id HAVING {day} <= max("to")),
    ready AS (
      SELECT case_id, max("from") FILTER ({begins(0)}) AS ready
      FROM ({begun("status_periods", day, "status = 'aktivitetsparat'")}) GROUP BY case_id HAVING {day} <= max("to")),
    freed AS (
      SELECT case_id, max("to") AS freed_until, bool_or(ground <> 'barsel' AND {day} <= "to") AS exempted, {day} <= max("to") AS freed
      FROM exemptions WHERE "from" <= {day} GROUP BY case_id),
    treated AS (SELECT case_id, max("to") AS treated FROM activities WHERE "from" <= {day} GROUP BY case_id),
    on_benefit AS (
      SELECT * FROM ready JOIN benefits USING (case_id) LEFT JOIN freed USING (case_id) LEFT JOIN treated USING (case_id))"""


def outcome(day, run, look_back):
    return f"""CASE WHEN {day} < CAST({run} + INTERVAL 12 MONTH AS DATE) THEN 0 WHEN exempted THEN 1 WHEN freed THEN 2
      WHEN CAST({day} - INTERVAL {look_back} MONTH AS DATE) <= treated THEN 3 ELSE 4 END"""


def q1(db):
    look_back, _ = common.PRESENT
    day = f"DATE '{common.AS_OF}'"
    # The unbroken run: from the day after the last on which something of the kind did not hold.
    db.execute(f"""CREATE OR REPLACE TEMP TABLE judged AS WITH {on_day(day)},
    outcomes AS (SELECT *, {outcome(day, "run", look_back)} AS outcome FROM on_benefit)
    SELECT p.case_id, CASE benefit WHEN 'kontanthjaelp' THEN 0 WHEN 'uddannelseshjaelp' THEN 1 ELSE 2 END AS benefit,
      coalesce(outcome, 0) AS outcome, CASE outcome WHEN 4 THEN greatest(o.unbroken, ready, CAST(o.run + INTERVAL 12 MONTH AS DATE),
        freed_until + 1, {reach("treated", look_back)} + 1) END AS since
    FROM persons p LEFT JOIN benefits b USING (case_id) LEFT JOIN (SELECT * EXCLUDE (benefit) FROM outcomes) o USING (case_id)""")
    cases = db.execute("SELECT case_id, outcome, since FROM judged ORDER BY case_id").fetchnumpy()
    counts = db.execute("SELECT benefit, outcome, count(*) FROM judged GROUP BY ALL ORDER BY ALL").fetchall()
    return cases, counts


def q3(db):
    day = f"DATE '{common.AS_OF}'"
    (look_back, _), (look_back_reform, _) = common.PRESENT, common.REFORM
    db.execute(f"""CREATE OR REPLACE TEMP TABLE judged AS WITH {on_day(day)},
    outcomes AS (
      SELECT case_id, {outcome(day, "run", look_back)} AS one, {outcome(day, "run_reform", look_back_reform)} AS other FROM on_benefit)
    SELECT case_id, coalesce(one, 0) AS one, coalesce(other, 0) AS other FROM persons LEFT JOIN outcomes USING (case_id)""")
    cases = db.execute("SELECT * FROM judged ORDER BY case_id").fetchnumpy()
    counts = db.execute("SELECT one, other, count(*) FROM judged GROUP BY ALL ORDER BY ALL").fetchall()
    return cases, counts


def histories(db, first, last):
    """A table of every case that is ever in scope in the window: the days on which something may change, the benefit
    in scope and the outcome from each on, and the last day before the next."""
    look_back, bridged = common.PRESENT
    meets = f""""from" <= {last} AND {first} <= "to\""""
    # A case and a day as one number, so that the latest start of a run is the greatest so far.
    db.execute(f"""CREATE OR REPLACE TEMP TABLE facts AS WITH
    runs AS (
      SELECT *, max(CASE WHEN {begins(bridged)} THEN case_id * 100000::BIGINT + ("from" - DATE '1970-01-01') END)
        OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) % 100000 AS run FROM ({begun("benefit_periods", last)})),
    spells AS (
      SELECT case_id, benefit, greatest("from", CAST(DATE '1970-01-01' + CAST(run AS INTEGER) + INTERVAL 12 MONTH AS DATE)) AS "from", "to"
      FROM runs WHERE {first} <= "to"),
    scopes AS (
      SELECT case_id, benefit, greatest(s."from", t."from") AS "from", least(s."to", t."to") AS "to"
      FROM spells s JOIN (SELECT * FROM status_periods WHERE status = 'aktivitetsparat' AND {meets}) t USING (case_id)
      WHERE greatest(s."from", t."from") <= least(s."to", t."to") AND {meets.replace('"from"', 'greatest(s."from", t."from")').replace('"to"', 'least(s."to", t."to")')}),
    others AS (
      SELECT case_id, CASE ground WHEN 'barsel' THEN 3 ELSE 2 END AS kind, "from", "to" FROM exemptions WHERE {meets}
      UNION ALL SELECT case_id, 4, "from", {reach('"to"', look_back)} AS "to" FROM activities
        WHERE "from" <= {last} AND {first} <= {reach('"to"', look_back)}),
    every AS (
      SELECT case_id, CASE benefit WHEN 'kontanthjaelp' THEN 0 ELSE 1 END AS kind, "from", "to" FROM scopes
      UNION ALL SELECT * FROM others SEMI JOIN scopes USING (case_id))
    SELECT case_id, 1::BIGINT << (8 * kind) AS adds, greatest("from", {first}) AS day, least("to", {last}) + 1 AS after FROM every""")
    # Of how many facts of each kind hold, one number is the sum: a byte for each kind.
    db.execute(f"""CREATE OR REPLACE TEMP TABLE changes AS
      SELECT case_id, day, sum(adds)::BIGINT AS adds FROM (
        SELECT case_id, day, adds FROM facts UNION ALL SELECT case_id, after, -adds FROM facts
        UNION ALL SELECT DISTINCT case_id, {first}, 0 FROM facts)
      GROUP BY ALL ORDER BY case_id, day""")
    some = " ".join(f"held & {255 << (8 * kind)} AS {name}," for kind, name in enumerate(["k", "u", "exempted", "paused", "treated"]))
    db.execute(f"""CREATE OR REPLACE TEMP TABLE histories AS WITH
    sums AS (
      SELECT case_id, day, sum(adds) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS held,
        lead(case_id) OVER () AS case_after, lead(day) OVER () AS after FROM changes),
    held AS (SELECT *, {some} 0 < k + u AS scope FROM sums WHERE day <= {last})
    SELECT case_id, day, CASE WHEN case_after = case_id THEN after - 1 ELSE {last} END AS last,
      CASE WHEN 0 < k THEN 0 WHEN 0 < u THEN 1 ELSE 2 END AS benefit, {OUTCOME} AS outcome FROM held""")


def q2(db, question):
    """Each stretch of days moves one case from a cell to another at its first Monday, and back after its last."""
    monday, mondays = common.MONDAYS[question]
    first = f"DATE '{monday}'"
    last = f"DATE '{date.fromisoformat(monday) + timedelta(weeks=mondays - 1)}'"
    histories(db, first, last)
    return db.execute(f"""WITH
    stretches AS (
      SELECT greatest("from", {first}) AS day, least("to", {last}) AS last,
        CASE benefit WHEN 'kontanthjaelp' THEN 0 ELSE 1 END AS benefit, 0 AS outcome, 2 AS benefit_before
      FROM benefit_periods WHERE "from" <= {last} AND {first} <= "to"
      UNION ALL SELECT day, last, benefit, outcome, benefit FROM histories WHERE benefit <> 2 AND outcome <> 0),
    moves AS (
      SELECT (day - {first} + 6) // 7 AS week, (last - {first}) // 7 + 1 AS after, benefit, outcome, benefit_before, count(*) AS number
      FROM stretches GROUP BY ALL HAVING week < after),
    changes AS (
      SELECT week, benefit, outcome, number FROM moves
      UNION ALL SELECT week, benefit_before, 0, -number FROM moves
      UNION ALL SELECT after, benefit, outcome, -number FROM moves
      UNION ALL SELECT after, benefit_before, 0, number FROM moves
      UNION ALL SELECT 0, 2, 0, count(*) FROM persons),
    sums AS (SELECT week, benefit, outcome, sum(number) AS number FROM changes GROUP BY ALL),
    cells AS (SELECT * FROM range({mondays}) weeks(week), (SELECT DISTINCT benefit, outcome FROM sums)),
    counts AS (
      SELECT week, benefit, outcome, sum(number) OVER (PARTITION BY benefit, outcome ORDER BY week) AS number
      FROM cells LEFT JOIN sums USING (week, benefit, outcome))
    SELECT {first} + CAST(7 * week AS INTEGER), benefit, outcome, CAST(number AS BIGINT) FROM counts WHERE 0 < number ORDER BY ALL""").fetchall()


def q4(db):
    first, last = f"DATE '{common.FIRST}'", f"DATE '{common.LAST}'"
    histories(db, first, last)
    return db.execute(f"""WITH
    turns AS (
      SELECT case_id, day, outcome FROM histories
      QUALIFY lag(case_id) OVER () IS DISTINCT FROM case_id OR lag(outcome) OVER () IS DISTINCT FROM outcome),
    runs AS (
      SELECT *, CASE WHEN lead(case_id) OVER () = case_id THEN lead(day) OVER () - 1 ELSE {last} END AS last FROM turns)
    SELECT case_id, coalesce(day, {first}) AS day, coalesce(last, {last}) AS last, coalesce(outcome, 0) AS outcome
    FROM persons LEFT JOIN runs USING (case_id) ORDER BY case_id, day""").fetchnumpy()


def answer(db, question):
    ask = {"q1": q1, "q3": q3, "q4": q4}
    return question, ask[question](db) if question in ask else q2(db, question)


def text(answer):
    question, given = answer
    outcome = common.OUTCOMES
    if question == "q1":
        cases = given[0]
        for case, kind, since in zip(cases["case_id"], cases["outcome"], cases["since"]):
            yield common.case_id(case), outcome[kind], str(since)[:10] if kind == 4 else ""
    elif question == "q3":
        cases = given[0]
        yield from ((common.case_id(c), outcome[a], outcome[b]) for c, a, b in zip(cases["case_id"], cases["one"], cases["other"]))
    elif question == "q4":
        for case, first, last, kind in zip(*(given[name] for name in ("case_id", "day", "last", "outcome"))):
            yield common.case_id(case), str(first)[:10], str(last)[:10], outcome[kind]
        return
    yield from counts(answer)


def counts(answer):
    question, given = answer
    outcome, benefit = common.OUTCOMES, common.BENEFITS
    if question == "q1":
        yield from ((benefit[b], outcome[o], number) for b, o, number in given[1])
    elif question == "q3":
        yield from ((outcome[a], outcome[b], number) for a, b, number in given[1])
    elif question == "q4":
        days = (given["last"] - given["day"]).astype("timedelta64[D]").astype(int) + 1
        for kind, name in enumerate(outcome):
            runs = given["outcome"] == kind
            yield name, runs.sum(), days[runs].sum()
    else:
        yield from ((day, benefit[b], outcome[o], number) for day, b, o, number in given)


common.main(load, answer, text, counts)
