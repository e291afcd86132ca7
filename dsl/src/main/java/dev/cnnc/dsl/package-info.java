/**
 * Characters to syntax tree: positions, comments, diagnostics. Knows no layer name.
 *
 * <p>{@link dev.cnnc.dsl.Parser} reads, {@link dev.cnnc.dsl.Printer} writes, {@link
 * dev.cnnc.dsl.DiagnosticPrinter} shows what is wrong. What the tree looks like, for whoever gives
 * it a meaning:
 *
 * <ul>
 *   <li>An argument list holds expressions. {@code conv(6, 5x5, pad: 2)} has an {@code Int}, a
 *       {@code Size} and a {@code Labelled} whose label {@code pad} has one fixed part: a named
 *       argument and a labelled branch look the same. {@code relu} has no list, {@code relu()} an
 *       empty one.
 *   <li>A label is never empty. {@code conv1:}, {@code block:} and {@code 2:} have one fixed part;
 *       {@code a{index + 1}b:} has three, and two fixed parts are never neighbours; {@code
 *       "layer1.0":} is quoted, with one fixed part: braces mean nothing between quotes.
 *   <li>A label takes one step with its repetition: {@code a: b * 3} is a {@code Labelled} around a
 *       {@code Binary}. A label right behind a label is an error, so the step of a {@code Labelled}
 *       is one only if brackets said so.
 *   <li>{@code [a -> b]} is a {@code Bracket} with one element, a {@code Chain}; {@code [a]} has
 *       the element {@code a} itself. {@code [1, 28, 28]} has three. None is empty.
 *   <li>Round brackets leave no trace but the shape of the tree: {@code a -> (b -> c)} is a chain
 *       with a chain in it.
 *   <li>Of two steps or more is a {@code Chain}; a single step stands for itself.
 *   <li>Numbers have no sign: {@code -3} is a {@code Unary}. {@code not} takes a whole comparison:
 *       {@code not a > b} is {@code not (a > b)}. An {@code else} belongs to the nearest {@code
 *       when}.
 *   <li>A parsed tree is at most some {@code 200} brackets and as many operators deep, so recursion
 *       over it is safe; chains and lists can be long.
 * </ul>
 */
@NullMarked
package dev.cnnc.dsl;

import org.jspecify.annotations.NullMarked;
