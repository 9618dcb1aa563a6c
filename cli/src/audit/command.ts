/** `thc audit …`: argv to verbs. Each verb is a file; this one only declares what it is called with. */

import { Command } from "commander";
import { type AnchorFlags, anchor } from "./anchor.ts";
import { type BundleFlags, bundle } from "./bundle.ts";
import { type ExportFlags, exportLines } from "./export.ts";
import { head } from "./head.ts";
import { keygen } from "./keygen.ts";
import { type ProveFlags, prove } from "./prove.ts";
import { type LoadDecider, type ReplayFlags, replay } from "./replay.ts";
import type { Output } from "./shell.ts";
import { type VerifyFlags, verify } from "./verify.ts";

const terminal: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  exit: (code) => {
    process.exitCode = code;
  },
};

const noModules: LoadDecider = async () => "this build cannot run modules";

/** `load` turns a module into a function of bytes; `output` is the terminal unless a test gives another. */
export function auditCommand(load: LoadDecider = noModules, output: Output = terminal): Command {
  const audit = new Command("audit").description("verify, anchor, prove, export and replay audit logs");
  audit
    .command("verify <log>")
    .description("verify a log or a bundle, offline")
    .option("--fast", "hashes and links only")
    .option("--deep", "also every member of every decision")
    .option("--json", "the report as JSON")
    .option("--key <key>", "the verification key that the log must begin under")
    .option("--head <file>", "a checkpoint note that was kept elsewhere: is the log complete?")
    .option("--roots <file>", "PEM certificates of trusted time-stamp authorities")
    .option("--mac-key <file>", "the key file of a keyed log")
    .option("--slice", "the log starts in the middle")
    .option("--repair", "first set a damaged tail aside (needs --signing-key)")
    .option("--signing-key <file>", "the log's private key")
    .action((log: string, flags: VerifyFlags) => verify(log, flags, output));
  audit
    .command("anchor <log>")
    .description("make a checkpoint and have it time-stamped (RFC 3161)")
    .requiredOption("--tsa <url...>", "time-stamp authorities")
    .requiredOption("--roots <file>", "PEM certificates they must chain to")
    .requiredOption("--signing-key <file>", "the log's private key")
    .option("--mac-key <file>", "the key file of a keyed log")
    .option("--timeout <seconds>", "how long to wait for each", "10")
    .action((log: string, flags: AnchorFlags) => anchor(log, flags, output));
  audit
    .command("head <log>")
    .description("print the newest checkpoint, to be kept elsewhere")
    .action((log: string) => head(log, output));
  audit
    .command("prove <log> <record>")
    .description("print an inclusion proof of one record (C2SP tlog-proof)")
    .option("--line <file>", "also write the record's line")
    .option("--roots <file>", "PEM certificates: say also between which stamped times it was written")
    .action((log: string, record: string, flags: ProveFlags) => prove(log, record, flags, output));
  audit
    .command("export <log>")
    .description("print decisions as lines for a SIEM")
    .option("--ocsf", "OCSF API Activity with the record_integrity profile")
    .option("--cef", "ArcSight CEF")
    .action((log: string, flags: ExportFlags) => exportLines(log, flags, output));
  audit
    .command("bundle <log>")
    .description("make an evidence bundle that verifies alone")
    .requiredOption("-o, --output <path>", "a folder, or a file that ends in .zip")
    .option("--from <record>", "only segments from this record")
    .option("--to <record>", "to this one")
    .option("--roots <file>", "PEM certificates of trusted time-stamp authorities")
    .option("--module <file>", "the module that decided")
    .option("--frameworks <file>", "titles of framework ids, a JSON object")
    .option("--head <file>", "a checkpoint note that was kept elsewhere")
    .option("--key <key>", "the verification key that the log must begin under")
    .action((log: string, flags: BundleFlags) => bundle(log, flags, output));
  audit
    .command("replay <log>")
    .description("make every decision again and compare byte for byte")
    .requiredOption("--module <file>", "the module")
    .requiredOption("--sidecar <folder>", "what opens the log's commitments")
    .option("--json", "the report as JSON")
    .action((log: string, flags: ReplayFlags) => replay(log, flags, load, output));
  audit
    .command("keygen <origin>")
    .description("make a signing key for a log of this name")
    .requiredOption("-o, --output <file>", "where the private key goes")
    .action((origin: string, flags: { readonly output: string }) => keygen(origin, flags, output));
  return audit;
}
