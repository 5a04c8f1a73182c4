import Facts

extension Claim {
  /// - Throws: ``InvalidEvent`` if the claim is not of the kind and period that its concept declares.
  func check(against concept: ConceptDefinition) throws(InvalidEvent) {
    guard kind == concept.kind else {
      throw InvalidEvent(
        "an event of type \"\(kind)\" claims \(concept.concept), whose kind is \(concept.kind)",
        remedy: "write \"type\":\"\(concept.kind)\""
      )
    }
    let isInstant = fact.period.start == nil
    guard concept.periodType.map({ ($0 == .instant) == isInstant }) ?? true else {
      throw InvalidEvent(
        "\(concept.concept) is about \(isInstant ? "a duration" : "an instant"), "
          + "not \(fact.period)",
        remedy: isInstant ? "write START/END" : "write the day at whose end it is"
      )
    }
  }
}
