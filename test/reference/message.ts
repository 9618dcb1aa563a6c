/** A message: only the user's own words ground (docs/semantics.md §6, grounding.md). */
import { admit } from "./content.ts";
import { allowed } from "./decision.ts";
import type { Event, Interpreted } from "./event.ts";
import { classesKept } from "./grounding/class.ts";
import { hear } from "./grounding/message.ts";
import { isObserved } from "./observe.ts";
import type { RefState } from "./state.ts";

export function hearMessage(event: Event, given: RefState): Interpreted {
  const { contract, request } = event;
  const admitted = admit(event, "messages", undefined, given);
  const { decision, state } = admitted ?? { decision: allowed([]), state: given };
  const isHeard = admitted?.passes !== false || isObserved(contract, event.now);
  if (request.from !== "user" || !isHeard) return { decision, state };
  return { decision, state: { ...state, table: hear(state.table, request.text, classesKept(contract)) } };
}
