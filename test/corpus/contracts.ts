/** The sample contracts of this folder, for every test that needs some. */
import { readdirSync, readFileSync } from "node:fs";
import type { Source } from "@thc/language";

const folder = new URL("contracts/", import.meta.url);

export const corpus: readonly { readonly name: string; readonly source: Source }[] = readdirSync(folder)
  .filter((file) => file.endsWith(".contract"))
  .sort()
  .map((file) => ({ name: file, source: { path: file, text: readFileSync(new URL(file, folder), "utf8") } }));
