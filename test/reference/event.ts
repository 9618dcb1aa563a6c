/** An event that has passed the checks, and what interpreting it gives. */
import type { Base } from "./call-class.ts";
import type { Contract } from "./contract.ts";
import type { RefDecision } from "./decision.ts";
import type { Fields } from "./fields.ts";
import type { Request } from "./request.ts";
import type { PendingCall, RefState } from "./state.ts";
import type { Value } from "./value.ts";

export interface Interpreted {
  readonly decision: RefDecision;
  readonly state: RefState;
}

export interface Event {
  readonly contract: Contract;
  /** Whose rules are asked. */
  readonly agent: number;
  readonly contractDigest: Uint8Array;
  readonly request: Request;
  readonly now: number;
  readonly history: boolean;
  readonly cwd: string | undefined;
}
export interface Call extends Event {
  readonly tool: number;
  readonly args: Value;
  readonly class: Base;
  readonly fields: Fields;
  readonly digest: string;
  /** The call with this id that is still open: the host asks again. */
  readonly pending: PendingCall | undefined;
}
