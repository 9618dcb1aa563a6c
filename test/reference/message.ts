/** A message: only the user's own words ground (docs/semantics.md §6, grounding.md). */
import { allowed } from "./decision.ts";
import type { Event, Interpreted } from "./event.ts";
import { classesKept } from "./grounding/class.ts";
import { hear } from "./grounding/message.ts";
import type { RefState } from "./state.ts";

export function hearMessage(event: Event, state: RefState): Interpreted {
  const { contract, request } = event;
  if (request.from !== "user") return { decision: allowed([]), state };
  return { decision: allowed([]), state: { ...state, table: hear(state.table, request.text, classesKept(contract)) } };
}
