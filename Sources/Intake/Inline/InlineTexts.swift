import XML

/// The texts in which a set of Inline XBRL documents tells of itself, and their continuations.
final class InlineTexts {
  /// Texts that are open, with whether they are kept; continuations among them.
  private var open: [(text: InlineText, isKept: Bool)] = []

  /// Texts that go on elsewhere.
  private var unfinished: [InlineText] = []

  /// What continuations that were met hold, by their ids: the texts whose continuation was expected.
  private var expected: Set<String> = []
  private var continuations: [String: InlineText] = [:]

  /// Whether the text that comes next is part of one.
  var areOpen: Bool { open.contains { $0.isKept } }

  func start(_ text: InlineText, isKept: Bool) {
    if isKept, let id = text.continuation { expected.insert(id) }
    open.append((text, isKept))
  }

  /// Takes the start of a continuation: of a text that came before.
  func startContinuation(_ id: String?, continuedAt next: String?, _ exclusionDepth: Int) {
    let isKept = id.map { expected.contains($0) } ?? false
    let text = InlineText(
      concept: "",
      context: id ?? "",
      format: nil,
      exclusionDepth: exclusionDepth,
      continuation: next
    )
    start(text, isKept: isKept)
  }

  func append(_ piece: XMLText, _ exclusionDepth: Int) {
    for index in open.indices
    where open[index].isKept && open[index].text.exclusionDepth == exclusionDepth {
      open[index].text.append(piece)
    }
  }

  /// Takes the end of the text that was started last.
  func end(into facts: InstanceFacts) {
    guard let (text, isKept) = open.popLast(), isKept else { return }
    if text.concept.isEmpty {
      continuations[text.context] = text
    } else if text.continuation != nil {
      unfinished.append(text)
    } else {
      facts.noteText(text.concept, context: text.context, value: text.value)
    }
  }

  /// Puts texts and their continuations together; a text that lacks one tells nothing.
  func finish(into facts: InstanceFacts) {
    for var text in unfinished {
      var metCount = 0
      while let id = text.continuation, let next = continuations[id],
        metCount <= continuations.count
      {
        text.text += next.text
        text.continuation = next.continuation
        metCount += 1
      }
      if text.continuation == nil {
        facts.noteText(text.concept, context: text.context, value: text.value)
      }
    }
  }
}
