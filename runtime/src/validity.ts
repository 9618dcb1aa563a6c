/** `decision valid 60s`: whether an answer still counts. The module has no clock, so whoever acts on an answer asks its own. */
import type { Decision } from "./decision.ts";

/** @param now milliseconds since 1970, by the clock that wrote the request's time */
export const isValid = ({ validUntil }: Pick<Decision, "validUntil">, now: number): boolean =>
  validUntil === undefined || now <= validUntil;
