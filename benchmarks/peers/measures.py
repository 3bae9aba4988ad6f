"""What the runs of one program come to: medians over the rounds, and ratios between programs round by round."""

from statistics import median


def rate(run):
    """Gradient samples for each CPU-second, everything counted since training began; 0 for programs that take none."""
    last = run["points"][-1]
    return last["samples"] / last["cpu_seconds"]


def speed(run):
    """Gradient samples for each second by the clock, everything counted since training began."""
    last = run["points"][-1]
    return last["samples"] / last["seconds"]


def compiled_speed(run):
    """The same from the end of the third epoch on, when the JVM's compiler has done most of its work; 0 for fewer epochs."""
    if len(run["points"]) <= 3:
        return 0
    third, last = run["points"][2], run["points"][-1]
    return (last["samples"] - third["samples"]) / (last["seconds"] - third["seconds"])


def epoch_cpu_seconds(run):
    """Of an epoch once the program is warm: what the epochs after the first cost on average."""
    first, last = run["points"][0], run["points"][-1]
    if last["epoch"] == first["epoch"]:
        return last["cpu_seconds"] / last["epoch"]
    return (last["cpu_seconds"] - first["cpu_seconds"]) / (last["epoch"] - first["epoch"])


def cpu_seconds_to(run, hit_rate):
    """Up to the first epoch whose model is that good; None if none is."""
    return next((point["cpu_seconds"] for point in run["points"] if point["hr"] >= hit_rate), None)


def cores(run):
    """How many cores were kept busy."""
    return run["points"][-1]["cpu_seconds"] / run["points"][-1]["seconds"]


def summary(runs, target):
    """Medians over the rounds of one program at one dimension."""
    reached = [cpu_seconds_to(run, target) for run in runs]
    last = [run["points"][-1] for run in runs]
    return {
        "program": runs[0]["program"],
        "dimension": runs[0]["dimension"],
        "rounds": len(runs),
        "epochs": last[0]["epoch"],
        "samples_per_cpu_second": median(map(rate, runs)),
        "epoch_cpu_seconds": median(map(epoch_cpu_seconds, runs)),
        "cpu_seconds": median(point["cpu_seconds"] for point in last),
        "cores": median(map(cores, runs)),
        "hr": median(point["hr"] for point in last),
        "ndcg": median(point["ndcg"] for point in last),
        # A round that does not get there counts as never: the median is one only if most rounds get there.
        "cpu_seconds_to_target": median_or_never(reached),
        "peak_bytes": median(run["peak_bytes"] for run in runs),
    }


def median_or_never(values):
    middle = median(float("inf") if value is None else value for value in values)
    return None if middle == float("inf") else middle


def ratio(ours, theirs, measure):
    """Median over the rounds of one program's measure divided by another's; None where a round lacks it."""
    pairs = [(measure(a), measure(b)) for a, b in zip(ours, theirs)]
    return median(a / b for a, b in pairs) if all(a and b for a, b in pairs) else None


def ratios(ours, theirs, target):
    return {
        "ours": ours[0]["program"],
        "peer": theirs[0]["program"],
        "dimension": ours[0]["dimension"],
        "samples_per_cpu_second": ratio(ours, theirs, rate),
        "epoch_cpu_seconds": ratio(ours, theirs, epoch_cpu_seconds),
        "cpu_seconds_to_target": ratio(ours, theirs, lambda run: cpu_seconds_to(run, target)),
        "peak_bytes": ratio(ours, theirs, lambda run: run["peak_bytes"]),
    }


def roofline(run, limits):
    """The share of what this machine allows that the steps of gradient descent reach, from the same round.

    A sample cannot do with less than a fused multiply-add for each number in the inner product, in the user's gradient
    and in the item's step, and it reads and writes the item's row; the user's row stays in the nearest cache.
    """
    dimension = run["dimension"]
    arithmetic = 3 * 2 * dimension / limits["fma_flops_per_cpu_second"]
    memory = 2 * 4 * dimension / limits["table_bytes_per_cpu_second"]
    return {"arithmetic": arithmetic * rate(run), "memory": memory * rate(run)}
