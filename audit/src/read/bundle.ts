/**
 * An evidence bundle: the log (or whole segments of it), tokens and notes as files, roots, module, framework map, a page for people.
 *
 * It verifies alone: `thc audit verify BUNDLE`, or `openssl ts -verify` and `sha256sum -c` with nothing of ours. Nothing in it is secret: the sidecar stays at home.
 */

import { createHash } from "node:crypto";
import type { Report } from "../verify/report.ts";
import type { LogSource, SegmentSource } from "../verify/source.ts";
import { observedText } from "./cef.ts";
import { type DecisionRow, evidencePage } from "./page.ts";
import { readRecords } from "./records.ts";

export interface BundleOptions {
  readonly source: LogSource;
  /** Of the same source; what the page says comes from here. */
  readonly report: Report;
  /** Keeps only the segments that hold these records. */
  readonly slice?: { readonly from: number; readonly to: number };
  readonly rootsPem?: string;
  readonly module?: { readonly bytes: Uint8Array };
  /** Titles of framework ids. */
  readonly frameworks?: Readonly<Record<string, string>>;
  readonly head?: string;
}

const MOST_ROWS = 2000;

interface Gathered {
  readonly segments: Map<string, Buffer[]>;
  readonly notes: Map<number, string>;
  readonly anchors: { readonly seq: number; readonly checkpoint: number; readonly response: string }[];
  readonly decisions: DecisionRow[];
  readonly total: Map<string, number>;
}

async function gather(source: LogSource): Promise<Gathered> {
  const gathered: Gathered = { segments: new Map(), notes: new Map(), anchors: [], decisions: [], total: new Map() };
  for await (const { segment, seq, kind, body, line } of readRecords(source)) {
    const lines = gathered.segments.get(segment) ?? [];
    gathered.segments.set(segment, lines);
    lines.push(Buffer.from(line), Buffer.of(0x0a));
    if (kind === "checkpoint") gathered.notes.set(seq, String(body.note));
    if (kind === "anchor")
      gathered.anchors.push({ seq, checkpoint: Number(body.checkpoint), response: String(body.response) });
    if (kind === "decision") gathered.decisions.push(rowOf(seq, body));
  }
  return gathered;
}

function rowOf(seq: number, body: Readonly<Record<string, unknown>>): DecisionRow {
  const contract = body.contract as { readonly name: string; readonly version: string };
  return {
    seq,
    time: String(body.time),
    outcome: String(body.outcome),
    reason: body.reason === null ? "" : String(body.reason),
    agent: body.agent === null ? "" : String(body.agent),
    tool: body.tool === null ? "" : String(body.tool),
    contract: `${contract.name} ${contract.version}`,
    rules: (body.rules as readonly string[]) ?? [],
    tags: (body.tags as readonly string[]) ?? [],
    isEnforced: body.enforce !== false,
    observed: observedText(body.observed),
  };
}

/** The bundle's files by name. */
export async function makeBundle(options: BundleOptions): Promise<ReadonlyMap<string, Uint8Array>> {
  const source = options.slice === undefined ? options.source : await slicedSource(options.source, options.slice);
  const { segments, notes, anchors, decisions } = await gather(source);
  const files = new Map<string, Uint8Array>();
  const text = (name: string, content: string): void => void files.set(name, Buffer.from(content));
  for (const [name, lines] of segments) files.set(`log/${name}`, Buffer.concat(lines));
  const checkpoint = await source.checkpoint();
  if (checkpoint !== null) text("log/checkpoint", checkpoint);
  if (options.head !== undefined) text("head.note", options.head);
  for (const { seq, checkpoint: of, response } of anchors) {
    const note = notes.get(of);
    if (note === undefined) continue;
    text(`anchors/${seq}.note`, note);
    files.set(`anchors/${seq}.tsr`, Buffer.from(response, "base64"));
  }
  if (options.rootsPem !== undefined) text("roots.pem", options.rootsPem);
  if (options.module !== undefined) files.set("module.wasm", options.module.bytes);
  if (options.frameworks !== undefined) text("frameworks.json", `${JSON.stringify(options.frameworks, null, 2)}\n`);
  text("report.json", `${JSON.stringify(options.report, null, 2)}\n`);
  text("key.txt", `${options.report.keys.inForce[0]?.key ?? ""}\n`);
  text(
    "index.html",
    evidencePage({
      report: options.report,
      decisions,
      shown: MOST_ROWS,
      frameworks: options.frameworks ?? {},
      slice: options.slice ?? null,
    }),
  );
  text("README.txt", README);
  const sums = [...files].map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`);
  text("SHA256SUMS", sums.join(""));
  return files;
}

/** Whole segments only, so that every record in the bundle can be checked. */
async function slicedSource(
  source: LogSource,
  slice: { readonly from: number; readonly to: number },
): Promise<LogSource> {
  const kept = new Set<string>();
  for await (const { segment, seq } of readRecords(source)) if (seq >= slice.from && seq <= slice.to) kept.add(segment);
  const segments: SegmentSource[] = [];
  for await (const segment of source.segments()) if (kept.has(segment.name)) segments.push(segment);
  const last = segments.at(-1)?.name;
  let newest: string | null = null;
  for await (const { segment, kind, body } of readRecords({ segments: () => segments, checkpoint: async () => null }))
    if (kind === "checkpoint" && segment <= (last ?? "")) newest = String(body.note);
  return { segments: () => segments, checkpoint: async () => newest };
}

const README = `An evidence bundle of a thc audit log.

index.html     for people: what was decided, when, by which rules, and up to where it is anchored
log/           the records; docs/formats/audit-log.md of thc describes every byte
anchors/       for each anchor the note that was stamped and the time-stamp response (RFC 3161)
roots.pem      the certificates that the person who made this bundle trusted: bring your own
key.txt        the verification key under which the log begins: compare it with one you got elsewhere

Verify with thc:       thc audit verify . --key "$(cat key.txt)" --roots roots.pem
Verify without thc:    sha256sum -c SHA256SUMS
                       openssl ts -verify -data anchors/N.note -in anchors/N.tsr -CAfile roots.pem
`;
