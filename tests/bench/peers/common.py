"""What both peers share: the days asked about, and measuring as `src/measure.rs` does it."""

import statistics
import sys
import time

AS_OF = "2017-07-31"
# The first Monday and how many: of q2 two years, of q2x10 the twenty around the data.
MONDAYS = {"q2": ("2016-01-04", 104), "q2x10": ("2006-01-02", 1040)}
FIRST, LAST = "2016-01-01", "2019-12-31"
# Months of look-back, days of the longest gap that is bridged.
PRESENT, REFORM = (12, 28), (6, 56)
OUTCOMES = ["out_of_scope", "exempted", "paused", "compliant", "missing"]
BENEFITS = ["kontanthjaelp", "uddannelseshjaelp", "none"]
TABLES = ["persons", "benefit_periods", "status_periods", "activities", "exemptions"]

USAGE = """PEER.py measure QUESTION EXTRACT RUNS ANSWER_FILE [--threads N]
PEER.py whole QUESTION FOLDER csv|parquet [--threads N]"""


def threads():
    """The number after `--threads`; one without it."""
    return sys.argv[sys.argv.index("--threads") + 1] if "--threads" in sys.argv else "1"


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


def main(load, answer, text, counts):
    """`text` makes the lines of an answer, `counts` those of what is counted in it."""
    match sys.argv[1:]:
        case ["measure", question, extract, runs, file, *_]:
            measure(lambda: load(extract, "csv"), lambda loaded: answer(loaded, question), int(runs), file, text)
        case ["whole", question, folder, kind, *_]:
            for line in counts(answer(load(folder, kind, whole=True), question)):
                print(*line, sep=",")
            print("whole", time.process_time_ns(), peak_kib(), file=sys.stderr)
        case _:
            sys.exit(USAGE)


def measure(load, answer, runs, file, text):
    costs = {"load": [], "answer": []}
    peak = None
    for _ in range(runs):
        loaded, *cost = timed(load)
        costs["load"].append(cost)
        given, *cost = timed(lambda: answer(loaded))
        costs["answer"].append(cost)
        peak = peak or peak_kib()
    with open(file, "w") as out:
        out.writelines(",".join(map(str, line)) + "\n" for line in text(given))
    medians = [
        int(statistics.median(cost[which] for cost in costs[what]))
        for what in ("load", "answer")
        for which in (0, 1)
    ]
    print("measured", *medians, peak)
