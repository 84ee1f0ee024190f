"""The table and the plot in docs/, of the results."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

from benches.calibration.cells import ALPHA, CONTINUOUS, POWER_RUNS, POWER_SIZES
from benches.calibration.streams import FITTED, SEED

LEAST, MOST = 0.03, 0.06
"""Of false alarms where nothing ties, and everywhere."""

ROOT = Path(__file__).resolve().parents[2]
COLOURS = {
    "uniform": "#1b6ca8", "normal": "#66a182", "exponential": "#edae49", "Cauchy": "#d1495b",
    "Poisson(3)": "#7d5ba6", "tied": "#777777", "shift": "#1b6ca8", "scale": "#66a182",
    "shape": "#d1495b",
}  # fmt: skip
HEAD = """# How often drift is called

Made by `python -m benches.calibration`. Rates at α = 0.05, of one column alone, without a limit
and without the correction for many columns. Streams are of uniform numbers, profiled in full; other
distributions are functions of them, since a sketch only compares
(`benches/calibration/streams.py`).

The streams that are graded here have the seed {graded}, and were looked at once; powers twice,
since noise floors were made 1.5 % higher in between, to be where p is 0.05. Streams of
{fitted} were looked at while the laws were made. How far off a sketch is follows from
k and the number of values; what was measured is how much of its white error stays in a mean.

Every row says how many runs it has, {least:,} to {most:,}: one standard error of a rate of 0.05 is
{error:.4f} over {most:,} and {worst:.4f} over {least:,}. All cells of a row are of the same
streams, so they are high or low together. What knows ranks (ks, psi) was measured for uniform and
for Cauchy numbers, which lie farthest from even between the items of a sketch; normal and
exponential ones have the rates of uniform ones.

What is asked for is 0.06 at most, and 0.03 at least where nothing ties. {kept}

![false alarms and power](calibration.svg)

Solid lines are of k 512, dashed ones of k 200; what is asked for is grey.

"""
MERGED = """## False alarms: merged profiles

Both sides are profiles of so many parts that were stored and then merged; nothing has changed. Of
how many parts a sketch was merged its bytes do not say, and a large part with a small one is as far
off as a stream. The errors of many parts are independent and cancel out, so sketches are less far
off than is assumed, and the test is careful: of 100 parts and k 200 its noise floor is 1.8 times as
high as need be.

"""
ALARMS = """## False alarms: {measure}

Nothing has changed: the rate should be 0.05, and may be less where values are tied.

"""
POWER = """## Power: ks

A normal law has changed so far that its distance is so many times the noise floor. The peer is
scipy's `ks_2samp` on all values; runs are ours and its. A change of exactly 1 × the floor does not
exceed it, and stands here to show where power ends: where n is far larger than k, the floor is that
of the sketches, and all values would show what the sketches cannot. {kept}

"""
CATEGORIES = """## Categories: chi_square

Five kinds of values; 10,000 values whose frequencies fall as 1 / rank; values that hardly ever
come twice. A change makes the first value more frequent. The peer is scipy's `chi2_contingency` on
exact counts. Nothing is fitted here. Where not all values are counted (Zipf, 10,000 rows and more),
only what counts are sure to differ by is tested: chance alone is hardly ever called drift.

"""
Rows = list[dict[str, str]]


def write(rows: Rows) -> None:
    """Both files."""
    alarms = [row for row in rows if row["what"] == "alarm" and row["k"] != "0"]
    power = [row for row in rows if row["what"] == "power" and row["k"] != "0"]
    counts = [row for row in rows if row["k"] == "0"]
    measures = list(dict.fromkeys(row["measure"] for row in alarms))
    merged = [row for row in rows if row["what"] == "merged"]
    text = head(alarms) + "".join(alarm_table(alarms, one) for one in measures)
    text += MERGED + merged_table(merged)
    text += (
        POWER.format(kept=weakest(power)) + power_table(power) + CATEGORIES + category_table(counts)
    )
    (ROOT / "docs/calibration.md").write_text(text.rstrip() + "\n")
    draw(alarms, power)


def head(alarms: Rows) -> str:
    """What is to be known of the figures."""
    runs = sorted(int(row["runs"]) for row in alarms)
    free = [row for row in alarms if row["law"] in CONTINUOUS]
    high = [row for row in alarms if float(row["rate"]) > MOST]
    low = [row for row in free if float(row["rate"]) < LEAST]
    return HEAD.format(
        graded=SEED,
        fitted=", ".join(map(str, FITTED)),
        least=runs[0],
        most=runs[-1],
        error=(ALPHA * (1 - ALPHA) / runs[-1]) ** 0.5,
        worst=(ALPHA * (1 - ALPHA) / runs[0]) ** 0.5,
        kept=f"Above {MOST}: {cells(high)}. Below {LEAST}, where nothing ties: {cells(low)}.",
    )


def cells(rows: Rows) -> str:
    """Which these are."""
    laws: dict[tuple[str, str, str, float], list[str]] = {}
    for row in rows:
        key = row["measure"], size(row), row["k"], float(row["rate"])
        laws.setdefault(key, []).append(row["law"])
    told = [
        f"{measure}, {values}, k {k}, {found[0] if len(found) == 1 else 'all'} ({rate:.3f})"
        for (measure, values, k, rate), found in laws.items()
    ]
    return "; ".join(told) or "none"


def weakest(rows: Rows) -> str:
    """Whether all changes above the floor are seen as often as is asked for."""
    above = [row for row in rows if float(row["times"]) > 1]
    ratio, worst = min((float(row["rate"]) / float(row["peer"]), row["n"]) for row in above)
    error = (0.9 * 0.1 / POWER_RUNS) ** 0.5
    return (
        f"Above 1 × ours\nis {ratio:.3f} of scipy's at least ({int(worst):,} values); "
        f"a rate of 0.9 has a standard error of {error:.3f}."
    )


def merged_table(rows: Rows) -> str:
    """A line for each shape and k, measures across."""
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    text = line("parts", "k", "runs", *measures) + line("---", *["---:"] * (len(measures) + 2))
    for key in dict.fromkeys((row["law"], row["k"]) for row in rows):
        mine = [row for row in rows if (row["law"], row["k"]) == key]
        text += line(*key, mine[0]["runs"], *(f"{float(row['rate']):.3f}" for row in mine))
    return text + "\n"


def size(row: dict[str, str]) -> str:
    """Both sizes."""
    m, n = int(row["m"]), int(row["n"])
    return f"{m:,}" if m == n else f"{m:,} and {n:,}"


def line(*cells: object) -> str:
    """A line of a table."""
    return "| " + " | ".join(map(str, cells)) + " |\n"


def alarm_table(rows: Rows, measure: str) -> str:
    """Sizes and k down, distributions across."""
    mine = [row for row in rows if row["measure"] == measure]
    laws = list(dict.fromkeys(row["law"] for row in mine))
    text = ALARMS.format(measure=measure) + line("values", "k", "runs", *laws)
    text += line("---", *["---:"] * (len(laws) + 2))
    for key in dict.fromkeys((row["m"], row["n"], row["k"]) for row in mine):
        found = {row["law"]: row for row in mine if (row["m"], row["n"], row["k"]) == key}
        first = next(iter(found.values()))
        rates = [f"{float(found[law]['rate']):.3f}" if law in found else "" for law in laws]
        text += line(size(first), first["k"], first["runs"], *rates)
    return text + "\n"


def power_table(rows: Rows) -> str:
    """A line for each size, k and multiple of the floor."""
    kinds = list(dict.fromkeys(row["law"] for row in rows))
    text = line("values", "k", "runs", "× floor", *(f"{kind}: ours / scipy" for kind in kinds))
    text += line("---", *["---:"] * (len(kinds) + 3))
    for key in dict.fromkeys((row["m"], row["k"], row["times"]) for row in rows):
        found = {row["law"]: row for row in rows if (row["m"], row["k"], row["times"]) == key}
        rates = [beside(found[k]) if k in found else "" for k in kinds]
        runs = f"{next(iter(found.values()))['runs']} / {POWER_SIZES[int(key[0])]}"
        text += line(f"{int(key[0]):,}", key[1], runs, key[2], *rates)
    return text + "\n"


def beside(row: dict[str, str]) -> str:
    """Ours and that of scipy."""
    return f"{float(row['rate']):.2f} / {float(row['peer']):.2f}"


def category_table(rows: Rows) -> str:
    """A line for each."""
    text = line("values", "kind", "", "runs", "ours", "scipy") + line(
        "---", "---", "---", *["---:"] * 3
    )
    for row in rows:
        rates = f"{float(row['rate']):.3f}", f"{float(row['peer']):.3f}"
        what = "unchanged" if row["what"] == "alarm" else "changed"
        text += line(size(row), row["law"], what, row["runs"], *rates)
    return text


def draw(alarms: Rows, power: Rows) -> None:
    """A panel of false alarms for each measure, and one of power."""
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    measures = list(dict.fromkeys(row["measure"] for row in alarms))
    figure, axes = plt.subplots(
        1, len(measures) + 1, figsize=(3.4 * (len(measures) + 1), 3.4), layout="constrained"
    )
    for axis, measure in zip(axes, measures, strict=False):
        equal = [r for r in alarms if r["measure"] == measure and r["m"] == r["n"]]
        curves(axis, equal, [(r["law"], r["k"]) for r in equal], "rate")
        axis.axhspan(0.03, 0.06, color="#dddddd", zorder=0)
        axis.set(title=f"{measure}: false alarms", xscale="log", ylim=(0, 0.1), xlabel="values")
    twice = [r for r in power if r["times"] == "1.5"]
    curves(axes[-1], twice, [(r["law"], r["k"]) for r in twice], "rate")
    axes[-1].set(title="ks: power at 1.5 × floor", xscale="log", ylim=(0, 1.03), xlabel="values")
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
        axis.tick_params(labelsize=8)
        axis.title.set_fontsize(9)
    handles, labels = axes[0].get_legend_handles_labels()
    more = axes[-1].get_legend_handles_labels()
    shown = dict(zip([*labels, *more[1]], [*handles, *more[0]], strict=True))
    figure.legend(shown.values(), shown.keys(), loc="outside lower center", ncols=6, fontsize=8)
    figure.savefig(ROOT / "docs/calibration.svg", metadata={"Date": None})


def curves(axis: mpl.axes.Axes, rows: Rows, keys: list[tuple[str, str]], what: str) -> None:
    """One for each law and k: solid for the larger, dashed for the smaller."""
    for law, k in dict.fromkeys(keys):
        mine = sorted((int(r["n"]), float(r[what])) for r in rows if (r["law"], r["k"]) == (law, k))
        style = {"linestyle": "--"} if k == "200" else {"label": law}
        axis.plot(*zip(*mine, strict=True), marker="o", markersize=3, color=COLOURS[law], **style)
