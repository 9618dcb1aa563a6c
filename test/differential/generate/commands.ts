/**
 * Commands as agents send them and as attackers spell them: programs whose names rules compare with, words in every kind of quotes, wrappers,
 * pipes, substitutions, here-documents; some are cut or have a character changed, so that the two readers must agree on what is no command.
 */
import type { Random } from "../random.ts";

const PROGRAMS = [
  "hello",
  "the",
  "x",
  "A1",
  "rm",
  "curl",
  "ls",
  "cat",
  "find",
  "test",
  "export",
  "cd",
  "cp",
  "ssh",
  "read",
  "printf",
  "set",
  "wait",
  "chdir",
];
const WORDS = [
  "-rf",
  "x",
  "hello",
  "/etc/passwd",
  "a.txt",
  "https://acme.example/a",
  "ann@acme.example:b",
  "--file=.env",
  "f=@/etc/passwd",
  "-d@a.txt",
  "-o/tmp/log",
  "acme.example:443:acme.example",
  "file://localhost/etc/passwd",
  "a://../../../etc/passwd",
  '("/tmp/log")',
  "-sSL",
  "x:acme.example,[",
  "-v",
  "A1",
];
const braced = (parameter: string): string => `$\{${parameter}}`;
const EXPANSIONS = [
  "$X",
  '"$X"',
  braced("X:-y"),
  "*",
  "a?",
  "{a,b}",
  "~/x",
  "$@",
  '"$@"',
  "$1",
  braced("#X"),
  "[ab]",
  "{}",
  "-k",
  "$\\\n(rm)",
  "$$",
  "$?",
  '"$!"',
  "$!",
  "{}.b",
  "a{},b}",
  '"$"',
  `${braced("X")}y`,
];
const WRAPPERS = [
  ...[
    "sudo",
    "sudo -n",
    "sudo -u ann",
    "env",
    "env A=1",
    "env -i",
    "nohup",
    "nice -n 5",
    "nice -10",
    "time",
    "time -p",
  ],
  ...[
    "timeout 5",
    "timeout -s KILL 1m",
    "xargs",
    "xargs -0 -n 1",
    "command",
    "exec",
    "busybox",
    "doas",
    "stdbuf -oL",
    "A=b",
  ],
  ...[
    "A=$X",
    "! ",
    "then",
    "LD_PRELOAD=x",
    "env PATH=.",
    "timeout --signal=9 5",
    "command -v",
    "time --",
    "env a.b=c",
    "xargs env",
    "xargs -I x",
    "xargs -I {}",
    "xargs -rI% sudo",
    "bash +ec",
    "GIT_PAGER=cat",
    "LC_ALL=C",
    "IFS=,",
    "env -u PATH",
    "find . -exec env",
    "bash -lc",
    "sudo --user ann",
    "builtin",
  ],
];
const REDIRECTIONS = [
  "> out",
  ">> /tmp/log",
  "2>&1",
  "< in",
  "&> all",
  "&>> all",
  "< <(ls)",
  "<<\\\n-E",
  ">| x",
  "<<< word",
  "2> /dev/null",
  "> $X",
  "<> io",
  "3< a",
  "12> f",
];
const OPERATORS = ["; ", " && ", " || ", " | ", " & ", "\n", " |& ", ";", "|"];

export function makeCommand(random: Random): string {
  const text = list(random, 2);
  if (random.chance(0.85)) return text;
  const at = random.below(text.length + 1);
  return random.weighted([
    [2, () => text.slice(0, at)],
    [3, () => text.slice(0, at) + random.pick(ODD) + text.slice(at)],
    [2, () => text.slice(0, at) + text.slice(at + 1)],
  ]);
}
const ODD = [
  "'",
  '"',
  "\\",
  "`",
  "$",
  "(",
  ")",
  "{",
  "}",
  "<",
  ">",
  "&",
  ";",
  "#",
  "\n",
  "\t",
  "\r",
  "=",
  "~",
  "*",
  "!",
  "ü",
  "😀",
  "\\\n",
  "$(",
  "${",
];

function list(random: Random, depth: number): string {
  const parts = random.several(1, depth > 1 ? 3 : 2, () => command(random, depth));
  const joined = parts.reduce((all, part) => `${all}${random.pick(OPERATORS)}${part}`);
  return random.chance(0.1) ? `${joined}${random.pick([" ;", " &", "\n", " # x"])}` : joined;
}

function command(random: Random, depth: number): string {
  if (depth > 0 && random.chance(0.25)) {
    const inner = () => list(random, depth - 1);
    return random.pick([
      () => `(${inner()})`,
      () => `{ ${inner()}; }`,
      () => `if ${inner()}; then ${inner()}; fi`,
      () => `for f in a $X; do ${inner()}; done`,
      () => `while ${inner()}\ndo ${inner()}\ndone`,
      () => `${inner()} | if ${inner()}; then ${inner()}; fi | ${inner()}`,
      () => `sh -c ${random.chance(0.5) ? quoted(inner(), random) : `'${inner().replaceAll("'", "")}'`}`,
      () => `bash -euo pipefail -c "${inner().replaceAll(/["`$\\]/g, "")}" _ x`,
      () => `su - ann -c '${inner().replaceAll("'", "")}'`,
      () => `find . -name x -exec ${simple(random, 0)} {} \\; -exec ${simple(random, 0)} +`,
      () =>
        `cat <<${random.pick(["E", "-E", "'E'", "\\E"])}\n${random.pick(["a\n", "$X\n", "$(rm)\n", "\tE\n", ""])}E\n${inner()}`,
      () => `echo "$(cat <<'E'\n${random.pick(["a", "E x )", "Ex", "E)"])}\nE\n)"`,
      () => `${simple(random, depth)} (`,
      () => `case x in x) ${inner()};; esac`,
    ])();
  }
  return simple(random, depth);
}

function simple(random: Random, depth: number): string {
  const wrapper = random.chance(0.25) ? `${random.pick(WRAPPERS)} ` : "";
  const program = spelled(random.pick(PROGRAMS), random);
  const words = random.several(0, 3, () => word(random, depth));
  const redirection = random.chance(0.15) ? [random.pick(REDIRECTIONS)] : [];
  return wrapper + [program, ...words, ...redirection].join(" ");
}

function word(random: Random, depth: number): string {
  return random.weighted([
    [6, () => spelled(random.pick(WORDS), random)],
    [2, () => random.pick(EXPANSIONS)],
    [1, () => `${random.pick(["", "a", "X="])}${random.pick(EXPANSIONS)}${random.pick(["", "b"])}`],
    [depth > 0 ? 2 : 0, () => random.pick([substitution, doubled, backquoted, process])(random, depth - 1)],
  ]);
}
const substitution = (random: Random, depth: number): string => `$(${list(random, depth)})`;
const doubled = (random: Random, depth: number): string => `"a $(${list(random, depth)}) b"`;
const backquoted = (random: Random, depth: number): string => `\`${list(random, depth).replaceAll(/[`\\]/g, "")}\``;
const process = (random: Random, depth: number): string => `<(${list(random, depth)})`;

/** The same word to a shell, mostly. */
function spelled(text: string, random: Random): string {
  return random.weighted([
    [6, () => text],
    [1, () => `'${text}'`],
    [1, () => `"${text}"`],
    [1, () => `\\${text}`],
    [1, () => `${text.slice(0, 1)}"${text.slice(1)}"`],
    [1, () => `$'${[...text].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join("")}'`],
    [1, () => `${text.slice(0, 1)}\\\n${text.slice(1)}`],
    [1, () => `/usr/bin/${text}`],
    [1, () => `./${text}`],
  ]);
}
const quoted = (text: string, random: Random): string =>
  random.chance(0.5) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text.replaceAll(/["\\$`]/g, "\\$&")}"`;
