package dev.cnnc.dsl;

import java.util.List;
import java.util.Optional;

/**
 * Every error in characters and syntax, from E100 on, with its text.
 *
 * <p>Invariant: a number is never used twice, and tests fix the exact text of each.
 */
final class SyntaxError {

  private SyntaxError() {}

  static Diagnostic notText(Span at, int character) {
    return error(
        "E100",
        at,
        "this is not a text file: it contains the character U+%04X".formatted(character),
        "a .cnn file is text in UTF-8");
  }

  static Diagnostic tooLarge(Span at, int length, int most) {
    return error("E101", at, "the file has %s characters; %s are allowed".formatted(length, most));
  }

  static Diagnostic empty(Span at) {
    return error(
        "E102",
        at,
        "there is no statement in this file",
        "the smallest network is: network small  input image [1, 8, 8]  image -> flatten ->"
            + " fc(10)");
  }

  static Diagnostic character(Span at, String character, String cure) {
    String message = "the language has no character " + character;
    return cure.isEmpty() ? error("E103", at, message) : error("E103", at, message, cure);
  }

  static Diagnostic openText(Span at) {
    return error(
        "E104", at, "this text has no closing quote", "a text ends on the line where it starts");
  }

  static Diagnostic neverClosed(Span opening, Optional<String> cure) {
    String message = "this %s is never closed".formatted(opening.text());
    return cure.isEmpty()
        ? error("E105", opening, message)
        : error("E105", opening, message, cure.get());
  }

  static Diagnostic wronglyClosed(Span closing, Span opening) {
    return error(
        "E106",
        closing,
        "this %s cannot close the %s at %s"
            .formatted(closing.text(), opening.text(), lineAndColumn(opening)));
  }

  static Diagnostic nothingToClose(Span closing) {
    return error("E107", closing, "this %s closes nothing".formatted(closing.text()));
  }

  static Diagnostic tooManyBrackets(Span at, int most) {
    return error(
        "E108",
        at,
        "brackets are nested more than %s deep here".formatted(most),
        "name the inner parts: block name() = ... or name = ...");
  }

  static Diagnostic tooManyOperators(Span at, int most) {
    return error(
        "E109",
        at,
        "more than %s operators depend on each other here".formatted(most),
        "give parts of the expression to blocks of their own");
  }

  static Diagnostic expected(Span at, String what, String previous) {
    return error("E110", at, "expected %s after %s".formatted(what, previous));
  }

  static Diagnostic expected(Span at, String what, String previous, String cure) {
    return error("E110", at, "expected %s after %s".formatted(what, previous), cure);
  }

  static Diagnostic noStart(Span at, String found) {
    return error(
        "E111",
        at,
        "a statement cannot start with " + found,
        "a statement starts with a keyword, with name = or with name ->");
  }

  static Diagnostic keyword(Span at, String word) {
    return error(
        "E112",
        at,
        "%s is a keyword and cannot stand here".formatted(word),
        "take another name, or follow it with a colon if it is a label");
  }

  static Diagnostic largeInteger(Span at) {
    return error(
        "E113", at, "this number is too large; the largest is %s".formatted(Long.MAX_VALUE));
  }

  static Diagnostic largeSize(Span at) {
    return error(
        "E114",
        at,
        "this size is too large; the largest is %sx%s"
            .formatted(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  static Diagnostic largeReal(Span at) {
    return error(
        "E115",
        at,
        "this number is too large; the largest is " + Double.toString(Double.MAX_VALUE));
  }

  static Diagnostic spacedLabel(Span at) {
    return error("E116", at, "a label has no spaces or points between its braces");
  }

  static Diagnostic assignedArgument(Span at) {
    return error(
        "E117", at, "an argument is named with a colon, not with =", "put a colon in its place");
  }

  static Diagnostic spacedSize(Span at, String size) {
    return error("E118", at, "a size has no spaces in it", "write " + size);
  }

  static Diagnostic glued(Span at) {
    return error("E119", at, "%s is neither a number nor a name".formatted(at.text()));
  }

  static Diagnostic tooMany(Span at, int most) {
    return error(
        "E120", at, "more than %s statements have errors; the rest is not read".formatted(most));
  }

  static Diagnostic secondLabel(Span at) {
    return error(
        "E121",
        at,
        "a step has only one label",
        "put the outer one on a group: outer: [inner: ...]");
  }

  static Diagnostic longStatement(Span at, int words, int most) {
    return error(
        "E122",
        at,
        "this statement has %s words; %s are allowed".formatted(words, most),
        "give parts of it names: name = ...");
  }

  static Diagnostic tooManyStatements(Span at, int number, int most) {
    return error("E123", at, "the file has %s statements; %s are allowed".formatted(number, most));
  }

  private static String lineAndColumn(Span span) {
    Source.Position position = span.source().position(span.start());
    return position.line() + ":" + position.column();
  }

  private static Diagnostic error(String code, Span at, String message) {
    return new Diagnostic(
        code, Diagnostic.Severity.ERROR, Optional.of(at), message, List.of(), Optional.empty());
  }

  private static Diagnostic error(String code, Span at, String message, String cure) {
    return new Diagnostic(
        code, Diagnostic.Severity.ERROR, Optional.of(at), message, List.of(), Optional.of(cure));
  }
}
