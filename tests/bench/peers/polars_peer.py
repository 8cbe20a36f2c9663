"""The workload as lazy expressions for Polars, one thread, set-based: the dates asked about are a frame."""

import os
from datetime import date, timedelta

os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl  # noqa: E402

import common  # noqa: E402

ONGOING = date(2199, 12, 31)
AS_OF, FIRST, LAST = (date.fromisoformat(day) for day in (common.AS_OF, common.FIRST, common.LAST))
DAY = timedelta(days=1)
GROUNDS = pl.when(pl.col("ground") == "barsel").then(2).otherwise(1)


KEY = pl.col("case_id").str.slice(1).cast(pl.Int32)


def load(extract):
    def periods(name):
        frame = pl.read_csv(f"{extract}/{name}.csv", schema_overrides={"from": pl.Date, "to": pl.Date})
        return frame.rename({"from": "first", "to": "last"}).with_columns(KEY, pl.col("last").fill_null(ONGOING))

    tables = {name: periods(name) for name in ("benefit_periods", "status_periods", "activities", "exemptions")}
    return {"persons": pl.read_csv(f"{extract}/persons.csv").with_columns(KEY), **tables}


def scopes(tables, bridged):
    """Stretches in scope, each within one benefit and one status row."""
    before = pl.col("last").shift(1).over("case_id")
    begins = before.is_null() | (before + DAY + timedelta(days=bridged) < pl.col("first"))
    spells = (
        tables["benefit_periods"].lazy().sort("case_id", "first")
        .with_columns(run=begins.cast(pl.Int32).cum_sum())
        .with_columns(a_year=pl.col("first").min().over("run").dt.offset_by("12mo"))
    )
    status = tables["status_periods"].lazy().filter(pl.col("status") == "aktivitetsparat")
    return (
        spells.join(status, on="case_id", suffix="_status")
        .select(
            "case_id",
            "benefit",
            first=pl.max_horizontal("first", "a_year", "first_status"),
            last=pl.min_horizontal("last", "last_status"),
        )
        .filter(pl.col("first") <= pl.col("last"))
    )


def treats(tables, look_back):
    """The last day that an activity treats: months clip by at most three days."""
    after = pl.col("last").dt.offset_by(f"{look_back}mo")
    until = after
    for step in (1, 2, 3):
        later = after + timedelta(days=step)
        until = pl.when(later.dt.offset_by(f"-{look_back}mo") <= pl.col("last")).then(later).otherwise(until)
    ongoing = pl.col("last") == ONGOING
    return tables["activities"].lazy().select(
        "case_id", "first", last=pl.when(ongoing).then(pl.col("last")).otherwise(until)
    )


def judged(tables, days, parameters):
    """The outcome on every day of the frame `days` of every case in scope."""
    look_back, bridged = parameters
    back = pl.col("day").dt.offset_by(f"-{look_back}mo")
    on_day = covered(scopes(tables, bridged), days).select("day", "case_id")
    freed = (
        on_day.join(tables["exemptions"].lazy(), on="case_id")
        .filter((pl.col("first") <= pl.col("day")) & (pl.col("day") <= pl.col("last")))
        .group_by("day", "case_id").agg(freed=GROUNDS.min())
    )
    treated = (
        on_day.join(tables["activities"].lazy(), on="case_id")
        .filter((pl.col("first") <= pl.col("day")) & (back <= pl.col("last")))
        .select("day", "case_id", treated=pl.lit(3)).unique()
    )
    keys = ["day", "case_id"]
    return (
        on_day.join(freed, on=keys, how="left").join(treated, on=keys, how="left")
        .select("day", "case_id", outcome=pl.coalesce("freed", "treated", pl.lit(4)))
    )


def covered(periods, days):
    """The periods on each of the days."""
    return days.lazy().join_where(periods, pl.col("first") <= pl.col("day"), pl.col("day") <= pl.col("last"))


def everybody(tables, outcomes):
    return tables["persons"].lazy().select("case_id").join(outcomes, on="case_id", how="left").sort("case_id")


def counts(tables, days, outcomes):
    kind = pl.when(pl.col("benefit") == "kontanthjaelp").then(0).otherwise(1)
    on_benefit = (
        covered(tables["benefit_periods"].lazy(), days)
        .join(outcomes, on=["day", "case_id"], how="left")
        .group_by("day", benefit=kind, outcome=pl.col("outcome").fill_null(0)).agg(number=pl.len().cast(pl.Int64))
    )
    cases = tables["persons"].height
    none = (
        days.lazy().join(on_benefit.group_by("day").agg(pl.col("number").sum()), on="day", how="left")
        .select("day", benefit=pl.lit(2), outcome=pl.lit(0), number=cases - pl.col("number").fill_null(0))
    )
    both = pl.concat([on_benefit, none]).filter(0 < pl.col("number"))
    return both.sort("day", "benefit", "outcome").collect()


def q1(tables):
    look_back, bridged = common.PRESENT
    days = pl.DataFrame({"day": [AS_OF]})
    outcomes = judged(tables, days, common.PRESENT).collect().lazy()
    missing = outcomes.filter(pl.col("outcome") == 4).select("case_id")

    def begun(frame):
        return frame.join(missing, on="case_id", how="semi").filter(pl.col("first") <= AS_OF)

    # The unbroken run: from the day after the last on which something of the kind did not hold.
    scope = begun(scopes(tables, bridged)).sort("case_id", "first")
    unbroken = (pl.col("last").shift(1).over("case_id") + DAY).eq_missing(pl.col("first"))
    scope = scope.filter(~unbroken).group_by("case_id").agg(since=pl.col("first").max())
    other = pl.concat([
        begun(frame).select("case_id", since=pl.col("last") + DAY)
        for frame in (tables["exemptions"].lazy(), treats(tables, look_back))
    ])
    since = pl.concat([scope, other]).group_by("case_id").agg(pl.col("since").max())
    cases = (
        everybody(tables, outcomes).join(since, on="case_id", how="left", maintain_order="left")
        .select("case_id", pl.col("outcome").fill_null(0), "since").collect()
    )
    return cases, counts(tables, days, outcomes)


def q2(tables):
    first = date.fromisoformat(common.FIRST_MONDAY)
    days = pl.DataFrame({"day": [first + timedelta(weeks=week) for week in range(common.MONDAYS)]})
    return counts(tables, days, judged(tables, days, common.PRESENT))


def q3(tables):
    days = pl.DataFrame({"day": [AS_OF]})
    one, other = (everybody(tables, judged(tables, days, it)) for it in (common.PRESENT, common.REFORM))
    both = (
        one.join(other, on="case_id", suffix="_other", maintain_order="left")
        .select("case_id", pl.col("outcome", "outcome_other").fill_null(0)).collect()
    )
    return both, both.group_by("outcome", "outcome_other").len().sort("outcome", "outcome_other")


def q4(tables):
    """Every day on which something may change; between two of them the outcome stays."""
    look_back, bridged = common.PRESENT
    facts = pl.concat([
        scopes(tables, bridged).select("case_id", "first", "last", kind=pl.lit(0)),
        tables["exemptions"].lazy().select("case_id", "first", "last", kind=GROUNDS),
        treats(tables, look_back).select("case_id", "first", "last", kind=pl.lit(3)),
    ])
    inside = facts.filter((pl.col("first") <= LAST) & (FIRST <= pl.col("last")))
    persons = tables["persons"].lazy()
    changes = pl.concat([
        inside.select("case_id", "kind", day=pl.max_horizontal("first", pl.lit(FIRST)), step=pl.lit(1)),
        inside.select("case_id", "kind", day=pl.min_horizontal("last", pl.lit(LAST)) + DAY, step=pl.lit(-1)),
        persons.select("case_id", kind=pl.lit(0), day=pl.lit(FIRST), step=pl.lit(0)),
    ])
    sums = [
        pl.when(pl.col("kind") == kind).then("step").otherwise(0).sum().alias(f"k{kind}") for kind in range(4)
    ]
    held = changes.group_by("case_id", "day").agg(sums).sort("case_id", "day").with_columns(
        # The sums of a case are zero after its last change.
        pl.col("k0", "k1", "k2", "k3").cum_sum()
    )
    outcome = pl.when(pl.col("k0") == 0).then(0)
    for kind in (1, 2, 3):
        outcome = outcome.when(0 < pl.col(f"k{kind}")).then(kind)
    new = ~pl.col("outcome").eq_missing(pl.col("outcome").shift(1)) | (pl.col("case_id") != pl.col("case_id").shift(1))
    ends = pl.when(pl.col("case_id") == pl.col("case_id").shift(-1)).then(pl.col("day").shift(-1) - DAY)
    return (
        held.select("case_id", "day", outcome=outcome.otherwise(4)).filter(pl.col("day") <= LAST)
        .filter(new.fill_null(True))
        .with_columns(last=ends.otherwise(pl.lit(LAST))).collect()
    )


def text(question, answer):
    outcome, benefit = common.OUTCOMES, common.BENEFITS
    if question == "q1":
        cases, counts = answer
        for case, kind, since in cases.iter_rows():
            yield common.case_id(case), outcome[kind], since if kind == 4 else ""
        yield from ((benefit[b], outcome[o], number) for _, b, o, number in counts.iter_rows())
    elif question == "q2":
        yield from ((day, benefit[b], outcome[o], number) for day, b, o, number in answer.iter_rows())
    elif question == "q3":
        both, cross = answer
        yield from ((common.case_id(case), outcome[a], outcome[b]) for case, a, b in both.iter_rows())
        yield from ((outcome[a], outcome[b], number) for a, b, number in cross.iter_rows())
    else:
        for case, first, kind, last in answer.iter_rows():
            yield common.case_id(case), first, last, outcome[kind]


common.main(load, {"q1": q1, "q2": q2, "q3": q3, "q4": q4}, text)
