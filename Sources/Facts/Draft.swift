/// An event that is not recorded yet, and where it was read: importers make drafts, appending
/// them makes them events.
public struct Draft: Hashable, Sendable {
  /// The event.
  public var event: Event

  /// The file it was read from, as the user named it; `nil` if from none.
  public var file: String?

  /// The line in the file, from 1; `nil` where lines mean nothing.
  public var line: Int?

  /// A draft read at this place.
  public init(_ event: Event, file: String? = nil, line: Int? = nil) {
    self.event = event
    self.file = file
    self.line = line
  }
}
