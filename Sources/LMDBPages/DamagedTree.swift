/// Pages of a table that do not lead from one to the next as LMDB wrote them: the file is damaged.
public struct DamagedTree: Error, Hashable, Sendable {}
