/** Derived members of values, by the type they are of and their name (members.ts gives them their types). */
export type Member =
  | "email.local"
  | "email.domain"
  | "url.scheme"
  | "url.host"
  | "url.port"
  | "url.path"
  | "path.name"
  | "path.ext"
  | "path.dir"
  | "text.length"
  | "map.keys"
  | "map.values"
  | "sql.reads"
  | "sql.writes"
  | "sql.deletes"
  | "sql.has_where"
  | "sql.tables";
