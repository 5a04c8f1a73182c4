"""Which bytes of an LMDB data file are used.

Reads the file format (LMDB 0.9, 64 bits, little-endian) without LMDB and without the code of the
ledger: the oracle for bytes that may change without any effect.
"""
import struct

PAGE, HEADER, NODE = 4096, 16, 8
NONE = 2**64 - 1


# What the marks of used bytes stand for, besides 0 for a byte that is not used.
OTHER, TABLES = 1, ["log", "symbols", "facts", "filings", "definitions", "batches", "tiles", "meta"]
MARKS = {name: mark for mark, name in enumerate(TABLES, OTHER + 1)}


def used_bytes(data, has_branch_keys=False):
    """A bytearray as long as the file: for each byte that is used the mark of its table, `OTHER` if it is of
    none, and 0 for any byte that is not used.

    The keys in branches count as used if `has_branch_keys`."""
    used = bytearray(len(data))
    current = OTHER

    def mark(start, count):
        used[start:start + count] = bytes([current]) * len(used[start:start + count])

    def integer(form, place):
        return struct.unpack_from("<" + form, data, place)[0]

    def walk(page, is_free_list):
        """Marks a tree; gives the entries of its leaves."""
        start = page * PAGE
        mark(start, 8)  # Its number; the next two bytes are not used.
        mark(start + 10, HEADER - 10)
        is_leaf = integer("H", start + 10) & 2
        for index in range((integer("H", start + 12) - HEADER) // 2):
            mark(start + HEADER + 2 * index, 2)
            node = start + integer("H", start + HEADER + 2 * index)
            low, flags, key_size = struct.unpack_from("<IHH", data, node)
            mark(node, NODE)
            key = data[node + NODE:node + NODE + key_size]
            # The key in a branch may be any that parts its neighbours: where it does, nothing else of
            # it matters. The number of a transaction says only from when on its pages are free.
            if not is_free_list and (is_leaf or has_branch_keys):
                mark(node + NODE, key_size)
            place = node + NODE + key_size
            if not is_leaf:
                yield from walk(low | flags << 32, is_free_list)
            elif flags & 1:
                mark(place, 8)
                first = integer("Q", place) * PAGE
                mark(first, 8)
                mark(first + 10, HEADER - 10)
                value = data[first + HEADER:first + HEADER + low]
                if is_free_list:
                    mark(first + HEADER, 8 + 8 * struct.unpack_from("<Q", value)[0])
                else:
                    mark(first + HEADER, low)
                yield key, value
            else:
                count = 8 + 8 * integer("Q", place) if is_free_list else low
                mark(place, count)
                yield key, data[place:place + low]

    metas = sorted((0, 1), key=lambda page: integer("Q", page * PAGE + 144))
    for page in metas:
        start = page * PAGE
        mark(start + 10, 2)  # Flags, magic, version, page size and number of the transaction
        mark(start + 16, 8)  # are looked at in both.
        mark(start + 40, 4)
        mark(start + 144, 8)
    newest = metas[1] * PAGE
    mark(newest + 40, 112)
    if integer("Q", newest + 80) != NONE:
        for _ in walk(integer("Q", newest + 80), True):
            pass
    if integer("Q", newest + 128) != NONE:
        for name, record in list(walk(integer("Q", newest + 128), False)):
            current = MARKS.get(name.decode(), OTHER)
            root = struct.unpack_from("<Q", record, 40)[0]
            if root != NONE:
                for _ in walk(root, False):
                    pass
    return used
