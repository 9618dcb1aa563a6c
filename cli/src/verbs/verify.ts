/** `thc verify`: may this module be trusted to be what it claims? A check that fails is a finding, exit 1. */
import { EXIT, type Exit } from "../exit.ts";
import { readBytes } from "../files/read.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { renderTable } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import { pinnedDigest, readKernel } from "../toolchain/kernel.ts";
import { openModule } from "../toolchain/subject.ts";
import { type Finding, verifyAgainstKernel } from "../toolchain/verify-module.ts";
import { examples, unreadable, type Verb } from "./verb.ts";

export const verify: Verb = (program, run) => {
  program
    .command("verify")
    .description("prove that a module is the pinned kernel with well-formed contract data, and nothing else")
    .argument("<module>", "a module that `thc compile` wrote")
    .option("--json", "print the checks as JSON")
    .addHelpText("after", examples("thc verify refunds.wasm"))
    .action((path: string, options: { json?: true }) => run((shell) => verifyOne(path, options.json === true, shell)));
};

async function verifyOne(path: string, json: boolean, shell: Shell): Promise<Exit> {
  const bytes = readBytes(path);
  if (!bytes.ok) return unreadable(shell, bytes.message);
  const findings = [...verifyAgainstKernel(bytes.value, readKernel(), pinnedDigest())];
  // Loading runs its code, so only the kernel's is loaded.
  if (findings.every(({ ok }) => ok)) findings.push(await loads(path, bytes.value));
  const failed = findings.filter(({ ok }) => !ok).length;
  if (json) printJson(shell, { module: path, verified: failed === 0, findings });
  else
    printLines(shell, [
      ...render(findings, shell),
      failed === 0 ? `${visible(path)} is in order` : `${visible(path)}: ${failed} of ${findings.length} checks failed`,
    ]);
  return failed === 0 ? EXIT.fine : EXIT.findings;
}

/** Loading checks the ABI, the checksum, the manifest and the contract's data. */
async function loads(path: string, bytes: Uint8Array): Promise<Finding> {
  const opened = await openModule(path, bytes);
  if (!opened.ok) return { check: "load", ok: false, detail: opened.lines.join(" ") };
  const { name, version, digest } = opened.value.runtime.manifest.contract;
  return {
    check: "load",
    ok: true,
    detail: `contract ${visible(name)} ${visible(version)}, sha256 ${visible(digest)}`,
  };
}

function render(findings: readonly Finding[], shell: Shell): string[] {
  const verdict = (ok: boolean) => (ok ? shell.paint.good("ok    ") : shell.paint.bad("FAILED"));
  const columns = [1, 2].map(() => ({ title: "", align: "left" }) as const);
  const rows = renderTable(
    columns,
    findings.map(({ check, detail }) => [check, visible(detail)]),
  );
  return rows.map((row, at) => `${verdict(findings[at]!.ok)}  ${row}`);
}
