/** The members that canonical values have (docs/semantics.md, "Members"). */

import { COMMAND_MEMBERS } from "./command.ts";
import type { Member, Type } from "./contract.ts";

interface MemberOf {
  readonly of: Type["kind"];
  readonly name: string;
  readonly member: Member;
  readonly type: Type;
}

export const MEMBERS: readonly MemberOf[] = [
  { of: "email", name: "local", member: "email.local", type: { kind: "text" } },
  { of: "email", name: "domain", member: "email.domain", type: { kind: "host" } },
  { of: "url", name: "scheme", member: "url.scheme", type: { kind: "text" } },
  { of: "url", name: "host", member: "url.host", type: { kind: "host" } },
  { of: "url", name: "port", member: "url.port", type: { kind: "int" } },
  { of: "url", name: "path", member: "url.path", type: { kind: "text" } },
  { of: "path", name: "name", member: "path.name", type: { kind: "text" } },
  { of: "path", name: "ext", member: "path.ext", type: { kind: "text" } },
  { of: "path", name: "dir", member: "path.dir", type: { kind: "path" } },
  ...(["reads", "writes", "deletes", "has_where"] as const).map(
    (name) => ({ of: "sql", name, member: `sql.${name}`, type: { kind: "bool" } }) as const,
  ),
  { of: "sql", name: "tables", member: "sql.tables", type: { kind: "list", element: { kind: "text" } } },
  ...COMMAND_MEMBERS,
  { of: "text", name: "length", member: "text.length", type: { kind: "int" } },
];
