package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;

/**
 * A block or part, wherever it is called.
 *
 * @param home the names of the file that defines it: the words of its body mean what they mean
 *     there
 */
record Block(Ast.Definition definition, Names home) {}
