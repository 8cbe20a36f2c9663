"""What both peers share: the days asked about, and measuring as `src/measure.rs` does it."""

import statistics
import sys
import time

AS_OF = "2017-07-31"
FIRST_MONDAY, MONDAYS = "2016-01-04", 104
FIRST, LAST = "2016-01-01", "2019-12-31"
# Months of look-back, days of the longest gap that is bridged.
PRESENT, REFORM = (12, 28), (6, 56)
OUTCOMES = ["out_of_scope", "exempted", "paused", "compliant", "missing"]
BENEFITS = ["kontanthjaelp", "uddannelseshjaelp", "none"]


def case_id(number):
    """The key as the files have it; in memory it is a number, as the loop's cases are."""
    return f"C{number:07}"


def timed(work):
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    result = work()
    return result, time.process_time_ns() - cpu, time.perf_counter_ns() - wall


def peak_kib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main(load, questions, text):
    """`PEER.py q1|q2|q3|q4 EXTRACT RUNS ANSWER_FILE`; `text` makes an answer's lines."""
    question, extract, runs, file = sys.argv[1:]
    runs, ask = int(runs), questions[question]
    costs = {"load": [], "answer": []}
    peak = None
    for _ in range(runs):
        loaded, *cost = timed(lambda: load(extract))
        costs["load"].append(cost)
        answer, *cost = timed(lambda: ask(loaded))
        costs["answer"].append(cost)
        peak = peak or peak_kib()
    with open(file, "w") as out:
        out.writelines(",".join(map(str, line)) + "\n" for line in text(question, answer))
    medians = [
        int(statistics.median(cost[which] for cost in costs[what]))
        for what in ("load", "answer")
        for which in (0, 1)
    ]
    print("measured", *medians, peak)
