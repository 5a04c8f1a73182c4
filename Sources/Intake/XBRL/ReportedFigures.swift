import Facts

/// The figures of a report in the order of the document, to be read again and again.
///
/// They are claims of which filing and kind are not known yet.
struct ReportedFigures {
  let count: Int

  /// Calls `body` with each figure.
  let walk: (_ body: (Claim) throws -> Void) throws -> Void
}

extension ReportedFigures {
  /// Figures that were spooled as claims.
  init(_ drafts: SpooledDrafts) {
    self.init(count: drafts.count) { body in
      var reader = drafts.makeReader()
      while case .claim(let claim)? = try reader.next()?.event { try body(claim) }
    }
  }
}

extension Claim {
  /// A figure as a report gives it.
  ///
  /// - Parameter text: The spelling, where it is not that of the value.
  init(reported figure: Figure, of fact: Fact, at place: Source.Place, text: String?) {
    let source = Source(place: place, text: text)
    self.init(kind: "", filing: "", fact: fact, figure: figure, source: source)
  }
}
