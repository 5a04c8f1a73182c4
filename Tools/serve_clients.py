"""Reads companies as of a past day with the client of another author: see Tools/serve-clients."""

import json
import os
import pathlib
import sys
import tempfile

name, address, day, data = sys.argv[1:]
prefix = f"{address}/known-at/{day}"
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAILS ") + f"{name}, {day}: {what}")
    if not holds:
        failures.append(what)


def edgartools(digits, expected):
    from edgar.entity.entity_facts import get_company_facts

    facts = get_company_facts(int(digits))
    check(len(facts) == expected, f"{len(facts)} facts of {facts.name}, as many as were filed by then")


def sec_edgar_api(digits, expected):
    import requests.adapters
    from sec_edgar_api import EdgarClient

    class Redirected(requests.adapters.HTTPAdapter):
        """Carries requests for the SEC's data API to the server: this client has no setting for its address."""

        def send(self, request, **options):
            request.url = request.url.replace("https://data.sec.gov", prefix, 1)
            return super().send(request, **options)

    client = EdgarClient(user_agent="Somebody somebody@example.com")
    client._session.mount("https://data.sec.gov/", Redirected())
    found = client.get_company_facts(cik=digits)
    count = sum(len(rows) for concepts in found["facts"].values() for concept in concepts.values()
                for rows in concept["units"].values())
    check(count == expected, f"{count} facts of {found['entityName']}, as many as were filed by then")
    filings = client.get_submissions(cik=digits)["filings"]["recent"]
    check(filings["filingDate"] and max(filings["filingDate"]) <= day, f"{len(filings['form'])} filings, none later")
    rows = client.get_company_concept(cik=digits, taxonomy="us-gaap", tag="Assets")["units"]["USD"]
    check(rows and max(row["filed"] for row in rows) <= day, f"{len(rows)} rows of Assets, none later")
    frame = client.get_frames(taxonomy="us-gaap", tag="Assets", unit="USD", year="2012", quarter=4, instantaneous=True)
    check(int(digits) in [row["cik"] for row in frame["data"]], "the company is in the frame CY2012Q4I of Assets")


# edgartools takes the address of the data API from the environment.
os.environ |= {"EDGAR_DATA_URL": prefix, "EDGAR_IDENTITY": "Somebody somebody@example.com"}
with tempfile.TemporaryDirectory() as folder:
    os.environ["EDGAR_LOCAL_DATA_DIR"] = folder
    for path in sorted(pathlib.Path(data).glob("CIK*.json")):
        kept = json.loads(path.read_text())
        filed = sum(row["filed"] <= day for concepts in kept["facts"].values() for concept in concepts.values()
                    for rows in concept["units"].values() for row in rows)
        (edgartools if name == "edgartools" else sec_edgar_api)(path.stem.removeprefix("CIK"), filed)
sys.exit(1 if failures else 0)
