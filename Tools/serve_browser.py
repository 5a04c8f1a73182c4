"""Opens the pages of a real server in headless Chromium, as people do: see Tools/serve-browser.

Tasks, each done by keyboard alone:
1. step to another period, and hear what changed;
2. go from a figure to its biography, and from there to its proof;
3. check the proof against a checkpoint that was kept;
4. go from the list of filings to a document, and from a figure in it to its biography;
5. see that the document is the one that was filed;
6. look at the log while it grows.
"""

import base64
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

address, axe, pictures = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
assay, ledger = sys.argv[4], sys.argv[5]
pictures.mkdir(parents=True, exist_ok=True)
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAILS ") + what)
    if not holds:
        failures.append(what)


class Browser:
    """A session of chromedriver (W3C WebDriver)."""

    def __init__(self, dark=False, width=1200):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL)
        words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 f"--window-size={width},900"] + (["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else [])
        body = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "timeouts": {"script": 120000},
                                                 "goog:chromeOptions": {"args": words},
                                                 "goog:loggingPrefs": {"browser": "ALL"}}}}
        for _ in range(100):
            try:
                self.session = self.call("/session", body)["sessionId"]
                break
            except OSError:
                time.sleep(0.1)
        self.base += f"/session/{self.session}"

    def call(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"},
                                         method=method or ("POST" if data else "GET"))
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:400]) from None

    def open(self, path):
        self.call("/url", {"url": address + path})

    def run(self, script, *words):
        return self.call("/execute/sync", {"script": script, "args": list(words)})

    def wait(self, script, *words):
        return self.call("/execute/async", {"script": script, "args": list(words)})

    def keys(self, text):
        actions = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self.call("/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def picture(self, name):
        (pictures / f"{name}.png").write_bytes(base64.b64decode(self.call("/screenshot")))

    def end(self):
        try:
            self.call("", method="DELETE")
        finally:
            self.driver.terminate()
            self.driver.wait()


TAB, RIGHT, LEFT, ENTER = "\ue004", "\ue014", "\ue012", "\ue007"


def accessible(browser, name):
    browser.run(pathlib.Path(axe).read_text())
    found = browser.wait("const done = arguments[arguments.length - 1];"
                         "axe.run(document).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes[0].html)))")
    check(found == [], f"axe finds nothing on {name} {found or ''}")


def papers(browser):
    """Opens every page of a binder, and answers of every shape as pages."""
    with tempfile.TemporaryDirectory() as folder:
        def ask(*words):
            subprocess.run([assay, *words, "-f", ledger], check=False, capture_output=True)

        ask("binder", "--entity", "hecla", "--as-of", "2004-09-30", "-o", f"{folder}/binder")
        for words in ("log", "stats", "facts --all", "history us-gaap:Assets 2004-09-30", "panel Assets", "guidance", "check",
                      "diff 2004-05-04 2005-12-31", "restatements", "lint hecla", "bs --vs 2004-11-03", "is --lead-sheet"):
            ask(*words.split(), "-O", "html", "-o", f"{folder}/{words.replace('/', '')}.html")
        pages = sorted(pathlib.Path(folder).rglob("*.html"))
        check(len(pages) > 40, f"{len(pages)} papers are pages")
        for page in pages:
            browser.call("/url", {"url": page.as_uri()})
            accessible(browser, page.relative_to(folder))


def focus(browser, wanted, count=80):
    """Steps by the tabulator to an element, as somebody without a mouse does."""
    for _ in range(count):
        browser.keys(TAB)
        if browser.run("return document.activeElement.matches(arguments[0])", wanted):
            return True
    return False


def painted(browser, step=-1):
    """Moves the slider of known-at by a step, and returns after how many milliseconds the answer was painted."""
    return browser.wait(
        "const done = arguments[arguments.length - 1], range = document.querySelector('#known-at-range');"
        "const start = performance.now(), old = document.querySelector('#answer');"
        "new MutationObserver((_, o) => { if (document.querySelector('#answer') !== old) { o.disconnect();"
        "requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))); } })"
        ".observe(document.querySelector('main'), {childList: true});"
        "range.value = Number(range.value) + arguments[0]; range.dispatchEvent(new Event('input'));", step)


def steps(path, count=30):
    """Steps through the days of a statement, back and forth, and tells how long each step took to be painted."""
    browser = Browser()
    try:
        browser.open(path)
        times = [painted(browser, -1 if number < count // 2 else 1) for number in range(count)]
    finally:
        browser.end()
    shown = sorted(times)
    print(f"{count} steps through the days of {path}: painted after {shown[count // 2]:.0f} ms (median), "
          f"{shown[-2]:.0f} ms (the second slowest), {shown[-1]:.0f} ms at most; the first {times[0]:.0f} ms")
    sys.exit(0 if shown[count // 2] <= 50 else 1)


def main():
    base = "/statements/cik:0000719413/balance-sheet?as-of=2004-09-30"
    pages = ["/", "/statements/cik:0000719413", base, "/statements/cik:0000719413/production", "/log",
             "/restatements/cik:0000719413", "/checks/cik:0000719413", "/statements/nobody/x", base + "&vs=2004-11-03",
             "/diff/cik:0000719413", "/frames?concept=us-gaap:Assets&unit=USD&frame=CY2004Q3I",
             "/units/cik:0000719413", base + "&span=quarter&columns=4"]
    document = "/documents/0001157523-04-010335"
    try:
        urllib.request.urlopen(address + document).close()
        pages.append(document)
    except urllib.error.HTTPError:
        document = None
        print("skipped: the document is not in ../shared/data")
    browser = Browser()
    try:
        browser.open(base)
        figure = browser.run("return document.querySelector('td.figure a').getAttribute('href')")
        event = figure.replace("/facts/", "/evidence/")
        for page in pages + [figure, event]:
            browser.open(page)
            accessible(browser, page)
        # Task: step to another day by keyboard, and hear what changed.
        browser.open(base)
        check(focus(browser, "#as-of-range"), "the tabulator reaches the slider of periods")
        before = browser.run("return document.querySelector('#answer').textContent")
        started = time.monotonic()
        browser.keys(LEFT)
        said = ""
        while not said and time.monotonic() - started < 10:
            said = browser.run("return document.querySelector('#said').textContent")
        after = browser.run("return document.querySelector('#answer').textContent")
        check(before != after and "changed" in said, f"an arrow key steps to another day: {said}")
        check(browser.run("return document.querySelector('#as-of-range').getAttribute('aria-valuetext')")
              in browser.run("return location.search"), "the address has the day that the slider says")
        print(f"      a step was painted after {painted(browser):.0f} ms")
        # Task: from a figure to its biography, and to its proof, by keyboard alone.
        browser.open(base)
        check(focus(browser, "td.figure a"), "the tabulator reaches a figure")
        browser.keys(ENTER)
        time.sleep(1)
        check("/facts/" in browser.run("return location.pathname"), "Enter opens its biography")
        check(focus(browser, "td a[href^='/evidence/']"), "the tabulator reaches its proof")
        browser.keys(ENTER)
        time.sleep(1)
        check("/evidence/" in browser.run("return location.pathname"), "Enter opens its evidence")
        checkpoint = urllib.request.urlopen(address + "/checkpoint").read().decode()
        check(focus(browser, "#checkpoint"), "the tabulator reaches the place for a checkpoint")

        def verdict(text, key=""):
            browser.run("document.querySelector('#checkpoint').value = arguments[0];"
                        "document.querySelector('#key').value = arguments[1];"
                        "document.querySelector('#verdict').textContent = '';"
                        "document.querySelector('form.evidence button').click()", text, key)
            for _ in range(100):
                told = browser.run("return document.querySelector('#verdict').textContent")
                if told and not told.startswith("Checking"):
                    return told
                time.sleep(0.05)
            return "nothing was said"

        lines = checkpoint.split("\n")
        root = base64.b64decode(lines[2])
        false_root = base64.b64encode(bytes([root[0] ^ 1]) + root[1:]).decode()
        check(verdict(checkpoint).startswith("Proven"), "a figure is proven in the browser against a checkpoint")
        check(verdict("").startswith("Proven"), "and against the ledger's own word")
        smaller = "\n".join([lines[0], str(int(lines[1]) - 1), *lines[2:]])
        for text, key, what in [
            ("\n".join([lines[0], lines[1], false_root, *lines[3:]]), "", "another root"),
            (smaller, "", "another size"), ("x\ny\nz", "", "a text that is no checkpoint"),
            (checkpoint, "a+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode(), "a key that signed nothing"),
        ]:
            check(verdict(text, key).startswith("Not proven"), f"refused: {what}")
        browser.run("const line = document.querySelector('#line'); line.textContent = line.textContent.replace(/\\d/, d => 9 - d)")
        check(verdict(checkpoint).startswith("Not proven"), "refused: a line with another digit")
        if document:
            browser.open("/statements/cik:0000719413")
            check(focus(browser, f"td a[href^='{document}']"), "the tabulator reaches a document")
            browser.keys(ENTER)
            time.sleep(1)
            told = browser.run("return document.querySelector('#hash').textContent")
            check("is the one that was filed" in told, f"the document: {told}")
            check(focus(browser, "pre.document"), "the tabulator reaches its text")
            check(focus(browser, "a.read"), "and a figure in it")
            browser.keys(ENTER)
            time.sleep(1)
            check("/facts/" in browser.run("return location.pathname"), "Enter opens its biography")
            browser.open(document + "?from=690")
            browser.picture("document-light")
        browser.open("/log")
        count = "return document.querySelectorAll('tbody tr').length"
        before = browser.run(count)
        line = '{"type":"entity","entity":"x:live","name":"Live"}\n'
        subprocess.run([assay, "append", "-", "-f", ledger], input=line.encode(), check=True, capture_output=True)
        for _ in range(100):
            if browser.run(count) >= before + 2:
                break
            time.sleep(0.1)
        check(browser.run(count) == before + 2 and "x:live" in browser.run("return document.body.textContent"),
              "the log grows while it is looked at")
        browser.open(base)
        check(browser.run("return document.querySelectorAll('input[type=range]').length") == 3, "a statement has three sliders")
        logged = [entry["message"] for entry in browser.call("/se/log", {"type": "browser"})]
        check(not [line for line in logged if "404" not in line and "400" not in line and "422" not in line], f"the console is quiet {logged[:2]}")
        for name, page in [("index", "/"), ("statement", base), ("biography", figure), ("evidence", event), ("log", "/log"),
                           ("compared", base + "&vs=2004-11-03")]:
            browser.open(page)
            time.sleep(0.3)
            browser.picture(f"{name}-light")
        papers(browser)
    finally:
        browser.end()
    for name, options in [("dark", {"dark": True}), ("phone", {"width": 390})]:
        browser = Browser(**options)
        try:
            for title, page in [("statement", base), ("biography", figure)]:
                browser.open(page)
                time.sleep(0.3)
                browser.picture(f"{title}-{name}")
                if name == "phone":
                    wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    check(wide <= 0, f"{page} fits a phone: {wide} pixels over")
                accessible(browser, f"{page}, {name}")
        finally:
            browser.end()
    sys.exit(1 if failures else 0)


if len(sys.argv) > 6:
    steps(sys.argv[6])
main()
