"""Documents that are crafted or damaged: read within bounds, refused whole, or taken as they are."""
import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import textwrap
import time
import zipfile

from ledger import PROJECT

SECONDS_MAX, MEMORY_MAX = 10, 256 << 20


# The documents: small ones of every kind that is imported


def quarry(name):
    """A text of the small company of the tests."""
    with open(os.path.join(PROJECT, "Tests/TestSupport/Quarry.swift"), encoding="utf-8") as file:
        found = re.search(r'static let %s = """\n(.*?)\n *"""' % name, file.read(), re.DOTALL)
    return textwrap.dedent(found.group(1)) + "\n"


INSTANCE = """<?xml version="1.0"?>
<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:us-gaap="http://fasb.org/us-gaap/2010-01-31" xmlns:dei="http://xbrl.sec.gov/dei/2010-01-31">
<link:schemaRef xlink:type="simple" xlink:href="my.xsd"/>
<context id="I"><entity><identifier scheme="http://www.sec.gov/CIK">7</identifier></entity>
<period><instant>2010-09-30</instant></period></context>
<context id="D"><entity><identifier scheme="http://www.sec.gov/CIK">7</identifier></entity>
<period><startDate>2010-07-01</startDate><endDate>2010-09-30</endDate></period></context>
<unit id="usd"><measure>iso4217:USD</measure></unit>
<dei:DocumentType contextRef="D">10-Q</dei:DocumentType>
<dei:EntityRegistrantName contextRef="D">SEVEN CO</dei:EntityRegistrantName>
<us-gaap:Assets contextRef="I" unitRef="usd" decimals="-3">12000</us-gaap:Assets>
<us-gaap:AssetsCurrent contextRef="I" unitRef="usd" decimals="-3">5000</us-gaap:AssetsCurrent>
<us-gaap:Liabilities contextRef="I" unitRef="usd" decimals="-3">-7000</us-gaap:Liabilities>
<us-gaap:Revenues contextRef="D" unitRef="usd" decimals="0">34567</us-gaap:Revenues>
</xbrl>
"""

SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://my.com"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="my_cal.xml"/></appinfo>
</annotation></schema>
"""

LINKBASE = """<linkbase xmlns="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<calculationLink xlink:type="extended" xlink:role="http://my.com/role/Balance">
<loc xlink:type="locator" xlink:label="t" xlink:href="x.xsd#us-gaap_Assets"/>
<loc xlink:type="locator" xlink:label="a" xlink:href="x.xsd#us-gaap_AssetsCurrent"/>
<calculationArc xlink:type="arc" weight="1.0" xlink:from="t" xlink:to="a"
 xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"/></calculationLink></linkbase>
"""

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:us-gaap="http://fasb.org/us-gaap/2023" xmlns:dei="http://xbrl.sec.gov/dei/2023"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12">
<head><title>SEVEN CO</title></head><body>
<div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple"
 xlink:href="my.xsd"/></ix:references><ix:resources>
<xbrli:context id="I"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000007</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:instant>2024-09-30</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
</ix:resources></ix:header></div>
<p><ix:nonNumeric name="dei:EntityRegistrantName" contextRef="I">SEVEN CO</ix:nonNumeric>
<ix:nonNumeric name="dei:DocumentType" contextRef="I">8-K</ix:nonNumeric></p>
<table><tr><td>Assets</td><td><ix:nonFraction name="us-gaap:Assets" contextRef="I" unitRef="usd"
 decimals="-3" scale="3" format="ixt:num-dot-decimal">12,345</ix:nonFraction></td></tr>
<tr><td>Liabilities</td><td>(<ix:nonFraction name="us-gaap:Liabilities" contextRef="I" unitRef="usd"
 decimals="-3" scale="3" sign="-" format="ixt:num-dot-decimal">678</ix:nonFraction>)</td></tr></table>
</body></html>
"""

SUBMISSION = """<SEC-DOCUMENT>0000000007-24-000009.txt : 20241105
<SEC-HEADER>0000000007-24-000009.hdr.sgml : 20241105
<ACCEPTANCE-DATETIME>20241104174510
ACCESSION NUMBER:\t\t0000000007-24-000009
CONFORMED SUBMISSION TYPE:\t8-K
FILED AS OF DATE:\t\t20241105

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tSEVEN CO
\t\tCENTRAL INDEX KEY:\t\t\t0000000007
\t\tFISCAL YEAR END:\t\t\t1231
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>page.htm
<TEXT>
<XBRL>
""" + PAGE + """</XBRL>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""

SUB = ("adsh\tcik\tname\tfye\tform\tfy\tfp\tfiled\tinstance\n"
       "A-1\t7\tSEVEN CO\t1231\t10-Q\t2009\tQ2\t20090807\tsvn-20090630.xml\n")
NUM = ("adsh\ttag\tversion\tcoreg\tddate\tqtrs\tuom\tvalue\tfootnote\n"
       "A-1\tAssets\tus-gaap/2009\t\t20090630\t0\tUSD\t12000.0000\t\n"
       "A-1\tLiabilities\tus-gaap/2009\t\t20090630\t0\tUSD\t-3400.5000\t\n"
       "A-1\tRevenues\tus-gaap/2009\t\t20090630\t1\tUSD\t777.0000\t\n")

FACTS = json.dumps({
    "cik": 7, "entityName": "SEVEN CO", "facts": {"us-gaap": {
        name: {"label": name, "description": "All.", "units": {"USD": [
            {"end": f"20{year}-12-31", "val": value * year, "accn": f"0-{year}", "fy": 2000 + year,
             "fp": "FY", "form": "10-K", "filed": f"20{year + 1}-02-01"} for year in (10, 11)]}}
        for name, value in (("Assets", 700), ("Liabilities", -31))}}}) + "\n"

REPORT = json.dumps({
    "documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {
        "us-gaap": "http://fasb.org/us-gaap/2022", "cik": "http://www.sec.gov/CIK",
        "iso4217": "http://www.xbrl.org/2003/iso4217"}},
    "facts": {f"f{number}": {"value": value, "decimals": -3, "dimensions": {
        "concept": f"us-gaap:{name}", "entity": "cik:7", "period": "2023-01-01T00:00:00",
        "unit": "iso4217:USD"}}
        for number, (name, value) in enumerate((("Assets", "12000"), ("Liabilities", "-7000")))}}) + "\n"

EVENTS = """{"type":"entity","entity":"x:1","name":"Example"}
{"type":"concept","concept":"x:Cash","kind":"cash","periodType":"instant"}
{"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}
{"type":"cash","filing":"f1","entity":"x:1","concept":"x:Cash","period":"2019-12-31","unit":"USD","value":"4711","decimals":0}
{"type":"cash","filing":"f1","entity":"x:1","concept":"x:Cash","dimensions":{"branch":"b"},"period":"2019-12-31","unit":"USD","value":"-12.50"}
"""

TABLE = ("type,filing,entity,concept,dimensions,period,unit,value,decimals\n"
         "cash,f1,x:1,x:Cash,,2018-12-31,USD,815,0\n"
         "cash,f1,x:1,x:Cash,branch=b,2018-12-31,USD,-99.25,\n")

PUBLISHED = ["--filing", "0000000007-10-000001", "--published", "2010-11-05"]

# By name: the files, which of them is changed, how it is imported, and what is appended before.
KINDS = {
    "xbrl": ({"d/my.xml": INSTANCE, "d/my.xsd": SCHEMA, "d/my_cal.xml": LINKBASE},
             ["d/my.xml", "d/my.xml", "d/my_cal.xml", "d/my.xsd"], ["import", "xbrl", "d", *PUBLISHED], None),
    "inline": ({"page.htm": PAGE}, ["page.htm"],
               ["import", "page.htm", "--instance-only", *PUBLISHED], None),
    "submission": ({"s.txt": SUBMISSION}, ["s.txt"], ["import", "s.txt", "--instance-only"], None),
    "zip": ({"r.zip": {"r/my.xml": INSTANCE, "r/my.xsd": SCHEMA, "r/my_cal.xml": LINKBASE}}, ["r.zip"],
            ["import", "r.zip", *PUBLISHED], None),
    "fsds": ({"q/sub.txt": SUB, "q/num.txt": NUM}, ["q/num.txt", "q/sub.txt"], ["import", "fsds", "q"], None),
    "companyfacts": ({"f.json": FACTS}, ["f.json"], ["import", "companyfacts", "f.json"], None),
    "xbrl-json": ({"j.json": REPORT}, ["j.json"], ["import", "xbrl-json", "j.json", *PUBLISHED], None),
    "release": ({"r.txt": quarry("release")}, ["r.txt"],
                ["import", "release", "r.txt", "--profile", "quarry", "--filing", "q", "--published",
                 "2011-11-01"], quarry("definitions")),
    "events": ({"e.jsonl": EVENTS}, ["e.jsonl"], ["append", "e.jsonl"], None),
    "table": ({"t.csv": TABLE}, ["t.csv"], ["append", "t.csv"], EVENTS),
}


# The changes


def idle(source, data, name):
    """A change that says nothing: white space and comments where they have no meaning."""
    text = data.decode()
    if name.endswith((".xml", ".xsd", ".htm")):
        places = [match.end() for match in re.finditer(r">\n", text)]
        place = source.choice(places[1:] or [len(text)])
        added = source.choice([" ", "\t", "\n", "<!-- 98765 -->", "<!-- <a> & -->\n", "<?pi 99?>\n"])
        return (text[:place] + added + text[place:]).encode()
    if name.endswith((".json", ".jsonl")):
        places = [match.end() for match in re.finditer(r'[:,{](?=["{])', text)]
        # Not within a text: those of these documents have no such places.
        place = source.choice(places)
        return (text[:place] + source.choice([" ", "\t", "  "]) + text[place:]).encode()
    if name == "r.txt":
        return (text + "\n" * source.randrange(1, 40)).encode()
    return data + source.choice([b"", b"\n"]) if name == "e.jsonl" else data


def bits(source, data):
    """Some bits changed."""
    changed = bytearray(data)
    for _ in range(source.randrange(1, 4)):
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def cut(source, data):
    """The end, or a piece, is missing."""
    first, last = sorted(source.randrange(len(data) + 1) for _ in range(2))
    return data[:first] if source.random() < 0.5 else data[:first] + data[last:]


def doubled(source, data):
    """A piece again, once or very often."""
    first, last = sorted(source.randrange(len(data) + 1) for _ in range(2))
    last = min(last, first + 2000)
    return data[:last] + data[first:last] * source.choice([1, 2, 50, 2000]) + data[last:]


def exchanged(source, data):
    """Two pieces in each other's place."""
    a, b, c, d = sorted(source.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


STRANGE = [
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"<" * 5000, b"<a>" * 20000, b"[" * 100000,
    b'{"a":' * 20000, b"&lt;" * 3000, b"]]>", b"<![CDATA[", b"<!--", b'<!DOCTYPE a [<!ENTITY b "c">]>',
    b"9" * 5000, b"1e999999999", b"-", b"NaN", b"0x10", b"1.0000000000000000000000000001",
    "\u202e\u2066\u00a0\ufeff".encode(), b"\r", b"\x1b]0;x\x07", b"'", b'"' * 999, b"\\u0000",
    b"9999-99-99", b"0000-00-00", b"\t" * 9999, b"=1+1", b" " * 500000, b"x" * 300000, b"(" * 3000,
]


def strange(source, data):
    """Something strange in it."""
    place = source.randrange(len(data) + 1)
    return data[:place] + source.choice(STRANGE) + data[place:]


def many(source, data):
    """Very many attributes, members, cells or lines."""
    made = source.choice([
        lambda n: b"".join(b' a%d="1"' % i for i in range(n)),
        lambda n: b"".join(b'"a%d":1,' % i for i in range(n)),
        lambda n: b"".join(b"<a%d/>" % i for i in range(n)), lambda n: b"\n" * n, lambda n: b"a,\t" * n,
    ])(source.choice([100, 30000]))
    places = [match.start() for match in re.finditer(rb"(?<=[\w\"])(?=[ >,])", data)] or [0]
    place = source.choice(places)
    return data[:place] + made + data[place:]


WILD = [bits, bits, cut, doubled, exchanged, strange, strange, many]


# What comes of them


def write(folder, files):
    """Writes the files of a document; an archive is made of its members."""
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(content, dict):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for member, text in content.items():
                    archive.writestr(zipfile.ZipInfo(member), text)
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)


def limited(campaign, command, ledger):
    """Runs a command within the limits: its status, and what went beyond them."""
    errors = campaign.path("errors")
    start = time.monotonic()
    with open(errors, "wb") as err:
        process = subprocess.Popen(
            [campaign.assay, *command, "-f", ledger], cwd=campaign.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=err,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    beyond = []
    if time.monotonic() - start > 6 * SECONDS_MAX or process.returncode == -24:
        beyond.append(f"longer than {SECONDS_MAX} s")
    if usage.ru_maxrss << 10 > MEMORY_MAX:
        beyond.append(f"{usage.ru_maxrss >> 10} MB")
    return process.returncode, beyond


def figures(campaign, ledger):
    """Every figure of a ledger: what it is about, and what it says."""
    lines = campaign.must(campaign.run("export", ledger=ledger), "export").stdout.splitlines()
    found = set()
    for line in map(json.loads, lines):
        if "value" in line and "concept" in line:
            about = [line.get(name) for name in ("entity", "concept", "period", "unit")]
            said = [line.get(name) for name in ("value", "decimals", "qualifier")]
            found.add(json.dumps([about, line.get("dimensions"), said]))
    return found, len(lines)


def checksum(path):
    """The hash of a file; nothing if there is none."""
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).digest()


def prepare(campaign, kind):
    """Writes the document of a kind, and imports it as it is; its figures."""
    files, _, command, before = KINDS[kind]
    write(campaign.folder, files)
    if before:
        with open(campaign.path("before.jsonl"), "w", encoding="utf-8") as file:
            file.write(before)
        campaign.must(campaign.run("append", "before.jsonl", ledger=f"{kind}-before"), "append")
    ledger = start(campaign, kind)
    status, beyond = limited(campaign, command, campaign.path(ledger))
    if status != 0 or beyond:
        with open(campaign.path("errors"), encoding="utf-8") as file:
            campaign.fail(f"{kind} as it is: {status} {beyond} {file.read()}")
        return set()
    found, _ = figures(campaign, ledger)
    if len(found) < 2:
        campaign.fail(f"{kind} as it is: {len(found)} figures")
    return found


def start(campaign, kind):
    """The name of a ledger as it is before the import: there is none, or it has what is needed."""
    for name in ("b", "b-lock"):
        if os.path.exists(campaign.path(name)):
            os.unlink(campaign.path(name))
    if KINDS[kind][3]:
        shutil.copyfile(campaign.path(f"{kind}-before"), campaign.path("b"))
    return "b"


def documents(campaign, rounds):
    """Documents of every kind, changed so that nothing is said, or wildly."""
    kinds = list(KINDS)
    expected = {}
    for number in range(rounds):
        kind = kinds[number % len(kinds)]
        files, targets, command, _ = KINDS[kind]
        if kind not in expected:
            expected[kind] = prepare(campaign, kind)
        write(campaign.folder, files)
        name = campaign.random.choice(targets)
        with open(campaign.path(name), "rb") as file:
            data = file.read()
        is_idle = campaign.random.random() < 0.2 and not name.endswith(".zip")
        how = idle if is_idle else campaign.random.choice(WILD)
        changed = (idle(campaign.random, data, name) if is_idle
                   else how(campaign.random, data) if data else data)
        with open(campaign.path(name), "wb") as file:
            file.write(changed)
        judge(campaign, f"{number}: {kind}, {name} {how.__name__}", kind, command,
              expected[kind] if is_idle else None)


def judge(campaign, what, kind, command, expected):
    """Imports a document, and demands that it is taken whole or refused whole."""
    ledger = start(campaign, kind)
    path = campaign.path(ledger)
    before = checksum(path)
    status, beyond = limited(campaign, command, path)
    with open(campaign.path("errors"), "rb") as file:
        errors = file.read()
    left = [name for name in os.listdir(campaign.folder) if ".tmp" in name or ".new-" in name]
    if left:
        beyond.append(f"left {left}")
    if beyond:
        campaign.fail(f"{what}: {', '.join(beyond)}")
    elif status not in (0, 1):
        campaign.fail(f"{what}: ended with {status}: {errors[:300]!r}")
    elif status == 1:
        if checksum(path) != before:
            campaign.fail(f"{what}: refused, and something was written")
        elif not errors.strip():
            campaign.fail(f"{what}: refused without a word")
        else:
            campaign.count("refused, nothing written")
        if expected is not None:
            campaign.count("  of them changes without meaning")
    else:
        accept(campaign, what, ledger, expected)


def accept(campaign, what, ledger, expected):
    """What was taken is sound, is what its export says, and, if nothing was said anew, is the same."""
    if not os.path.exists(campaign.path(ledger)):
        campaign.count("taken, with nothing in it")
        return
    found, head = figures(campaign, ledger)
    if campaign.head(ledger) != head:
        campaign.fail(f"{what}: {head} events are exported")
    if expected is not None and found != expected:
        campaign.fail(f"{what}: other figures: {sorted(found ^ expected)[:4]}")
    for name in ("c", "c-lock"):
        if os.path.exists(campaign.path(name)):
            os.unlink(campaign.path(name))
    campaign.must(campaign.run("export", "-o", "again.jsonl", ledger=ledger), "export")
    appended = campaign.run("append", "again.jsonl", ledger="c")
    os.unlink(campaign.path("again.jsonl"))
    roots = [campaign.run("checkpoint", ledger=name).stdout for name in (ledger, "c")]
    if appended.returncode != 0 or roots[0] != roots[1]:
        campaign.fail(f"{what}: its export is another ledger: {appended.stderr[:300]!r}")
    else:
        campaign.count("taken, with the same root after export and append")
    if expected is not None:
        campaign.count("  of them changes without meaning, with the same figures")
