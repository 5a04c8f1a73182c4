import Facts

extension DocumentLine {
  /// Calls `emit` with each word that has digits, markup included.
  func emitWords(
    as status: ReleaseFigure.Status,
    _ statement: String?,
    _ emit: (ReleaseFigure) throws -> Void
  ) rethrows {
    try emitMarkup(emit)
    for word in words { try emitWord(word, as: status, statement, emit) }
  }

  func emitMarkup(_ emit: (ReleaseFigure) throws -> Void) rethrows {
    for word in markupWords {
      try emit(ReleaseFigure(line: number, column: word.column, text: word.text, status: .text))
    }
  }

  func emitWord(
    _ word: Range<Int>,
    as status: ReleaseFigure.Status,
    _ statement: String?,
    _ emit: (ReleaseFigure) throws -> Void
  ) rethrows {
    guard characters[word].contains(where: \.isDigit) else { return }
    try emit(
      ReleaseFigure(
        line: line(at: word.upperBound - 1),
        column: column(at: word.upperBound - 1),
        text: text(word),
        status: status,
        statement: statement
      )
    )
  }
}

extension PrintedLine {
  /// Calls `emit` with each word that has digits and is no cell's.
  func emitCaption(
    _ statement: String?,
    _ emit: (ReleaseFigure) throws -> Void
  ) rethrows {
    try line.emitMarkup(emit)
    let cells = Set((figures + percentages).flatMap { Array($0.words) })
    for (index, word) in line.words.enumerated() where !cells.contains(index) {
      try line.emitWord(word, as: .text, statement, emit)
    }
  }

  /// What became of a figure of this line.
  func figure(
    _ figure: PrintedFigure,
    _ status: ReleaseFigure.Status,
    _ statement: String?,
    _ caption: String
  ) -> ReleaseFigure {
    var status = status
    if case .mapped(var claim) = status {
      let place = Source.Place(line: UInt32(figure.line), column: UInt32(figure.column))
      claim.source = Source(place: place, text: figure.text)
      status = .mapped(claim)
    }
    return ReleaseFigure(
      line: figure.line,
      column: figure.column,
      text: figure.text,
      status: status,
      statement: statement,
      caption: caption
    )
  }
}
