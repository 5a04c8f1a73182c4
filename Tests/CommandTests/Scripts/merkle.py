"""The Merkle tree by its definition (RFC 6962 section 2.1), for tests of everything that is faster.

  merkle.py root EXPORT       prints how many lines there are and the root over them, in hexadecimal
  merkle.py tiles DIR         checks every file of a tile tree (C2SP tlog-tiles), and that no other is
"""
import base64, hashlib, pathlib, sys

def tree_hash(leaves):
    if len(leaves) < 2:
        return hashlib.sha256(b"\0" + leaves[0] if leaves else b"").digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + tree_hash(leaves[:k]) + tree_hash(leaves[k:])).digest()

def tile_name(level, index, width):
    name = "%03d" % (index % 1000)
    while index >= 1000:
        index //= 1000
        name = "x%03d/" % (index % 1000) + name
    return "tile/%s/%s" % (level, name) + ("" if width == 256 else ".p/%d" % width)

def check_tiles(folder):
    origin, size, root = (folder / "checkpoint").read_text().split("\n")[:3]
    size = int(size)
    entries, files = [], {"checkpoint"}
    def widths(count):
        return [min(256, count - start) for start in range(0, count, 256)]
    for index, width in enumerate(widths(size)):
        name = tile_name("entries", index, width)
        data, found = (folder / name).read_bytes(), 0
        while data:
            end = 2 + data[0] * 256 + data[1]
            assert len(data) >= end, name
            entries.append(data[2:end])
            data, found = data[end:], found + 1
        assert found == width, name
        files.add(name)
    assert base64.b64encode(tree_hash(entries)).decode() == root, "root"
    level = 0
    while size >> (8 * level):
        span = 256 ** level
        for index, width in enumerate(widths(size >> (8 * level))):
            name = tile_name(level, index, width)
            starts = [(index * 256 + i) * span for i in range(width)]
            expected = b"".join(tree_hash(entries[s:s + span]) for s in starts)
            assert (folder / name).read_bytes() == expected, name
            files.add(name)
        level += 1
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    # A tree that grew keeps the partial tiles of its earlier checkpoints.
    others = {name for name in there - files if ".p/" not in name}
    assert files <= there and not others, others
    sys.stdout.buffer.write(b"".join(entry + b"\n" for entry in entries))

if __name__ == "__main__":
    what, path = sys.argv[1], pathlib.Path(sys.argv[2])
    if what == "tiles":
        check_tiles(path)
    else:
        lines = path.read_bytes().split(b"\n")[:-1]
        print(len(lines), tree_hash(lines).hex())
