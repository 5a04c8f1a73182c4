import Facts
import Ledger

/// A printed figure of a binder, and the event that says so.
struct BinderFigure: Hashable {
  let page: String
  let label: String
  let period: String
  let printed: String
  let concept: String
  let claim: ReportedFigure

  /// Every claim that a cell of a statement rests on.
  static func figures(of answer: StatementAnswer, on page: String) -> [BinderFigure] {
    answer.lines.flatMap { line in
      line.cells.enumerated().flatMap { index, cell in
        cell.claims.map { claim in
          BinderFigure(
            page: page,
            label: line.definition.label,
            period: claim.period.description,
            printed: PrintedCell(at: index, of: line, answer.definition).text,
            concept: line.concept(ofCell: index) ?? "",
            claim: claim
          )
        }
      }
    }
  }
}
