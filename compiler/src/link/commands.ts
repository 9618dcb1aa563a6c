/**
 * The tables by which the kernel reads commands (docs/semantics/commands.md has what they mean, docs/formats/module.md how they stand):
 * programs that are no program like any other, words of the shell's grammar, long options of wrappers, variables that choose what is run.
 */
import type { DataBuffer } from "./buffer.ts";

const KIND = { wrapper: 1, shell: 2, opaque: 3, names: 4, test: 5, cd: 6, find: 7, su: 8, set: 9 } as const;
const WORD = { goesOn: 1, ends: 2, for: 3, opaque: 4, time: 5, opens: 6, closes: 7 } as const;
const ASSIGNS = 1;
const ADDS = 2;
const SHOWN = 4;
const STRICT = 8;
const SILENT = 16;
const READS = 32;
const NET = 64;
const INSIDE = 128;

interface Program {
  readonly kind?: number;
  readonly flags?: number;
  /** Words of its own before the command. */
  readonly before?: number;
  readonly word?: number;
  /** Options by letter: without a value, with one, those that make it run nothing. */
  readonly plain?: string;
  readonly valued?: string;
  readonly inert?: string;
}

const wrapper = (plain = "", valued = "", more: Program = {}): Program => ({
  kind: KIND.wrapper,
  plain,
  valued,
  ...more,
});
const each = (names: string, program: Program) => names.split(" ").map((name) => [name, program] as const);
const DIGITS = "0123456789";

const PROGRAMS: readonly (readonly [name: string, program: Program])[] = [
  ["env", wrapper("i0v", "u", { flags: ASSIGNS })],
  ["nohup", wrapper()],
  ["nice", wrapper(DIGITS, "n")],
  ["time", wrapper("pv", "", { word: WORD.time })],
  ["timeout", wrapper("v", "sk", { before: 1 })],
  ["xargs", wrapper("0rtpxo", "nLPdsE", { flags: ADDS })],
  ["stdbuf", wrapper("", "ioe")],
  ["setsid", wrapper("cfw")],
  ["ionice", wrapper("t", "cn")],
  ["exec", wrapper("cl", "a")],
  ["command", wrapper("p", "", { inert: "vV", flags: INSIDE })],
  ["builtin", wrapper("", "", { flags: INSIDE })],
  ...each("busybox toybox", wrapper()),
  ["sudo", wrapper("AbEHnPSkB", "ugprtUCT", { flags: ASSIGNS | SHOWN, inert: "lvVK" })],
  ["doas", wrapper("nL", "u", { flags: SHOWN })],
  ["pkexec", wrapper("", "", { flags: SHOWN })],
  ["su", { kind: KIND.su }],
  ...each("sh bash dash ash", { kind: KIND.shell }),
  ...each("zsh ksh mksh", { kind: KIND.shell, flags: STRICT }),
  ["set", { kind: KIND.set }],
  ...each("eval trap alias enable shopt bind complete compgen fc history jobs hash let source .", {
    kind: KIND.opaque,
  }),
  ...each("chroot nsenter unshare runuser setpriv systemd-run flock script parallel watch strace ltrace", {
    kind: KIND.opaque,
  }),
  ...each("export readonly read mapfile readarray getopts unset wait", { kind: KIND.names }),
  ...each("declare typeset local", { kind: KIND.names, flags: STRICT }),
  ...each("test [", { kind: KIND.test, flags: READS }),
  ["printf", { kind: KIND.test, flags: SILENT }],
  ...each("cd pushd popd", { kind: KIND.cd, flags: READS }),
  ...each("echo true false : exit sleep", { flags: SILENT }),
  ...each("cat ls head tail grep egrep fgrep rg wc stat diff cmp du df pwd which type whoami id uname printenv", {
    flags: READS,
  }),
  ...each("md5sum sha1sum sha256sum sha512sum cksum strings od readlink realpath basename dirname cut nl tac jq", {
    flags: READS,
  }),
  ...each("curl wget ssh scp sftp rsync ftp telnet nc ncat netcat ping traceroute dig nslookup host whois mosh", {
    flags: NET,
  }),
  ...each("http https aria2c lynx w3m nmap socat", { flags: NET }),
  ["find", { kind: KIND.find }],
  ...each("! if then elif else while until do", { word: WORD.goesOn }),
  ...each("fi done", { word: WORD.ends }),
  ["for", { word: WORD.for }],
  ...each("case esac select function coproc [[ in", { word: WORD.opaque }),
  ["{", { word: WORD.opens }],
  ["}", { word: WORD.closes }],
];

const OPTION = { flag: 1, value: 2, inert: 3, ofShell: 4, chooses: 9 } as const;
const OPTIONS: readonly (readonly [name: string, code: number])[] = [
  ...[
    ...["--foreground", "--preserve-status", "--verbose", "--null", "--no-run-if-empty", "--ignore-environment"],
    ...["--non-interactive", "--preserve-env", "--norc", "--noprofile", "--posix", "--portability"],
  ].map((name) => [name, OPTION.flag] as const),
  ...[
    ...["--signal", "--kill-after", "--adjustment", "--unset", "--user", "--group", "--max-args", "--max-procs"],
    ...["--delimiter", "--input", "--output", "--error", "--class", "--classdata"],
  ].map((name) => [name, OPTION.value] as const),
  ...["--help", "--version"].map((name) => [name, OPTION.inert] as const),
  ...[
    ...["allexport", "errexit", "errtrace", "functrace", "noclobber", "noexec", "noglob", "nounset", "pipefail"],
    ...["posix", "verbose", "xtrace"],
  ].map((name) => [name, OPTION.ofShell] as const),
  ...[
    ...["PATH", "IFS", "ENV", "CDPATH", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND", "SHELL", "PAGER", "MANPAGER"],
    ...["EDITOR", "VISUAL", "BROWSER", "LESSOPEN", "LESSCLOSE", "NODE_OPTIONS", "PYTHONSTARTUP", "PERL5OPT"],
    ...["RUBYOPT", "JAVA_TOOL_OPTIONS", "HOME", "XDG_CONFIG_HOME", "ZDOTDIR", "SUDO_ASKPASS"],
    ...["RANDOM", "SRANDOM", "OPTIND", "HISTCMD", "SECONDS", "LINENO"],
  ].map((name) => [name, OPTION.chooses] as const),
];

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const letters = (of: string): bigint =>
  [...of].reduce((set, letter) => set | (1n << BigInt(LETTERS.indexOf(letter))), 0n);

/** What the header has of commands: two tables and their masks. */
export function writeCommands(data: DataBuffer) {
  const programs = data.table(
    PROGRAMS.map(([name, program]) => {
      const at = data.alloc(32);
      data.u8(at, program.kind ?? 0);
      data.u8(at + 1, program.flags ?? 0);
      data.u8(at + 2, program.before ?? 0);
      data.u8(at + 3, program.word ?? 0);
      data.i64(at + 8, letters(program.plain ?? ""));
      data.i64(at + 16, letters(program.valued ?? ""));
      data.i64(at + 24, letters(program.inert ?? ""));
      return [name, at];
    }),
  );
  return { programs, options: data.table(OPTIONS) };
}
