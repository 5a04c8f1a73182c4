import Facts
import Ledger
import Platform

// How answers stand out in plain text on a screen, by what they are.

extension ClaimStatus {
  /// How the word for it stands out.
  var style: TextStyle? {
    switch self {
    case .conflict, .retracted: .alarm
    case .restated, .corrected, .withdrawn: .change
    case .notYetKnown: .faint
    case .holds, .confirmed, .refined: nil
    }
  }
}

extension ClaimRole {
  /// How the word for it stands out.
  var style: TextStyle? {
    switch self {
    case .conflict: .alarm
    case .restated: .change
    case .firstReported, .confirmed, .refined, .repeated: nil
    }
  }
}

extension CheckStatus {
  /// How the first line of such a result stands out.
  var style: TextStyle? {
    switch self {
    case .exception: .alarm
    case .immaterial: .change
    case .notCheckable: .faint
    case .agrees, .agreesWithinRounding: nil
    }
  }
}

extension GuidanceOutcome {
  /// How the word for it stands out.
  var style: TextStyle? {
    switch self {
    case .missed, .retracted: .alarm
    case .open: .faint
    case .met, .undecided: nil
    }
  }
}

extension RestatementNotice {
  /// How the word for it stands out.
  var style: TextStyle? { self == .silent ? .alarm : nil }
}

extension Legend {
  /// How the sign stands out where it takes the place of a figure.
  var style: TextStyle? {
    switch self {
    case .conflict, .retracted: .alarm
    case .notReported, .contained, .notYetKnown, .notDerivable: .faint
    case .derived, .vintage, .leftOut, .otherConcept, .approximately, .moreThan, .lessThan,
      .atLeast,
      .atMost, .range, .belowScale, .rounded:
      nil
    }
  }
}
