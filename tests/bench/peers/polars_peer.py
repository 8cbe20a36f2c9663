"""The workload as lazy expressions for Polars. Rows are sorted by case and first day, so that a row's
neighbours are the row before and the row after; what an as-of day rules out is filtered before any join."""

import os
from datetime import date, timedelta

import common

os.environ["POLARS_MAX_THREADS"] = common.threads()

import polars as pl  # noqa: E402

ONGOING = date(2199, 12, 31)
AS_OF, FIRST, LAST = (date.fromisoformat(day) for day in (common.AS_OF, common.FIRST, common.LAST))
DAY = timedelta(days=1)
EXEMPTED, PAUSED, COMPLIANT, MISSING = 1, 2, 3, 4
BENEFIT = pl.when(pl.col("benefit") == "kontanthjaelp").then(0).otherwise(1)
GROUND = pl.when(pl.col("ground") == "barsel").then(PAUSED).otherwise(EXEMPTED)
FIRST_OF_CASE = (pl.col("case_id") != pl.col("case_id").shift(1)).fill_null(True)
LAST_OF_CASE = (pl.col("case_id") != pl.col("case_id").shift(-1)).fill_null(True)


def load(folder, kind, whole=False):
    """The tables; where the whole process is measured they are read when asked, and only the columns asked for."""
    scan = pl.scan_csv if kind == "csv" else pl.scan_parquet
    days = {"schema_overrides": {"from": pl.Date, "to": pl.Date}} if kind == "csv" else {}
    tables = {name: scan(f"{folder}/{name}.{kind}", **(days if name != "persons" else {})) for name in common.TABLES}
    for name, table in tables.items():
        key = pl.col("case_id").str.slice(1).cast(pl.Int32)
        if name == "persons":
            tables[name] = table.with_columns(key)
        else:
            table = table.rename({"from": "first", "to": "last"})
            tables[name] = table.with_columns(key, pl.col("last").fill_null(ONGOING))
    return tables if whole else {name: table.collect().lazy() for name, table in tables.items()}


def begins(longest_gap):
    """The row is the first of its case, or further from the row before than the gap."""
    gap = pl.col("last").shift(1) + timedelta(days=1 + longest_gap) < pl.col("first")
    return FIRST_OF_CASE | gap


def run_start(longest_gap):
    """The first day of the run that the row lies in."""
    return pl.when(begins(longest_gap)).then("first").forward_fill()


def reach(last, months):
    """The last day from which so many months back reach the day: the end of a month reaches the end of one."""
    after = last.dt.offset_by(f"{months}mo")
    return pl.when(last == last.dt.month_end()).then(after.dt.month_end()).otherwise(after)


def before(day, months):
    return pl.select(pl.lit(day).dt.offset_by(f"-{months}mo")).item()


def latest_start(day, months):
    """The latest day from which so many months have gone on the day."""
    days = [before(day, months) + timedelta(days=step) for step in range(4)]
    return max(it for it in days if pl.select(pl.lit(it).dt.offset_by(f"{months}mo") <= day).item())


def on_day(tables, day):
    """Of each case the rows that bear on a day: its benefit, and if it is aktivitetsparat what freed and treated it."""
    begun = pl.col("first") <= day
    (_, bridged), (_, bridged_reform) = common.PRESENT, common.REFORM
    benefits = (
        tables["benefit_periods"].filter(begun)
        .select("case_id", "last", BENEFIT.alias("benefit"), unbroken=run_start(0),
                run=run_start(bridged), run_reform=run_start(bridged_reform))
        .filter(day <= pl.col("last")).drop("last")
    )
    ready = (
        tables["status_periods"].filter(begun, pl.col("status") == "aktivitetsparat")
        .select("case_id", "last", ready=run_start(0))
        .filter(day <= pl.col("last")).drop("last")
    )
    freed = tables["exemptions"].filter(begun).group_by("case_id").agg(
        freed=GROUND.filter(day <= pl.col("last")).min(), freed_until=pl.col("last").max()
    )
    treated = tables["activities"].filter(begun).group_by("case_id").agg(treated=pl.col("last").max())
    return benefits, (
        ready.join(benefits, on="case_id").join(freed, on="case_id", how="left").join(treated, on="case_id", how="left")
    )


def outcome(day, run, look_back):
    treated = before(day, look_back) <= pl.col("treated")
    return (
        pl.when(latest_start(day, 12) < pl.col(run)).then(0).when(pl.col("freed").is_not_null()).then("freed")
        .when(treated).then(COMPLIANT).otherwise(MISSING)
    )


def everybody(tables, outcomes):
    """In the order of the persons."""
    return tables["persons"].select("case_id").join(outcomes, on="case_id", how="left", maintain_order="left_right")


def q1(tables):
    look_back, _ = common.PRESENT
    benefits, on_benefit = on_day(tables, AS_OF)
    # The unbroken run: from the day after the last on which something of the kind did not hold.
    since = pl.max_horizontal(
        "unbroken", "ready", pl.col("run").dt.offset_by("12mo"),
        pl.col("freed_until") + DAY, reach(pl.col("treated"), look_back) + DAY,
    )
    judged = on_benefit.select("case_id", outcome=outcome(AS_OF, "run", look_back), since=since).collect().lazy()
    cases = everybody(tables, judged).with_columns(pl.col("outcome").fill_null(0))
    counts = (
        cases.join(benefits, on="case_id", how="left")
        .group_by(pl.col("benefit").fill_null(2), "outcome").len().sort("benefit", "outcome")
    )
    return pl.collect_all([cases, counts])


def q3(tables):
    _, on_benefit = on_day(tables, AS_OF)
    judged = on_benefit.select(
        "case_id", one=outcome(AS_OF, "run", common.PRESENT[0]), other=outcome(AS_OF, "run_reform", common.REFORM[0])
    )
    cases = everybody(tables, judged).with_columns(pl.col("one", "other").fill_null(0)).collect()
    return cases, cases.group_by("one", "other").len().sort("one", "other")


def scopes(tables, first, last):
    """Stretches in scope, each within one benefit and one status row, with a day from `first` to `last`."""
    _, bridged = common.PRESENT
    meets = (pl.col("first") <= last) & (first <= pl.col("last"))
    spells = (
        tables["benefit_periods"].with_columns(run=run_start(bridged)).filter(meets)
        .with_columns(pl.max_horizontal("first", pl.col("run").dt.offset_by("12mo")))
        .filter(pl.col("first") <= pl.col("last"))
    )
    status = tables["status_periods"].filter(meets, pl.col("status") == "aktivitetsparat")
    return (
        spells.join(status, on="case_id", suffix="_status")
        .select(
            "case_id", BENEFIT.alias("benefit"),
            first=pl.max_horizontal("first", "first_status", pl.lit(first)),
            last=pl.min_horizontal("last", "last_status", pl.lit(last)),
        )
        .filter(pl.col("first") <= pl.col("last"))
    )


# Of how many facts of each kind hold on a day, one number is the sum: a byte for each kind.
KINDS = ["kontanthjaelp", "uddannelseshjaelp", EXEMPTED, PAUSED, COMPLIANT]


def one_of(kind):
    """What one fact of a kind adds."""
    return pl.lit(256, pl.Int64).pow(kind)


def some(kind):
    """Some fact of a kind holds."""
    return pl.col("held") & (255 << (8 * KINDS.index(kind))) != 0


def histories(tables, first, last):
    """Of every case that is ever in scope in the window: the days on which something may change, the benefit in
    scope (2 for none) and the outcome from each on, and the day after it."""
    look_back, _ = common.PRESENT
    scope = scopes(tables, first, last).collect().lazy()
    cases = scope.select("case_id").unique()
    facts = pl.concat([
        tables["exemptions"].select("case_id", "first", "last", adds=one_of(1 + GROUND)),
        tables["activities"].select("case_id", "first", last=reach(pl.col("last"), look_back), adds=one_of(1 + COMPLIANT)),
    ])
    inside = (
        facts.filter((pl.col("first") <= last) & (first <= pl.col("last"))).join(cases, on="case_id", how="semi")
        .with_columns(pl.max_horizontal("first", pl.lit(first)), pl.min_horizontal("last", pl.lit(last)))
    )
    both = pl.concat([scope.select("case_id", "first", "last", adds=one_of(pl.col("benefit"))), inside])
    return (
        pl.concat([
            cases.select("case_id", day=pl.lit(first), adds=pl.lit(0, pl.Int64)),
            both.select("case_id", day="first", adds="adds"),
            both.select("case_id", day=pl.col("last") + DAY, adds=-pl.col("adds")),
        ])
        .sort("case_id", "day")
        # What a case adds it takes away again, so that one sum does for all.
        .with_columns(held=pl.col("adds").cum_sum())
        .filter(LAST_OF_CASE | (pl.col("day") != pl.col("day").shift(-1)))
        .select(
            "case_id", "day",
            benefit=pl.when(some("kontanthjaelp")).then(0).when(some("uddannelseshjaelp")).then(1).otherwise(2),
            outcome=pl.when(~some("kontanthjaelp") & ~some("uddannelseshjaelp")).then(0)
            .when(some(EXEMPTED)).then(EXEMPTED).when(some(PAUSED)).then(PAUSED)
            .when(some(COMPLIANT)).then(COMPLIANT).otherwise(MISSING),
        )
        .filter(pl.col("day") <= last)
    )


def until(last):
    """The day before the next row of the case, or the last."""
    return pl.when(LAST_OF_CASE).then(pl.lit(last)).otherwise(pl.col("day").shift(-1) - DAY)


# Three benefits by five outcomes; the cell of those without a benefit.
CELLS, NOBODY = 15, 10


def cell(benefit, outcome):
    return benefit.cast(pl.Int64) * 5 + outcome


def q2(tables, question):
    """Each stretch of days moves one case from a cell to another at its first Monday, and back after its last."""
    first, mondays = common.MONDAYS[question]
    first = date.fromisoformat(first)
    last = first + timedelta(weeks=mondays - 1)
    on_benefit = tables["benefit_periods"].filter((pl.col("first") <= last) & (first <= pl.col("last"))).select(
        pl.max_horizontal("first", pl.lit(first)), pl.min_horizontal("last", pl.lit(last)),
        cell=cell(BENEFIT, 0), cell_before=pl.lit(NOBODY, pl.Int64),
    )
    judged = histories(tables, first, last).with_columns(last=until(last)).filter(pl.col("outcome") != 0).select(
        "last", cell=cell(pl.col("benefit"), pl.col("outcome")), cell_before=cell(pl.col("benefit"), 0), first="day",
    )
    columns = ["first", "last", "cell", "cell_before"]
    days_to = {end: (pl.col(end) - pl.lit(first)).dt.total_days() for end in ("first", "last")}
    moves = pl.concat([on_benefit.select(columns), judged.select(columns)]).select(
        "cell", "cell_before", week=(days_to["first"] + 6) // 7, week_after=days_to["last"] // 7 + 1,
    ).filter(pl.col("week") < pl.col("week_after")).collect().lazy()

    def change(week, to, step):
        """A number for each week and cell, so that it is counted by one key."""
        return moves.select(at=pl.col(week) * CELLS + pl.col(to)).group_by("at").agg(change=step * pl.len().cast(pl.Int64))

    changes = pl.concat([
        change("week", "cell", 1), change("week", "cell_before", -1),
        change("week_after", "cell", -1), change("week_after", "cell_before", 1),
        tables["persons"].select(at=pl.lit(NOBODY, pl.Int64), change=pl.len().cast(pl.Int64)),
    ]).group_by("at").agg(pl.col("change").sum())
    every = pl.LazyFrame({"at": range(mondays * CELLS)}, schema={"at": pl.Int64})
    return (
        every.join(changes, on="at", how="left", maintain_order="left_right")
        .with_columns(week=pl.col("at") // CELLS, cell=pl.col("at") % CELLS)
        .with_columns(number=pl.col("change").fill_null(0).cum_sum().over("cell"))
        .filter(0 < pl.col("number"))
        .select(pl.lit(first) + pl.duration(weeks="week"), benefit=pl.col("cell") // 5, outcome=pl.col("cell") % 5, number="number").collect()
    )


def q4(tables):
    turns = FIRST_OF_CASE | (pl.col("outcome") != pl.col("outcome").shift(1))
    runs = histories(tables, FIRST, LAST).filter(turns).select("case_id", "day", "outcome", last=until(LAST))
    return everybody(tables, runs).with_columns(
        pl.col("day").fill_null(FIRST), pl.col("outcome").fill_null(0), pl.col("last").fill_null(LAST)
    ).collect()


def answer(tables, question):
    ask = {"q1": q1, "q3": q3, "q4": q4}
    return question, ask[question](tables) if question in ask else q2(tables, question)


def text(answer):
    question, given = answer
    outcome = common.OUTCOMES
    if question == "q1":
        for case, kind, since in given[0].iter_rows():
            yield common.case_id(case), outcome[kind], since if kind == MISSING else ""
    elif question == "q3":
        yield from ((common.case_id(case), outcome[a], outcome[b]) for case, a, b in given[0].iter_rows())
    elif question == "q4":
        for case, first, kind, last in given.iter_rows():
            yield common.case_id(case), first, last, outcome[kind]
        return
    yield from counts(answer)


def counts(answer):
    question, given = answer
    outcome, benefit = common.OUTCOMES, common.BENEFITS
    if question == "q1":
        yield from ((benefit[b], outcome[o], number) for b, o, number in given[1].iter_rows())
    elif question == "q3":
        yield from ((outcome[a], outcome[b], number) for a, b, number in given[1].iter_rows())
    elif question == "q4":
        days = (pl.col("last") - pl.col("day")).dt.total_days() + 1
        runs = given.group_by("outcome").agg(pl.len(), days.sum()).sort("outcome")
        yield from ((outcome[o], number, days) for o, number, days in runs.iter_rows())
    else:
        yield from ((day, benefit[b], outcome[o], number) for day, b, o, number in given.iter_rows())


common.main(load, answer, text, counts)
