/** Colour, only where a person looks: a terminal, and `NO_COLOR` (no-color.org) is not set. */

export interface Paint {
  readonly enabled: boolean;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export function paint(enabled: boolean): Paint {
  const code = (open: number, close: number) => (text: string) =>
    enabled ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    enabled,
    good: code(32, 39),
    bad: code(31, 39),
    warn: code(33, 39),
    strong: code(1, 22),
    faint: code(2, 22),
  };
}

export function wantsColour(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean {
  const { NO_COLOR, TERM } = environment;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}
