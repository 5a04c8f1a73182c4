"""Makes a file of the shape of the SEC's companyfacts, the same at every run."""

import json
import random

CONCEPTS = 400
YEARS = range(2010, 2024)
ENDS = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}
STARTS = {1: "01-01", 2: "04-01", 3: "07-01", 4: "01-01"}


def quarters():
    return [(year, quarter) for year in YEARS for quarter in ENDS]


def reports(is_instant, generator):
    """What every filing says of one concept: the period itself and the one a year before."""
    facts, values = [], {}
    for year, quarter in quarters():
        filed_year, filed_month = (year, quarter * 3 + 2) if quarter < 4 else (year + 1, 2)
        for reported in (year - 1, year):
            fact = {
                "end": f"{reported}-{ENDS[quarter]}",
                "val": values.setdefault(
                    (reported, quarter), generator.randrange(1_000, 10_000_000) * 1_000
                ),
                "accn": f"0000000001-{year % 100:02d}-{quarter:06d}",
                "fy": year,
                "fp": "FY" if quarter == 4 else f"Q{quarter}",
                "form": "10-K" if quarter == 4 else "10-Q",
                "filed": f"{filed_year}-{filed_month:02d}-14",
            }
            if not is_instant:
                fact = {"start": f"{reported}-{STARTS[quarter]}", **fact}
            facts.append(fact)
    return facts


def write(path):
    """Writes the file and returns how many facts it holds."""
    concepts, count = {}, 0
    generator = random.Random(2004)
    for index in range(CONCEPTS):
        facts = reports(index % 3 == 0, generator)
        count += len(facts)
        concepts[f"BenchConcept{index:03d}"] = {
            "label": f"Bench concept {index}",
            "description": f"Concept {index} of the benchmark, described as long as others are.",
            "units": {"USD": facts},
        }
    company = {"cik": 1, "entityName": "Bench", "facts": {"us-gaap": concepts}}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(company, file, separators=(",", ":"))
    return count
