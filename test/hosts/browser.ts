/** The page's script: loads the modules that the server has, decides, leaves what came of it where the driver finds it. */
import { load } from "@thc/runtime";
import { decideAll, type Job } from "./decide-all.ts";

async function run(): Promise<unknown> {
  const jobs = (await (await fetch("/jobs.json")).json()) as readonly Job[];
  return Promise.all(
    jobs.map(async (job, i) => {
      const bytes = new Uint8Array(await (await fetch(`/${i}.wasm`)).arrayBuffer());
      return decideAll(await load(bytes), job);
    }),
  );
}

run().then(
  (told) => Object.assign(globalThis, { told }),
  (error: unknown) => Object.assign(globalThis, { told: String(error) }),
);
