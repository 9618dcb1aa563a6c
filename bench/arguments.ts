/**
 * Arguments of this repository's own programs (`npm run fuzz`, `mutants`, `bench`): `--help` says what there is, and what is not
 * understood is one line and exit code 2.
 */
import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O & { help: { type: "boolean" } } }>>["values"];

export function readArguments<const O extends Options>(usage: string, options: O): Values<O> {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean" } } as const });
    if (!("help" in values) || values.help !== true) return values as Values<O>;
  } catch (error) {
    return refuse(error instanceof Error ? error.message.split(/[.\n]/)[0]! : String(error));
  }
  process.stdout.write(usage);
  process.exit(0);
}

/** A number that is written in digits, in its bounds. */
export function wholeNumber(name: string, text: string | undefined, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text ?? "") && number >= least && number <= most) return number;
  return refuse(`\`--${name}\` takes a whole number from ${least} to ${most}, not \`${text}\``);
}

export function oneOf(name: string, text: string, known: Iterable<string>): string {
  const all = [...known];
  return all.includes(text) ? text : refuse(`\`--${name}\` takes ${all.join(", ")}, not \`${text}\``);
}

export function refuse(message: string): never {
  process.stderr.write(`${message[0]!.toLowerCase()}${message.slice(1)} (\`--help\` shows what there is)\n`);
  process.exit(2);
}
