/// What plain text may use where it is shown.
public struct Screen: Hashable, Sendable {
  /// Whether parts that mean something stand out, between the marks of `TextStyle`.
  public var isStyled: Bool

  /// How many characters a line has; `nil` where lines are as long as they need to be.
  public var columnCount: Int?

  /// A screen with these aspects.
  public init(isStyled: Bool, columnCount: Int?) {
    (self.isStyled, self.columnCount) = (isStyled, columnCount)
  }

  /// No screen, but a file or a pipe.
  public static let none = Screen(isStyled: false, columnCount: nil)
}

extension ReportFormat {
  /// The format on a screen; the same as elsewhere but for plain text.
  public func on(_ screen: Screen) -> ReportFormat {
    guard self == .text else { return self }
    var format = self
    format.screen = screen
    return format
  }
}
