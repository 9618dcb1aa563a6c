/** Tests of a contract, as written; the runner turns them into requests. */
import type { Span } from "../source.ts";
import type { Carried } from "./obligation.ts";

export interface Test {
  readonly name: string;
  readonly steps: readonly TestStep[];
  readonly span: Span;
}
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type FigureName = "cost" | "tokens" | "elapsed";
export interface CallStep {
  readonly tool: number;
  /** In wire form: what a host would send. */
  readonly args: { readonly [name: string]: Json };
}
export type TestStep = { readonly span: Span } & (
  | {
      readonly kind: "as";
      readonly agent: number;
      readonly principal: string;
      /** Whom it acts for. */
      readonly of: { readonly agent: number; readonly principal: string } | undefined;
      readonly scopes: readonly string[];
    }
  | { readonly kind: "fact"; readonly fact: number; readonly value: Json }
  /** The folder that relative paths are of. */
  | { readonly kind: "cwd"; readonly path: string }
  /** What the host says of costs, 0 until then: in the wire's unit. */
  | { readonly kind: "figure"; readonly root: "context" | "result"; readonly name: FigureName; readonly value: number }
  | { readonly kind: "at"; readonly time: number }
  | { readonly kind: "after"; readonly ms: number }
  | { readonly kind: "user_says"; readonly text: string }
  | { readonly kind: "prior"; readonly call: CallStep; readonly ok: boolean; readonly returns: Json | undefined }
  | { readonly kind: "attempt"; readonly call: CallStep }
  | { readonly kind: "approved"; readonly rule: number; readonly by: string; readonly role: string | undefined }
  | { readonly kind: "call"; readonly call: CallStep }
  /** Of the last call. */
  | { readonly kind: "result"; readonly value: Json }
  /** A piece of what the last call's result is streamed as. */
  | { readonly kind: "chunk"; readonly text: string; readonly last: boolean }
  | {
      readonly kind: "expect";
      readonly outcome: "allow" | "approval" | "deny";
      readonly by: readonly number[];
      readonly only: boolean;
      readonly obligations: readonly Carried[];
      /** Rules that would have taken effect, and are only observed. */
      readonly observed: readonly number[];
    }
);
