/// The version of the program.
public enum ProgramVersion {
  /// As `assay --version` prints it.
  public static let text = "0.1.0"
}
