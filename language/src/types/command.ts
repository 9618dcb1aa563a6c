/** What is asked of a Command: the programs that it runs, and what they are given (docs/semantics/commands.md). */
import type { Member, Type } from "./contract.ts";

const TEXT: Type = { kind: "text" };
const TEXTS: Type = { kind: "list", element: TEXT };
const PATHS: Type = { kind: "list", element: { kind: "path" } };
/** A program with its words; wrappers are taken off. */
const SEGMENT: Type = {
  kind: "record",
  fields: [
    { name: "program", type: TEXT },
    { name: "args", type: TEXTS },
    { name: "stdin_from", type: TEXTS },
  ],
};

export const COMMAND_MEMBERS: readonly {
  readonly of: "command";
  readonly name: string;
  readonly member: Member;
  readonly type: Type;
}[] = [
  { of: "command", name: "segments", member: "command.segments", type: { kind: "list", element: SEGMENT } },
  { of: "command", name: "programs", member: "command.programs", type: TEXTS },
  { of: "command", name: "paths", member: "command.paths", type: PATHS },
  { of: "command", name: "hosts", member: "command.hosts", type: { kind: "list", element: { kind: "host" } } },
  { of: "command", name: "writes", member: "command.writes", type: PATHS },
];
