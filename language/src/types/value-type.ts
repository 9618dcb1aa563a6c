/** What values there are: the types of arguments, results and facts, and the exact number. */

export type Type =
  | { readonly kind: "bool" | "int" | "decimal" | "text" | "id" | "email" | "url" | "host" | "path" | "json" }
  | { readonly kind: "cloud_action" | "ip" | "account" | "command" }
  /** Statements; rules read what they do (docs/semantics/sql.md). */
  | { readonly kind: "sql" }
  /** Values are exact seconds: since 1970 in UTC, or of a length. */
  | { readonly kind: "date" | "time" | "duration" }
  /** `minor`: the wire number counts hundredths. */
  | { readonly kind: "money"; readonly currency: string; readonly minor: boolean }
  | { readonly kind: "literals"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly element: Type }
  | { readonly kind: "map"; readonly value: Type }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  /** One of these records: the one whose name is the text of the field `tag`, which all of them have. */
  | { readonly kind: "union"; readonly tag: string; readonly cases: readonly Field[] }
  | { readonly kind: "optional"; readonly of: Type };
export interface Field {
  readonly name: string;
  readonly type: Type;
}

/** The exact decimal `digits × 10^exponent`, normalised: no trailing zero in `digits`; zero is 0 × 10^0. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}
