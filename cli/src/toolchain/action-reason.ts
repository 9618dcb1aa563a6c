/** Which cloud action a request is, and why the registry gives it its level. Nothing here decides: the module has. */
import type { Manifest } from "@thc/runtime";
import { visible } from "../terminal/visible.ts";
import { catalogueFor } from "./check-options.ts";

/** Lines beside the decision; none when the request names no cloud action. `contract`: where overlays lie. */
export async function actionReason(
  manifest: Manifest,
  request: Uint8Array,
  contract: string,
): Promise<readonly (readonly [string, string])[]> {
  const name = actionOf(manifest, request);
  if (name === undefined || manifest.registry === undefined) return [];
  const catalogue = await catalogueFor(contract);
  const found = catalogue.ok ? catalogue.value.find(name) : undefined;
  if (!catalogue.ok || found === undefined) return [["action", `${visible(name)} is not in the registry`]];
  const { reasonOf } = await import("@thc/registry");
  const { version, digest } = catalogue.value.identity;
  const words = `${visible(found.name)} is ${found.level}: ${visible(reasonOf(found))}`;
  const same = digest === manifest.registry.digest;
  const note = same
    ? `registry ${version}`
    : `registry ${version}; the module was made with ${visible(manifest.registry.version)}`;
  return [["action", `${words} (${note})`]];
}

/** The name as it was sent, or the tool's own. */
function actionOf({ tools, registry }: Manifest, request: Uint8Array): string | undefined {
  try {
    const { action } = JSON.parse(new TextDecoder().decode(request)) as { action?: { tool?: unknown; args?: object } };
    const entry = registry?.tools.find(({ tool }) => tools[tool] === action?.tool);
    if (entry?.argument === undefined) return entry?.is;
    const sent = new Map<string, unknown>(Object.entries(action?.args ?? {})).get(entry.argument);
    return typeof sent === "string" ? sent : undefined;
  } catch {
    return undefined;
  }
}
