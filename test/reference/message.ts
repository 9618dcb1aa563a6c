/** A message: only the user's own words ground (docs/semantics.md §6, grounding.md). */
import { admit } from "./content.ts";
import { allowed } from "./decision.ts";
import type { Event, Interpreted } from "./event.ts";
import { classesKept } from "./grounding/class.ts";
import { hear } from "./grounding/message.ts";
import type { RefState } from "./state.ts";

export function hearMessage(event: Event, given: RefState): Interpreted {
  const { contract, request } = event;
  const admitted = admit(event, "messages", undefined, given);
  const { decision, state } = admitted ?? { decision: allowed([]), state: given };
  if (request.from !== "user" || admitted?.passes === false) return { decision, state };
  return { decision, state: { ...state, table: hear(state.table, request.text, classesKept(contract)) } };
}
