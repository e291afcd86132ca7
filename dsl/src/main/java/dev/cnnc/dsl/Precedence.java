package dev.cnnc.dsl;

/**
 * How tightly the parts of an expression hold together, loosest first: the order of the grammar.
 *
 * <p>Invariant: an expression needs brackets exactly where a tighter one is asked for.
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

  /** What every expression can stand for without brackets. */
  static final Precedence STEP = LABELLED;

  /** What arithmetic is made of. */
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

  /** What the right operand has to be: operators of one level join from the left. */
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
