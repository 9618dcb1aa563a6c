/** The edge worker: modules are imported, as it may not compile bytes; the jobs come with the request. */
import { loadModule } from "@thc/runtime";
// each name is a module of the worker's configuration
// @ts-expect-error: made by the worker's host
import first from "0.wasm";
// @ts-expect-error: made by the worker's host
import second from "1.wasm";
import { decideAll, type Job } from "./decide-all.ts";

const modules = [first, second] as readonly WebAssembly.Module[];

export const handler = {
  async fetch(request: Request): Promise<Response> {
    const jobs = (await request.json()) as readonly Job[];
    return Response.json(jobs.map((job, i) => decideAll(loadModule(modules[i]!), job)));
  },
};
