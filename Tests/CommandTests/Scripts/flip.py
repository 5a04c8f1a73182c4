"""Changes evidence bit by bit, and demands that Tools/verify-proof says so.

  flip.py proof VERIFIER PROOF CHECKPOINT ...     one bit of every byte
  flip.py export VERIFIER EXPORT CHECKPOINT ...   digits of 100 values, and a bit of 100 bytes

What follows is given to the verifier, too: the key, the tiles.

A changed proof may still verify where the change means nothing, as that of the case of a digit; but
then it must not say anything that the true one does not. A changed export must be refused with the
number of the line that was changed.
"""
import contextlib, io, random, re, runpy, sys, tempfile

def run(*arguments):
    sys.argv = ["verify-proof", *arguments]
    output, status = io.StringIO(), 0
    with contextlib.redirect_stdout(output):
        try:
            runpy.run_path(VERIFIER)
        except SystemExit as end:
            status = end.code or 0
    return status, output.getvalue()

def with_change(data, place, bit, *rest):
    with tempfile.NamedTemporaryFile(suffix=".changed") as file:
        file.write(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1:])
        file.flush()
        return (file.name, *run(file.name, *rest))

what, VERIFIER, path, *rest = sys.argv[1:]
counts = {"refused": 0, "unchanged": 0}
data = open(path, "rb").read()
generator = random.Random(5)
status, truth = run(path, *rest)
assert status == 0, truth
if what == "proof":
    for place in range(len(data)):
        name, status, output = with_change(data, place, generator.randrange(8), *rest)
        said = set(output.splitlines())
        assert status == 1 or said <= set(truth.splitlines()), (place, output)
        counts["refused" if status else "unchanged"] += 1
else:
    digits = [m.start(1) for m in re.finditer(rb'"value":"-?(\d)', data)]
    for place in generator.sample(digits, 100) + generator.sample(range(len(data)), 100):
        # The lowest bit of a digit: another digit.
        bit = 0 if place in digits else generator.randrange(8)
        name, status, output = with_change(data, place, bit, *rest)
        line = data[:place].count(b"\n") + 1
        assert status == 1 and f"WRONG: {name}:{line}: " in output, (place, line, output)
        counts["refused"] += 1
print(counts["refused"], "refused,", counts["unchanged"], "without meaning")
