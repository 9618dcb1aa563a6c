/** The kernel that modules are linked with: beside the bundle where `thc` is installed, in the build's folder otherwise. */
import { existsSync, readFileSync } from "node:fs";

// From the bundle (cli/dist), then from this source file.
const KERNEL = ["./kernel.wasm", "../../../runtime/kernel/dist/kernel.wasm"];
const DIGEST = ["./kernel.sha256", "../../runtime/kernel/kernel.sha256", "../../../runtime/kernel/kernel.sha256"];

export function readKernel(): Uint8Array {
  const place = find(KERNEL);
  if (place === undefined) throw new Error("the kernel is missing from this installation: run `npm run build`");
  return readFileSync(place);
}

/** The digest that the project pins, in hex; undefined where none came with the installation. */
export function pinnedDigest(): string | undefined {
  const place = find(DIGEST);
  return place === undefined ? undefined : readFileSync(place, "utf8").trim();
}

const find = (places: readonly string[]): URL | undefined =>
  places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
