/**
 * What a module says about itself: custom sections `thc.manifest` and `thc.explain` (docs/formats/module.md), and the
 * checksum `thc.crc` that is read before any of its code runs.
 */
import type { Ledger } from "./blobs.ts";
import type { Obligation, Severity } from "./decision.ts";

export interface Manifest {
  readonly format: 1;
  readonly abi: 1;
  readonly compiler: string;
  readonly kernel: string;
  readonly contract: {
    readonly name: string;
    readonly version: string;
    readonly owner?: string;
    readonly digest: string;
  };
  /** `team`: what `principal.team` reads, when the contract says it. */
  readonly agents: readonly { readonly name: string; readonly ids: readonly string[]; readonly team?: string }[];
  readonly tools: readonly string[];
  /** Indexes into `tools`: an approval of such a call counts once, whatever its rule says. */
  readonly irreversible: readonly number[];
  /** What of the registry of cloud actions is linked. */
  readonly registry?: {
    readonly version: string;
    readonly digest: string;
    readonly selectors: readonly string[];
    readonly actions: number;
    /** Of the tools that are an action, or whose calls name one. */
    readonly tools: readonly { readonly tool: number; readonly is?: string; readonly argument?: string }[];
  };
  /** Lists of tools that were imported and pinned, and the SHA-256 (hex) of each tool's definition (docs/formats/pin.md). */
  readonly imports?: readonly {
    readonly alias: string;
    readonly pin: string;
    readonly definitions: readonly { readonly tool: number; readonly digest: string }[];
  }[];
  /** Rulesets whose rules are among `rules`, as `alias.rule`. */
  readonly rulesets?: readonly { readonly name: string; readonly version: string; readonly alias: string }[];
  /** Addresses for `blast`: whose score a decision reports. */
  readonly blast?: readonly number[];
  readonly facts: readonly { readonly path: string; readonly required: boolean }[];
  /** Of the session, by number: when some rule reads one. */
  readonly labels?: readonly string[];
  /** Kinds of what inspections may find, by number: when some rule inspects. */
  readonly findings?: readonly { readonly inspector: string; readonly class: string; readonly severity: Severity }[];
  readonly rules: readonly ManifestRule[];
  readonly obligations: readonly Obligation[];
  readonly state: {
    readonly history: boolean;
    readonly least: number;
    readonly most: number;
    readonly rows: {
      readonly pending: number;
      readonly evidence: number;
      readonly tokens: number;
      readonly approvals: number;
      readonly values: number;
      readonly loop: number;
    };
    /** Those beside the session: each has a blob of its own, of this size. */
    readonly ledgers?: readonly { readonly ledger: Ledger; readonly bytes: number }[];
    /** Of so many delegators of a call those of the agent and of the team are wanted as well. */
    readonly delegators?: number;
  };
  /** The whole contract is only observed: until then (milliseconds since 1970), or for good. */
  readonly observe?: { readonly until?: number };
  /** Milliseconds for which a decision counts; left out: for good. */
  readonly valid?: number;
  /** What costs are counted in. */
  readonly currency?: string;
  readonly limits: { readonly request: number; readonly depth: number; readonly list: number };
  readonly memory: number;
}
export interface ManifestRule {
  readonly name: string;
  readonly kind: string;
  /** Its name, when it holds for this agent alone. */
  readonly agent?: string;
  readonly because?: string;
  readonly suggest?: { readonly instead: string; readonly because?: string };
  readonly maps?: readonly string[];
  /** It is only observed: until then (milliseconds since 1970), or for good. */
  readonly observe?: { readonly until?: number };
  readonly approval?: {
    readonly roles?: readonly string[];
    readonly quorum: number;
    readonly expires?: number;
    readonly once: boolean;
    /** Arguments and fields of the request; left out: the whole call is bound. */
    readonly binds?: readonly string[];
  };
  readonly evidence?: readonly string[];
  readonly matching?: { readonly [argument: string]: string };
  /** Of `inspect`: kinds of finding. */
  readonly finds?: readonly number[];
  /** May carry a sandbox, which can conflict with another. */
  readonly sandbox?: true;
}
export interface ExplainTable {
  readonly rules: readonly {
    /** Indexes into `Manifest.tools`. */
    readonly targets: "*" | readonly number[];
    readonly when: number;
    readonly atoms: readonly { readonly text: string; readonly at: number }[];
    /** It is for calls of that tool for which the condition there is true. */
    readonly narrowed?: readonly { readonly tool: number; readonly at: number }[];
    /** It holds for an agent for which the condition there is true. */
    readonly only?: number;
  }[];
}

// signed, as engines keep such numbers without a box: this runs once, before anything of it is compiled
const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});
/** CRC-32 (ISO-HDLC) of the first `end` bytes. */
function crc32(bytes: Uint8Array, end: number): number {
  let c = -1;
  for (let i = 0; i < end; i++) c = (TABLE[(c ^ (bytes[i] as number)) & 255] as number) ^ (c >>> 8);
  return ~c >>> 0;
}

/** A custom section of 4 bytes named `thc.crc`: id, size, name length, name, CRC. */
const CRC_SECTION = [0, 12, 7, 0x74, 0x68, 0x63, 0x2e, 0x63, 0x72, 0x63];

/** What is wrong with the module as bytes; undefined: it is whole. */
export function damage(module: Uint8Array): string | undefined {
  const at = module.length - CRC_SECTION.length - 4;
  if (at < 8 || module[0] !== 0 || module[1] !== 0x61 || module[2] !== 0x73 || module[3] !== 0x6d)
    return "this is no WebAssembly module";
  if (CRC_SECTION.some((b, i) => module[at + i] !== b))
    return "the module does not end on its checksum: it was cut, or was not made by `thc compile`";
  const view = new DataView(module.buffer, module.byteOffset, module.byteLength);
  if (view.getUint32(module.length - 4, true) !== crc32(module, at))
    return "the module is damaged: its bytes do not give its checksum";
  return undefined;
}

/** The bytes of a custom section. Call on whole modules only. */
export function customSection(module: WebAssembly.Module, name: string): Uint8Array | undefined {
  const [body] = WebAssembly.Module.customSections(module, name);
  return body === undefined ? undefined : new Uint8Array(body);
}
