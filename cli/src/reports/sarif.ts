/**
 * `thc check --reporter sarif`: findings as code-scanning services read them (OASIS SARIF 2.1.0, errata 01). Columns count
 * UTF-16 code units from 1; artifacts are named by their path from the working folder.
 */
import { DIAGNOSTICS, type Diagnostic, diagnosticToJson, type Source } from "@thc/language";
import { visible } from "../terminal/visible.ts";
import { VERSION } from "../version.ts";

interface Placed {
  readonly start: { readonly offset: number; readonly line: number; readonly column: number };
  readonly end: { readonly offset: number; readonly line: number; readonly column: number };
  readonly text: string;
  readonly path?: string;
}

export function sarif(
  files: readonly { readonly source: Source; readonly diagnostics: readonly Diagnostic[] }[],
): object {
  const used = new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  const rules = Object.entries(DIAGNOSTICS).filter(([code]) => used.has(code as Diagnostic["code"]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "thc",
            semanticVersion: VERSION,
            rules: rules.map(([id, title]) => ({
              id,
              shortDescription: { text: title },
              help: { text: `docs/diagnostics/${id}.md` },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: files.flatMap(({ source, diagnostics }) => diagnostics.map((one) => result(one, source))),
      },
    ],
  };
}

function result(diagnostic: Diagnostic, source: Source): object {
  const { primary, related, path } = diagnosticToJson(diagnostic, source) as {
    readonly path: string;
    readonly primary: Placed;
    readonly related: readonly Placed[];
  };
  const { code, severity, message, help } = diagnostic;
  const because = [primary.text, help ?? ""].filter((text) => text !== "").map((text) => visible(text));
  return {
    ruleId: code,
    level: severity,
    message: { text: [visible(message), ...because].join("\n") },
    locations: [location(primary, path)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((label) => ({
            ...location(label, label.path ?? path),
            message: { text: visible(label.text) },
          })),
        }),
  };
}

const location = ({ start, end }: Placed, path: string): object => ({
  physicalLocation: {
    artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    },
  },
});
