/** The kernel's exports as JavaScript sees them: ABI 1 (docs/formats/abi.md). Addresses and lengths are bytes. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly abi: WebAssembly.Global;
  /** Address for a request of this length; 0: no memory for it. */
  readonly input: (length: number) => number;
  readonly state_in: () => number;
  readonly state_out: () => number;
  /** Bytes at `state_out`; −1: the old state stands. */
  readonly state_out_length: () => number;
  /** What was wrong with the state blob, 0: nothing. */
  readonly state_fault: () => number;
  /** Of a ledger beside the session: 1 run, 2 agent, 3 team, 4 global; of the n-th delegator 3 + 2n agent, 4 + 2n team. */
  readonly ledger_in: (ledger: number) => number;
  readonly ledger_give: (ledger: number, length: number) => void;
  readonly ledger_out: (ledger: number) => number;
  readonly ledger_out_length: (ledger: number) => number;
  /** Milliseconds; 0: no budget was exceeded; −1: it never has room again. */
  readonly retry_after: () => number;
  /** Milliseconds since 1970; 0: for good. */
  readonly valid_until: () => number;
  readonly release: () => number;
  readonly answer: () => number;
  /** The last call's tool, counted from 1; 0: none. */
  readonly last_tool: () => number;
  /** Outcome in bits 0–7, reason in bits 8–15. */
  readonly decide: (requestLength: number, stateLength: number) => number;
  readonly evaluate: (condition: number) => number;
  /** Address of 32 bytes that say the blast radius by the facts of a term, or 0. */
  readonly blast: (term: number) => number;
  /** Address of 32 bytes, or 0. */
  readonly action_digest: () => number;
  readonly approval_digest: (rule: number) => number;
}
