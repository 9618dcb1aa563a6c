/**
 * Does YAML nest deeper than its reader may go? Asked before anything recurses.
 *
 * The reader composes a document by recursion. Text that takes it to the end of the stack is not merely refused: V8 ends the
 * process where a regular expression has to be compiled there. Its parser, though, keeps what is open in a list.
 */
import { Lexer, Parser } from "yaml";

/** Collections in collections, the document and a scalar counted too. The stack is worn out by about 780. */
const DEEPEST = 200;

export function nestsTooDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // What it yields is whole documents, which nobody needs here.
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return true;
  }
  return false;
}
