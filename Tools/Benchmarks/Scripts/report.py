"""The bars, and the table of what was measured."""

import csv

from runs import CONTENDERS, UNPROVEN

HEADINGS = (
    "workload", "size", "ours", "limit", "SQLite", "of the limit", "x SQLite", "bar", "met",
    "peak memory",
)
# The columns of numbers.
RIGHT = {1, 2, 3, 4, 5, 6, 9}
MEGA = 1_000_000

# Rates are judged at this size. Of smaller ledgers, opening and closing files outweighs the work; of
# larger ones, what the system takes to give memory that nobody touched before. Both are shown.
JUDGED_SIZE = MEGA


def bars(workload, results):
    """What must hold: texts, and whether it does. Section 8 of the design."""
    name, ours = workload.name, workload.value("ours")
    found = []
    if workload.size == JUDGED_SIZE:
        if name == "replay":
            found.append(("1/3 of the limit", workload.of_limit() >= 1 / 3))
            found.append(("> 8 M/s", ours > 8 * MEGA))
        if name.startswith("append in batches"):
            found.append(("1/4 of the limit", workload.of_limit() >= 1 / 4))
        if name in ("rebuild", "verify"):
            found.append(("> 1 M/s", ours > MEGA))
        if workload.unit == "size":
            found.append(("< 250 B", ours < 250))
    if name.startswith("statement"):
        found.append(("< 60 µs", ours < 60e-6))
        found.append(("5 x SQLite by cell", times_sqlite_by_cell(workload) >= 5))
        found.append(("2 x unproven", ours <= 2 * workload.value(UNPROVEN)))
        smallest = min((w for w in results if w.name == name), key=lambda w: w.size)
        if workload.size > smallest.size:
            # The more pages, the fewer are in the processor's caches. That costs the limit just as
            # much, so it is not held against us.
            caches = max(0, workload.value("limit") - smallest.value("limit"))
            found.append(("flat", ours < 1.5 * (smallest.value("ours") + caches)))
    if workload.unit == "process":
        found.append(("< 15 ms more than the limit", ours - workload.value("limit") < 15e-3))
    if name.startswith("a fact with"):
        found.append(("< 1 ms", ours < 1e-3))
    return found


def times_sqlite_by_cell(workload):
    """How many times as fast as SQLite, asked as the design's 253 microseconds were: cell by cell.

    Each cell's SELECT is then a transaction of its own, so that another process may append between
    two of them. The table has SQLite with all cells in one transaction.
    """
    return workload.value("SQLite with a transaction for each cell") / workload.value("ours")


def three_digits(number):
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def ratio_text(ratio):
    if ratio is None:
        return ""
    return three_digits(ratio) if ratio >= 0.1 else f"{ratio:.2g}"


def scaled(value, units):
    for factor, unit in units:
        if value >= factor:
            return f"{three_digits(value / factor)} {unit}"
    factor, unit = units[-1]
    return f"{three_digits(value / factor)} {unit}"


def shown(workload, contender):
    value = workload.value(contender)
    if value is None:
        return ""
    if workload.unit == "size":
        return f"{three_digits(value)} B/event"
    if workload.unit == "rate":
        return scaled(value, ((MEGA, "M/s"), (1000, "k/s"), (1, "/s")))
    return scaled(value, ((1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")))


def size_text(size):
    return scaled_count(size, MEGA, "M") or scaled_count(size, 1000, "k") or str(size)


def scaled_count(count, factor, letter):
    return f"{count / factor:.3g} {letter}" if count >= factor else None


def row(workload, results):
    """The cells of one line of the table."""
    judged = bars(workload, results)
    of_limit, times_sqlite = workload.of_limit(), workload.times_sqlite()
    memory = workload.memory()
    return [
        workload.name,
        size_text(workload.size),
        *(shown(workload, contender) for contender in CONTENDERS),
        ratio_text(of_limit),
        ratio_text(times_sqlite),
        ", ".join(text for text, _ in judged),
        ", ".join("yes" if is_met else "NO" for _, is_met in judged),
        f"{memory / MEGA:,.0f} MB" if memory else "",
    ]


def missed(results):
    """The bars that do not hold."""
    return [
        f"{workload.name}, {size_text(workload.size)}: {text}"
        for workload in ordered(results)
        for text, is_met in bars(workload, results)
        if not is_met
    ]


def remarks(results):
    """What has no column: for information."""
    return [
        f"{found.name}, {size_text(found.size)}: {contender} takes {shown(found, contender)}"
        for found in ordered(results)
        for contender in found.runs
        if contender not in CONTENDERS
    ]


def ordered(results):
    """Workloads together, each from the smallest size to the largest."""
    names = list(dict.fromkeys(workload.name for workload in results))
    return sorted(results, key=lambda workload: (names.index(workload.name), workload.size))


def text_table(results):
    rows = [HEADINGS, *(row(workload, results) for workload in ordered(results))]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(HEADINGS))]
    lines = []
    for cells in rows:
        padded = (
            cell.rjust(width) if column in RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths))
        )
        lines.append("  ".join(padded).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def markdown_table(results):
    rules = ("---:" if column in RIGHT else "---" for column in range(len(HEADINGS)))
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + "|".join(rules) + "|"]
    lines += ["| " + " | ".join(row(w, results)) + " |" for w in ordered(results)]
    return "\n".join(lines)


def write_csv(results, path):
    """Every contender's median, least and greatest time or size, unrounded."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("workload", "size", "contender", "unit", "value", "least", "greatest", "runs",
             "count", "memory")
        )
        for workload in ordered(results):
            for contender, runs in workload.runs.items():
                times = [run.time for run in runs]
                writer.writerow(
                    (workload.name, workload.size, contender,
                     "bytes/event" if workload.unit == "size" else "nanoseconds",
                     workload.time(contender), min(times), max(times), len(runs),
                     runs[0].count, workload.memory(contender))
                )
