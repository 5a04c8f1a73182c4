"""Reads a workbook with nothing but a zip and an XML reader, and compares every cell of it.

workbook.py statement FILE.xlsx FILE.json   each figure, its source and each formula, with the answer in JSON
workbook.py rows FILE.xlsx FILE.csv         each cell of the first sheet, with the rows as CSV
workbook.py strip FILE.xlsx OUT.xlsx        writes a copy whose formulas have no values
workbook.py texts FILE.xlsx                 the texts of all sheets, and that none is a formula
"""

import csv
import json
import re
import sys
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def column(name):
    number = 0
    for letter in re.match("[A-Z]+", name)[0]:
        number = 26 * number + ord(letter) - 64
    return number - 1


def sheets(path):
    """For each sheet, its name, cells (content and formula by place) and links."""
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    names = [sheet.get("name") for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet")]
    for number, name in enumerate(names, 1):
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
        cells, formulas, links = {}, {}, {}
        for cell in root.iter(MAIN + "c"):
            place = cell.get("r")
            text, value = cell.find(f"{MAIN}is/{MAIN}t"), cell.find(MAIN + "v")
            formula = cell.find(MAIN + "f")
            if formula is not None:
                formulas[place] = formula.text
            if text is not None:
                cells[place] = re.sub("_x005F_", "_", text.text or "")
            elif value is not None:
                # Spreadsheets keep fifteen digits, and write some that are of binary fractions.
                cells[place] = Decimal(format(float(value.text), ".15g"))
        for link in root.iter(MAIN + "hyperlink"):
            links[link.get("ref")] = link.get("location")
        yield name, cells, formulas, links


def evaluated(formula, cells):
    """The exact value of a sum."""
    inner = re.fullmatch(r"ROUND\((.*),\d+\)", formula)
    total, rest = Decimal(0), inner[1] if inner else formula
    for sign, places, place in re.findall(r"(-?)(?:SUM\(([A-Z0-9,:]+)\)|([A-Z]+\d+))", rest):
        for part in (places or place).split(","):
            first, last = (part.split(":") * 2)[:2]
            letters = re.match("[A-Z]+", first)[0]
            for row in range(int(first[len(letters):]), int(last[len(letters):]) + 1):
                value = cells.get(f"{letters}{row}")
                if isinstance(value, Decimal):
                    total += -value if sign else value
    return total


def statement(path, answer):
    answer = json.load(open(answer))
    found = {name: (cells, formulas, links) for name, cells, formulas, links in sheets(path)}
    cells, formulas, links = found["Statement"]
    sources = found["Sources"][0]
    captions = {place: text for place, text in cells.items() if place.startswith("A") and isinstance(text, str)}
    labels = [line["label"] for line in answer["lines"]]
    rows = sorted(int(place[1:]) for place in captions)
    texts = [cells.get(f"A{row}", "") for row in range(1, max(rows) + 1)]
    start = next(index for index in range(len(texts)) if texts[index:index + len(labels)] == labels)
    figures = 0
    for index, line in enumerate(answer["lines"]):
        scales = set()
        for number, cell in enumerate(line.get("cells", [])):
            place = f"{'BDFHJLNPRT'[number]}{start + index + 1}"
            shown = cells.get(place)
            if "value" not in cell:
                assert isinstance(shown, str) and shown, (place, cell, shown)
                continue
            figures += 1
            value = Decimal(cell["value"]) * (-1 if line.get("negated") else 1)
            if isinstance(shown, str):
                assert len(cell["value"].strip("-").replace(".", "").strip("0")) > 15, (place, shown)
                shown = Decimal(shown)
            if value == 0:
                assert shown == 0, (place, shown)
            else:
                scales.add((value / shown).normalize())
            if cell["status"] == "value":
                row = re.fullmatch(r"'Sources'!A(\d+)", links[place])[1]
                assert sources[f"A{row}"] == place
                assert Decimal(sources[f"G{row}"]) == Decimal(cell["value"]), (place, sources[f"G{row}"])
                assert sources[f"K{row}"] == cell["sequence"] and sources[f"L{row}"] == cell["filing"]
                assert re.fullmatch("[0-9a-f]{64}", sources[f"S{row}"])
        assert len(scales) <= 1 and all(scale == Decimal(10) ** scale.adjusted() for scale in scales), (line, scales)
    for place, formula in formulas.items():
        assert evaluated(formula, cells) == cells[place], (place, formula)
    assert cells["A1"] == answer["entity"]["name"] if isinstance(answer["entity"], dict) else True
    receipt = {text: found["Receipt"][0].get("B" + place[1:]) for place, text in found["Receipt"][0].items()}
    assert receipt["root"] == answer["recordedAt"]["root"] and receipt["query"] == answer["query"]
    print(f"{figures} figures, {len(formulas)} formulas")


def rows(path, expected):
    name, cells, formulas, _ = next(iter(sheets(path)))
    assert not formulas
    found = 0
    for number, row in enumerate(csv.reader(open(expected)), 1):
        for index, text in enumerate(row):
            letters = (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)
            cell = cells.get(f"{letters}{number}", "")
            if isinstance(cell, Decimal):
                assert cell == Decimal(text), (letters, number, cell, text)
            else:
                # In tables of text alone what a spreadsheet would obey has an apostrophe before it.
                assert cell == text or "'" + cell == text, (letters, number, cell, text)
            found += 1
    print(f"{found} cells")


def strip(path, other):
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            copy.writestr(name, data)


def texts(path):
    for _, cells, formulas, _ in sheets(path):
        assert not formulas, formulas
        for text in cells.values():
            print(text)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
