import Facts

/// The figures of a report in the order of the document, to be read again and again.
struct ReportedFigures {
  let count: Int

  /// Calls `body` with each figure.
  let walk: (_ body: (UnfiledClaim) throws -> Void) throws -> Void
}

extension ReportedFigures {
  /// Figures that were gathered.
  init(_ claims: UnfiledClaims) { self.init(count: claims.count) { try claims.walk($0) } }
}
