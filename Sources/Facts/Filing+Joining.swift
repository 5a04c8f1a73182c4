extension PublishedTime {
  /// Whether both can be when one filing became public: they are equal, or one is a day and the other a
  /// moment that its filing can have been accepted at.
  ///
  /// A filing that is accepted in the evening has the date of the next business day; and the day is one
  /// of the east of the United States, where it begins some hours later than in UTC.
  public func isConsistent(with other: PublishedTime) -> Bool {
    switch (self, other) {
    case (.day(let day), .moment(let moment)), (.moment(let moment), .day(let day)):
      (-4...1).contains(Int(moment.day.dayNumber - day.dayNumber))
    default: self == other
    }
  }

  /// Whether it is the time and not only the day.
  var isMoment: Bool { if case .moment = self { true } else { false } }
}

extension Filing {
  /// Whether another record of the filing contradicts this one: in the entity, the form or the time.
  public func isConsistent(with other: Filing) -> Bool {
    filing == other.filing && entity == other.entity
      && (form == other.form || form == nil || other.form == nil)
      && published.isConsistent(with: other.published)
  }

  /// This record of the filing, completed from another one: with its published moment where this record has
  /// only the day, and with each particular that this record lacks.
  ///
  /// Where both have a particular, this record's stays.
  ///
  /// - Precondition: The records do not contradict each other.
  public func joined(with other: Filing) -> Filing {
    var joined = self
    if other.published.isMoment, !published.isMoment { joined.published = other.published }
    joined.form = form ?? other.form
    joined.fiscalYear = fiscalYear ?? other.fiscalYear
    joined.fiscalPeriod = fiscalPeriod ?? other.fiscalPeriod
    joined.document = document ?? other.document
    joined.accepted = accepted ?? other.accepted
    joined.documents = documents.isEmpty ? other.documents : documents
    joined.entities = entities.isEmpty ? other.entities : entities
    joined.report = report ?? other.report
    return joined
  }
}
