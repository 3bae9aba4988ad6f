"""The Markdown of a comparison."""


def number(value, digits=2, unit=1.0):
    return "–" if not value else f"{value / unit:.{digits}f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def programs(result):
    head = ["program", "dim", "epochs", "M samples / CPU-s", "CPU-s / epoch", "CPU-s", "cores busy"]
    head += ["HR@10", "NDCG@10", f"CPU-s to HR@10 {result['target']:.2f}", "peak MB"]
    rows = [
        [
            each["program"],
            str(each["dimension"]),
            str(each["epochs"]),
            number(each["samples_per_cpu_second"], 2, 1e6),
            number(each["epoch_cpu_seconds"], 3),
            number(each["cpu_seconds"], 1),
            number(each["cores"], 1),
            number(each["hr"], 4),
            number(each["ndcg"], 4),
            number(each["cpu_seconds_to_target"], 2),
            number(each["peak_bytes"], 0, 2**20),
        ]
        for each in result["programs"]
    ]
    return table(head, rows)


def ratios(result):
    head = ["ratio", "dim", "samples / CPU-s", "CPU-s / epoch", f"CPU-s to HR@10 {result['target']:.2f}", "peak memory"]
    rows = [
        [
            f"{each['ours']} / {each['peer']}",
            str(each["dimension"]),
            number(each["samples_per_cpu_second"]),
            number(each["epoch_cpu_seconds"]),
            number(each["cpu_seconds_to_target"]),
            number(each["peak_bytes"]),
        ]
        for each in result["ratios"]
    ]
    return table(head, rows)


def limits(result):
    head = ["dim", "GFLOP/s a core", "GB/s a core, long arrays", "GB/s a core, the model"]
    head += ["share of the arithmetic bound", "share of the memory bound"]
    rows = [
        [
            str(each["dimension"]),
            number(each["fma_flops_per_cpu_second"], 1, 1e9),
            number(each["triad_bytes_per_cpu_second"], 1, 1e9),
            number(each["table_bytes_per_cpu_second"], 1, 1e9),
            number(each["arithmetic"]),
            number(each["memory"]),
        ]
        for each in result["limits"]
    ]
    return table(head, rows)


def scaling(result):
    head = ["program", "threads", "M samples / s", "times one thread", "M samples / s once compiled", "times one thread"]
    head += ["M samples / CPU-s"]
    rows = [
        [
            each["program"],
            str(each["threads"]),
            number(each["samples_per_second"], 2, 1e6),
            number(each["speedup"]),
            number(each["compiled_samples_per_second"], 2, 1e6),
            number(each["compiled_speedup"]),
            number(each["samples_per_cpu_second"], 2, 1e6),
        ]
        for each in result["scaling"]
    ]
    return table(head, rows)


def markdown(result):
    machine = result["machine"]
    parts = [
        f"{result['date']}, {machine['cpu']}, {machine['cores']} cores, {machine['java']}, {result['threads']} threads, "
        f"load when the runs began: {machine['load']:.1f} (median). {result['rounds']} rounds, interleaved; medians.",
        programs(result),
    ]
    parts += [part(result) for name, part in sections() if result[name]]
    return "\n\n".join(parts) + "\n"


def sections():
    return [("ratios", ratios), ("limits", limits), ("scaling", scaling)]
