/**
 * `thc audit …`: argv to verbs. Each verb is a file that is loaded when it runs; this one only declares what it is called with.
 */

import { Command } from "commander";
import { visibleInPlace } from "../terminal/visible.ts";
import { examples, type Verb } from "../verbs/verb.ts";
import type { AnchorFlags } from "./anchor.ts";
import type { BundleFlags } from "./bundle.ts";
import type { ExportFlags } from "./export.ts";
import type { ProveFlags } from "./prove.ts";
import type { LoadDecider, ReplayFlags } from "./replay.ts";
import type { Output } from "./shell.ts";
import type { VerifyFlags } from "./verify.ts";

const terminal: Output = {
  out: (text) => void process.stdout.write(text),
  // What a log or an argument says may be quoted here.
  err: (text) => void process.stderr.write(visibleInPlace(text)),
  exit: (code) => {
    process.exitCode = code;
  },
};

const runModule: LoadDecider = async (module) => (await import("./load-decider.ts")).loadDecider(module);

export const audit: Verb = (program) => {
  const command = auditCommand();
  program.addCommand(command);
  for (const verb of [command, ...command.commands]) {
    const path = verb === command ? "thc audit" : `thc audit ${verb.name()}`;
    verb.copyInheritedSettings(program).exitOverride().showHelpAfterError(`(\`${path} --help\` shows how it is used)`);
  }
};

/** `load` turns a module into a function of bytes, `output` is the terminal, unless a test gives others. */
export function auditCommand(load: LoadDecider = runModule, output: Output = terminal): Command {
  /** A file that the system does not let us read is the input's fault, whenever it shows. */
  const readable = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const { code, syscall, path } = error as NodeJS.ErrnoException;
      if (code === undefined || syscall === undefined) throw error;
      const { complain } = await import("./shell.ts");
      complain(output, { unreadable: `${syscall} ${path === undefined ? "" : `\`${path}\` `}failed: ${code}` });
    }
  };
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
    .addHelpText(
      "after",
      examples("thc audit verify log", "thc audit verify log --roots tsa.pem --head kept.note --json"),
    )
    .action((log: string, flags: VerifyFlags) =>
      readable(async () => (await import("./verify.ts")).verify(log, flags, output)),
    );
  audit
    .command("anchor <log>")
    .description("make a checkpoint and have it time-stamped (RFC 3161)")
    .requiredOption("--tsa <url...>", "time-stamp authorities")
    .requiredOption("--roots <file>", "PEM certificates they must chain to")
    .requiredOption("--signing-key <file>", "the log's private key")
    .option("--mac-key <file>", "the key file of a keyed log")
    .option("--timeout <seconds>", "how long to wait for each", "10")
    .addHelpText(
      "after",
      examples("thc audit anchor log --tsa http://tsa.example/ --roots tsa.pem --signing-key log.pem"),
    )
    .action((log: string, flags: AnchorFlags) =>
      readable(async () => (await import("./anchor.ts")).anchor(log, flags, output)),
    );
  audit
    .command("head <log>")
    .description("print the newest checkpoint, to be kept elsewhere")
    .addHelpText("after", examples("thc audit head log > kept.note"))
    .action((log: string) => readable(async () => (await import("./head.ts")).head(log, output)));
  audit
    .command("prove <log> <record>")
    .description("print an inclusion proof of one record (C2SP tlog-proof)")
    .option("--line <file>", "also write the record's line")
    .option("--roots <file>", "PEM certificates: say also between which stamped times it was written")
    .addHelpText("after", examples("thc audit prove log 17 --line 17.json"))
    .action((log: string, record: string, flags: ProveFlags) =>
      readable(async () => (await import("./prove.ts")).prove(log, record, flags, output)),
    );
  audit
    .command("export <log>")
    .description("print decisions as lines for a SIEM")
    .option("--ocsf", "OCSF API Activity with the record_integrity profile")
    .option("--cef", "ArcSight CEF")
    .option("--slice", "the log starts in the middle")
    .addHelpText("after", examples("thc audit export log --ocsf"))
    .action((log: string, flags: ExportFlags) =>
      readable(async () => (await import("./export.ts")).exportLines(log, flags, output)),
    );
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
    .addHelpText("after", examples("thc audit bundle log -o evidence.zip --module agent.wasm --roots tsa.pem"))
    .action((log: string, flags: BundleFlags) =>
      readable(async () => (await import("./bundle.ts")).bundle(log, flags, output)),
    );
  audit
    .command("replay <log>")
    .description("make every decision again and compare byte for byte")
    .requiredOption("--module <file>", "the module")
    .requiredOption("--sidecar <folder>", "what opens the log's commitments")
    .option("--json", "the report as JSON")
    .addHelpText("after", examples("thc audit replay log --module agent.wasm --sidecar sidecar"))
    .action((log: string, flags: ReplayFlags) =>
      readable(async () => (await import("./replay.ts")).replay(log, flags, load, output)),
    );
  audit
    .command("keygen <origin>")
    .description("make a signing key for a log of this name")
    .requiredOption("-o, --output <file>", "where the private key goes")
    .addHelpText("after", examples("thc audit keygen acme.example/agents/eu-1 -o log.pem"))
    .action((origin: string, flags: { readonly output: string }) =>
      readable(async () => (await import("./keygen.ts")).keygen(origin, flags, output)),
    );
  return audit;
}
