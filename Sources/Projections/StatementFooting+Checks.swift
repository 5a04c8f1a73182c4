public import Facts

extension StatementFooting {
  /// Checks of the totals of a printed statement, column by column: whether the lines above foot.
  ///
  /// What the lines leave out is no error of the filer: such a total is not checkable, and the reason
  /// names what is left out.
  ///
  /// - Parameters:
  ///   - statement: A statement in a general layout; of any other there is none.
  ///   - tolerance: Residuals up to this are immaterial.
  static func checks(of statement: Statement, _ tolerance: Amount?) -> [CheckResult] {
    guard statement.filedLayout == nil else { return [] }
    let blank = statement.columns.map { _ in Statement.Cell(answer: .notReported, fact: nil) }
    let footing = StatementFooting(
      statement.definition.lines.map { definition in
        statement.lines.first { $0.definition == definition }
          ?? Statement.Line(definition: definition, concept: nil, cells: blank)
      }
    )
    return footing.checks(of: statement, tolerance)
  }

  private func checks(of statement: Statement, _ tolerance: Amount?) -> [CheckResult] {
    var results: [CheckResult] = []
    for total in lines.indices where isTotal(total) {
      for column in statement.columns.indices {
        guard let (terms, residual) = residual(of: total, column),
          case .holds(let row) = lines[total].cells[column].answer,
          let concept = concept(of: total, column),
          let computed = Interval.sum(terms.flatMap(\.operands))
        else { continue }
        let unit = { definitions[$0].unit ?? statement.definition.unit }
        let parts = terms.flatMap { term in
          term.operands.map { operand in
            CheckResult.Part(
              operand: CheckDefinition.Operand(
                concept: self.concept(of: term.line, column),
                dimensions: definitions[term.line].dimensions,
                unit: unit(term.line),
                weight: operand.isSubtracted ? -1 : 1
              ),
              period: operand.row.fact.period,
              row: operand.row
            )
          }
        }
        let own = CheckDefinition.Operand(concept: concept, unit: unit(total))
        var result = CheckResult(
          check: CheckDefinition(
            check: "printed/\(statement.definition.statement)/\(concept)",
            entity: statement.entity.entity,
            kind: .foot,
            title: definitions[total].label,
            total: own,
            items: parts.map(\.operand)
          ),
          entity: statement.entity.entity,
          period: row.fact.period,
          status: .agrees,
          total: CheckResult.Part(operand: own, period: row.fact.period, row: row),
          parts: parts
        )
        result.settle(Interval(termOf: row.figure), computed, row.figure, tolerance)
        if result.status == .exception {
          result.status = .notCheckable
          let amount = residual.figure.value?.description ?? "0"
          result.reason = "the printed lines leave \(amount) \(unit(total)) out"
        }
        results.append(result)
      }
    }
    return results
  }

  private func concept(of line: Int, _ column: Int) -> String? {
    lines[line].cells[column].otherConcept ?? definitions[line].concept
  }
}

extension Statement {
  /// A check of each total of the statement, if it is in a general layout.
  ///
  /// - Parameter tolerance: Residuals up to this are immaterial.
  public func footingChecks(_ tolerance: Amount?) -> [CheckResult] {
    StatementFooting.checks(of: self, tolerance)
  }
}
