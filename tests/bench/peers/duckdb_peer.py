"""The workload as plain SQL for DuckDB, one thread, set-based: the dates asked about are a table."""

import duckdb

import common

TABLES = ["persons", "benefit_periods", "status_periods", "activities", "exemptions"]


def load(extract):
    db = duckdb.connect()
    db.execute("SET threads = 1")
    key = "CAST(substr(case_id, 2) AS INTEGER) AS case_id"
    last = """CAST("from" AS DATE) AS "from", coalesce(CAST("to" AS DATE), DATE '2199-12-31') AS "to\""""
    for table in TABLES:
        replaced = key if table == "persons" else f"{key}, {last}"
        file = f"'{extract}/{table}.csv'"
        db.execute(f"CREATE TABLE {table} AS SELECT * REPLACE ({replaced}) FROM read_csv({file}, header = true)")
    return db


def scopes(bridged):
    """Stretches in scope, each within one benefit and one status row."""
    return f"""
    gaps AS (
      SELECT *, lag("to") OVER one AS before FROM benefit_periods
      WINDOW one AS (PARTITION BY case_id ORDER BY "from")),
    numbered AS (
      SELECT *, sum(CASE WHEN before + 1 + {bridged} < "from" OR before IS NULL THEN 1 ELSE 0 END)
        OVER (PARTITION BY case_id ORDER BY "from") AS run FROM gaps),
    spells AS (
      SELECT *, CAST(min("from") OVER (PARTITION BY case_id, run) + INTERVAL 12 MONTH AS DATE) AS a_year FROM numbered),
    scopes AS (
      SELECT s.case_id, s.benefit,
        greatest(s."from", s.a_year, t."from") AS first, least(s."to", t."to") AS last
      FROM spells s JOIN status_periods t USING (case_id)
      WHERE t.status = 'aktivitetsparat' AND greatest(s."from", s.a_year, t."from") <= least(s."to", t."to"))"""


def reach(look_back):
    """The last day that an activity treats: months clip by at most three days."""
    steps = ", ".join(str(step) for step in range(4))
    return f"""
    treats AS (
      SELECT case_id, "from" AS first, CASE WHEN "to" = DATE '2199-12-31' THEN "to" ELSE (
        SELECT max(CAST("to" + INTERVAL {look_back} MONTH AS DATE) + step)
        FROM (SELECT unnest([{steps}]) AS step)
        WHERE CAST(CAST("to" + INTERVAL {look_back} MONTH AS DATE) + step - INTERVAL {look_back} MONTH AS DATE) <= "to")
        END AS last
      FROM activities)"""


def judged(days, parameters):
    """The outcome of every case on every day of the table `days`."""
    look_back, bridged = parameters
    return f"""WITH days AS ({days}), {scopes(bridged)},
    on_day AS (
      SELECT d.day, s.case_id FROM days d JOIN scopes s ON d.day BETWEEN s.first AND s.last),
    freed AS (
      SELECT o.day, o.case_id, min(CASE WHEN ground = 'barsel' THEN 2 ELSE 1 END) AS outcome
      FROM on_day o JOIN exemptions e ON e.case_id = o.case_id AND o.day BETWEEN e."from" AND e."to" GROUP BY ALL),
    treated AS (
      SELECT DISTINCT o.day, o.case_id FROM on_day o JOIN activities a ON a.case_id = o.case_id
      WHERE a."from" <= o.day AND CAST(o.day - INTERVAL {look_back} MONTH AS DATE) <= a."to"),
    outcomes AS (
      SELECT o.day, o.case_id, coalesce(f.outcome, CASE WHEN t.case_id IS NULL THEN 4 ELSE 3 END) AS outcome
      FROM on_day o LEFT JOIN freed f USING (day, case_id) LEFT JOIN treated t USING (day, case_id))"""


def one_day(db, table, parameters):
    db.execute(f"""CREATE OR REPLACE TABLE {table} AS {judged(f"SELECT DATE '{common.AS_OF}' AS day", parameters)}
      SELECT p.case_id, coalesce(outcome, 0) AS outcome FROM persons p LEFT JOIN outcomes o USING (case_id)""")


COUNTS = """
    covered AS (
      SELECT d.day, b.case_id, benefit FROM days d JOIN benefit_periods b ON d.day BETWEEN b."from" AND b."to"),
    counts AS (
      SELECT day, CASE benefit WHEN 'kontanthjaelp' THEN 0 ELSE 1 END AS benefit,
        coalesce(outcome, 0) AS outcome, count(*) AS number
      FROM covered LEFT JOIN outcomes USING (day, case_id) GROUP BY ALL),
    everybody AS (
      SELECT * FROM counts UNION ALL
      SELECT day, 2, 0, (SELECT count(*) FROM persons) - coalesce(sum(number), 0)
      FROM days LEFT JOIN counts USING (day) GROUP BY day)"""


def q1(db):
    look_back, bridged = common.PRESENT
    day = f"DATE '{common.AS_OF}'"
    db.execute(f"""CREATE OR REPLACE TABLE judged AS {judged(f"SELECT {day} AS day", common.PRESENT)}
      SELECT * FROM outcomes""")
    # The unbroken run: from the day after the last on which something of the kind did not hold.
    since = db.execute(f"""WITH {scopes(bridged)}, {reach(look_back)},
    missing AS (SELECT case_id FROM judged WHERE outcome = 4),
    bounds AS (
      SELECT case_id, first, last + 1 AS after, TRUE AS scope FROM scopes SEMI JOIN missing USING (case_id) WHERE first <= {day}
      UNION ALL SELECT case_id, NULL, "to" + 1, FALSE FROM exemptions SEMI JOIN missing USING (case_id) WHERE "from" <= {day}
      UNION ALL SELECT case_id, NULL, last + 1, FALSE FROM treats SEMI JOIN missing USING (case_id) WHERE first <= {day}),
    turned AS (
      SELECT *, scope AND lag(after) OVER (PARTITION BY case_id, scope ORDER BY first) IS DISTINCT FROM first AS begins FROM bounds),
    begun AS (
      SELECT case_id, greatest(max(CASE WHEN begins THEN first END), max(CASE WHEN NOT scope THEN after END)) AS since
      FROM turned GROUP BY case_id)
    SELECT p.case_id, coalesce(outcome, 0) AS outcome, since
    FROM persons p LEFT JOIN judged USING (case_id) LEFT JOIN begun USING (case_id) ORDER BY p.case_id""").fetchnumpy()
    counts = db.execute(f"""WITH days AS (SELECT {day} AS day), outcomes AS (SELECT * FROM judged), {COUNTS}
      SELECT benefit, outcome, number FROM everybody WHERE 0 < number ORDER BY ALL""").fetchall()
    return since, counts


def q2(db):
    days = f"SELECT DATE '{common.FIRST_MONDAY}' + CAST(7 * range AS INTEGER) AS day FROM range({common.MONDAYS})"
    return db.execute(f"""{judged(days, common.PRESENT)}, {COUNTS}
      SELECT day, benefit, outcome, number FROM everybody WHERE 0 < number ORDER BY ALL""").fetchall()


def q3(db):
    one_day(db, "one", common.PRESENT)
    one_day(db, "other", common.REFORM)
    both = db.execute("""SELECT case_id, one.outcome AS one, other.outcome AS other
      FROM one JOIN other USING (case_id) ORDER BY case_id""").fetchnumpy()
    cross = db.execute("""SELECT one.outcome, other.outcome, count(*) FROM one JOIN other USING (case_id)
      GROUP BY ALL ORDER BY ALL""").fetchall()
    return both, cross


def q4(db):
    look_back, bridged = common.PRESENT
    window = f"DATE '{common.FIRST}'", f"DATE '{common.LAST}'"
    # Every day on which something may change; between two of them the outcome stays.
    return db.execute(f"""WITH {scopes(bridged)}, {reach(look_back)},
    facts AS (
      SELECT case_id, first, last, 0 AS kind FROM scopes
      UNION ALL SELECT case_id, "from", "to", CASE WHEN ground = 'barsel' THEN 2 ELSE 1 END FROM exemptions
      UNION ALL SELECT case_id, first, last, 3 FROM treats),
    inside AS (SELECT case_id, greatest(first, {window[0]}) AS first, least(last, {window[1]}) + 1 AS after, kind
      FROM facts WHERE first <= {window[1]} AND {window[0]} <= last),
    changes AS (
      SELECT case_id, first AS day, kind, 1 AS step FROM inside
      UNION ALL SELECT case_id, after, kind, -1 FROM inside
      UNION ALL SELECT case_id, {window[0]}, 0, 0 FROM persons),
    sums AS (
      SELECT case_id, day, sum(CASE kind WHEN 0 THEN step ELSE 0 END) AS k0, sum(CASE kind WHEN 1 THEN step ELSE 0 END) AS k1,
        sum(CASE kind WHEN 2 THEN step ELSE 0 END) AS k2, sum(CASE kind WHEN 3 THEN step ELSE 0 END) AS k3
      FROM changes GROUP BY ALL),
    held AS (
      SELECT case_id, day, CASE WHEN sum(k0) OVER one = 0 THEN 0 WHEN 0 < sum(k1) OVER one THEN 1
        WHEN 0 < sum(k2) OVER one THEN 2 WHEN 0 < sum(k3) OVER one THEN 3 ELSE 4 END AS outcome
      FROM sums WINDOW one AS (PARTITION BY case_id ORDER BY day)),
    runs AS (
      SELECT * FROM held WHERE day <= {window[1]}
      QUALIFY lag(outcome) OVER (PARTITION BY case_id ORDER BY day) IS DISTINCT FROM outcome)
    SELECT case_id, day, coalesce(lead(day) OVER (PARTITION BY case_id ORDER BY day) - 1, {window[1]}) AS last, outcome
    FROM runs ORDER BY case_id, day""").fetchnumpy()


def text(question, answer):
    outcome = common.OUTCOMES
    if question == "q1":
        cases, counts = answer
        for case, kind, since in zip(cases["case_id"], cases["outcome"], cases["since"]):
            yield common.case_id(case), outcome[kind], str(since)[:10] if kind == 4 else ""
        yield from ((common.BENEFITS[b], outcome[o], number) for b, o, number in counts)
    elif question == "q2":
        yield from ((day, common.BENEFITS[b], outcome[o], number) for day, b, o, number in answer)
    elif question == "q3":
        both, cross = answer
        yield from ((common.case_id(c), outcome[a], outcome[b]) for c, a, b in zip(both["case_id"], both["one"], both["other"]))
        yield from ((outcome[a], outcome[b], number) for a, b, number in cross)
    else:
        columns = (answer[name] for name in ("case_id", "day", "last", "outcome"))
        for case, first, last, kind in zip(*columns):
            yield common.case_id(case), str(first)[:10], str(last)[:10], outcome[kind]


common.main(load, {"q1": q1, "q2": q2, "q3": q3, "q4": q4}, text)
