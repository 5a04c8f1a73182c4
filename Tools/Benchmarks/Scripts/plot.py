"""A plot of the time of a query against the size of the ledger, as SVG."""

import math

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 80, 130, 56, 64
COLOURS = {"ours": "#0b6e4f", "limit": "#4a5568", "SQLite": "#b5451b"}
NAMES = {"ours": "Assay", "limit": "LMDB in C", "SQLite": "SQLite in C"}


def decades(values):
    """The powers of ten around the values, as exponents."""
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


def text(x, y, content, anchor="middle", size=13, colour="#1a202c", extra=""):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' fill="{colour}"{extra}>{content}</text>'
    )


def duration(exponent):
    """10^exponent microseconds."""
    value = 10 ** exponent
    return f"{value:g} µs" if value < 1000 else f"{value / 1000:g} ms"


def query_times(workloads, bar_microseconds):
    """The SVG text; workloads are one query at several sizes."""
    workloads = sorted(workloads, key=lambda workload: workload.size)
    lines = {
        contender: [(w.size, w.value(contender) * 1e6) for w in workloads if contender in w.runs]
        for contender in COLOURS
    }
    x_low, x_high = decades([w.size for w in workloads])
    x_high = max(x_high, x_low + 1)
    times = [time for points in lines.values() for _, time in points] + [bar_microseconds]
    y_low, y_high = decades(times)

    def x_of(size):
        return LEFT + (math.log10(size) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)

    def y_of(time):
        part = (math.log10(time) - y_low) / (y_high - y_low)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans, Helvetica, Arial, sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text(LEFT, 30, "A balance sheet of 31 lines and 2 columns, at a random known-at",
             "start", 16),
    ]
    for exponent in range(y_low, y_high + 1):
        y = y_of(10 ** exponent)
        out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#cbd5e0"/>')
        out.append(text(LEFT - 8, y + 4, duration(exponent), "end"))
        for digit in range(2, 10) if exponent < y_high else ():
            y = y_of(digit * 10 ** exponent)
            out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#edf2f7"/>')
    for exponent in range(x_low, x_high + 1):
        x = x_of(10 ** exponent)
        out.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#cbd5e0"/>')
        out.append(text(x, HEIGHT - BOTTOM + 20, f"{10 ** exponent:,}".replace(",", " ")))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, "events in the ledger"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(
        text(20, middle, "time of one query (median)",
             extra=f' transform="rotate(-90 20 {middle})"')
    )
    y = y_of(bar_microseconds)
    out.append(
        f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#2b6cb0" stroke-dasharray="6 4"/>'
    )
    bar = f"bar: {bar_microseconds} µs"
    out.append(text(WIDTH - RIGHT + 8, y + 4, bar, "start", 13, "#2b6cb0"))
    out += curves(lines, x_of, y_of, y)
    return "\n".join([*out, "</svg>", ""])


def curves(lines, x_of, y_of, bar_y):
    """The lines with their points and names; names that would touch are moved apart."""
    out, taken = [], [bar_y]
    for contender, points in lines.items():
        if not points:
            continue
        colour = COLOURS[contender]
        path = " ".join(f"{x_of(size):.1f},{y_of(time):.1f}" for size, time in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        for size, time in points:
            x, y = x_of(size), y_of(time)
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
            # The outer ones stay clear of the names on both sides.
            anchor = {points[0][0]: "start", points[-1][0]: "end"}.get(size, "middle")
            # Below its line for the lowest: lines come near each other.
            place = y + 18 if contender == "limit" else y - 9
            out.append(text(x, place, f"{time:.3g} µs", anchor, 11, colour))
        label = y_of(points[-1][1])
        for other in sorted(taken):
            if abs(label - other) < 16:
                label = other + (16 if label >= other else -16)
        taken.append(label)
        out.append(text(WIDTH - RIGHT + 8, label + 4, NAMES[contender], "start", 13, colour))
    return out
