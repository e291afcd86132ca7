package dev.cnnc.dsl;

/**
 * How tightly operators bind, loosest first, as in the grammar.
 *
 * <p>Invariant: an expression needs brackets exactly where a tighter one is required.
 */
enum Precedence {
  CHAIN,
  LABELLED,
  CHOICE,
  OR,
  AND,
  NOT,
  COMPARISON,
  SUM,
  PRODUCT,
  NEGATION,
  OPERAND;

  /** Required where every expression may stand without brackets. */
  static final Precedence STEP = LABELLED;

  /** Required of the operands of arithmetic. */
  static final Precedence EXPRESSION = OR;

  static Precedence of(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Chain _ -> CHAIN;
      case Ast.Labelled _ -> LABELLED;
      case Ast.Choice _ -> CHOICE;
      case Ast.Unary unary -> unary.operator().equals("not") ? NOT : NEGATION;
      case Ast.Binary binary -> of(binary.operator());
      case Ast.Call _, Ast.Bracket _, Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ -> OPERAND;
    };
  }

  private static Precedence of(String operator) {
    return switch (operator) {
      case "or" -> OR;
      case "and" -> AND;
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "<", "<=", ">", ">=", "==", "!=" -> COMPARISON;
      default -> throw new IllegalArgumentException("no operator: " + operator);
    };
  }

  /**
   * The precedence that a right operand needs, because operators of one level associate to the
   * left.
   */
  Precedence tighter() {
    return switch (this) {
      case OR -> AND;
      case AND -> NOT;
      case COMPARISON -> SUM;
      case SUM -> PRODUCT;
      case PRODUCT -> NEGATION;
      case CHAIN, LABELLED, CHOICE, NOT, NEGATION, OPERAND ->
          throw new IllegalStateException(this + " is no level of operators between two operands");
    };
  }

  boolean isLooserThan(Precedence other) {
    return compareTo(other) < 0;
  }
}
