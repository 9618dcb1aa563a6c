/**
 * `classify(name, signal)`: the level of an action from its name and what the provider says about it.
 *
 * It answers for any well-formed name, also for one that does not exist. Whether an action exists is the catalogue's to
 * say, and a decision must ask the catalogue: an action that is not in it is unknown, and unknown denies.
 */

import type { Classification, Signal } from "./action.ts";
import { classifyShape } from "./classify/cascade.ts";
import { shapeOf } from "./classify/shape.ts";

export function classify(name: string, signal: Signal = "-"): Classification | undefined {
  const shape = shapeOf(name, signal);
  return shape === undefined ? undefined : classifyShape(shape);
}
