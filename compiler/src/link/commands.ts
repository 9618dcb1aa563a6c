/**
 * The tables by which the kernel reads commands (docs/semantics/commands.md has what they mean, docs/formats/module.md how they stand):
 * programs that are no program like any other, words of the shell's grammar, long options of wrappers, variables that choose what is run.
 */
import type { DataBuffer } from "./buffer.ts";

const KIND = { wrapper: 1, shell: 2, opaque: 3, names: 4, test: 5, cd: 6, find: 7, su: 8, set: 9 } as const;
const WORD = { goesOn: 1, for: 2, opaque: 3, time: 4, opens: 5, closes: 6 } as const;
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
  ["xargs", wrapper("0rtpxo", "nLPdsEI", { flags: ADDS })],
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
  ...each("zsh ksh mksh rbash rksh rzsh lksh oksh pdksh yash posh hush fish csh tcsh", {
    kind: KIND.shell,
    flags: STRICT,
  }),
  ["set", { kind: KIND.set }],
  ...each("eval trap alias enable shopt bind complete compgen fc history jobs hash let source .", {
    kind: KIND.opaque,
  }),
  ...each("chroot nsenter unshare runuser setpriv systemd-run flock script parallel watch strace ltrace", {
    kind: KIND.opaque,
  }),
  ...each(
    "chrt taskset choom prlimit setarch linux32 linux64 numactl unbuffer chronic fakeroot faketime ssh-agent sg gosu",
    {
      kind: KIND.opaque,
    },
  ),
  ...each(
    "su-exec run0 runcon capsh start-stop-daemon run-parts dbus-run-session xvfb-run bwrap firejail proxychains",
    {
      kind: KIND.opaque,
    },
  ),
  ...each("proxychains4 torify torsocks eatmydata rlwrap ld.so ld-linux.so.2 ld-linux-x86-64.so.2", {
    kind: KIND.opaque,
  }),
  ...each("ld-linux-aarch64.so.1 ld-musl-x86_64.so.1 ld-musl-aarch64.so.1", { kind: KIND.opaque }),
  ...each("export readonly read mapfile readarray getopts unset", { kind: KIND.names }),
  ["wait", { kind: KIND.names, flags: SILENT }],
  ...each("declare typeset local", { kind: KIND.names, flags: STRICT }),
  ...each("test [", { kind: KIND.test, flags: READS }),
  ["printf", { kind: KIND.test, flags: SILENT }],
  ...each("cd chdir pushd popd", { kind: KIND.cd, flags: READS }),
  ...each("echo true false : exit sleep kill", { flags: SILENT }),
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
  ...each("! then elif else do", { word: WORD.goesOn }),
  ["for", { word: WORD.for }],
  ...each("case esac select function coproc [[ in", { word: WORD.opaque }),
  ...each("{ if while until", { word: WORD.opens }),
  ...each("} fi done", { word: WORD.closes }),
];

const OPTION = { flag: 1, value: 2, inert: 3, ofShell: 4, chooses: 9, shows: 10, locale: 11 } as const;
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
    ...["PATH", "IFS", "ENV", "CDPATH", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND", "SHELL"],
    ...["BROWSER", "LESSOPEN", "LESSCLOSE", "NODE_OPTIONS", "PYTHONSTARTUP", "PERL5OPT"],
    ...["RUBYOPT", "JAVA_TOOL_OPTIONS", "HOME", "XDG_CONFIG_HOME", "ZDOTDIR", "SUDO_ASKPASS"],
    ...["RANDOM", "SRANDOM", "OPTIND", "HISTCMD", "SECONDS", "LINENO", "BASHPID", "LOCPATH", "GCONV_PATH"],
    ...["XDG_CONFIG_DIRS", "PYTHONPATH", "PYTHONHOME", "PYTHONBREAKPOINT", "PERL5LIB", "PERL5DB", "PERLLIB", "RUBYLIB"],
    ...["NODE_PATH", "LUA_INIT", "LUA_PATH", "LUA_CPATH", "CLASSPATH", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "PHPRC"],
    ...["PHP_INI_SCAN_DIR", "TAR_OPTIONS", "MAKEFLAGS", "GNUMAKEFLAGS", "MAKEFILES", "RSYNC_RSH", "CVS_RSH"],
    ...["SSH_ASKPASS", "RUSTC", "RUSTC_WRAPPER", "GOFLAGS", "LESS", "MANOPT", "MANROFFOPT", "OPENSSL_CONF"],
    ...["OPENSSL_MODULES", "OPENSSL_ENGINES", "KUBECONFIG", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"],
    ...["DOCKER_HOST", "DOCKER_CONFIG", "CURL_HOME", "WGETRC", "VIMINIT", "EXINIT", "INPUTRC", "PSQLRC"],
    ...["ANSIBLE_CONFIG", "SSLKEYLOGFILE", "HOSTALIASES"],
    ...["http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY"],
  ].map((name) => [name, OPTION.chooses] as const),
  ...[
    ...["PAGER", "MANPAGER", "GIT_PAGER", "SYSTEMD_PAGER", "BAT_PAGER", "AWS_PAGER", "EDITOR", "VISUAL", "GIT_EDITOR"],
    ...["GIT_SEQUENCE_EDITOR", "GIT_TERMINAL_PROMPT"],
  ].map((name) => [name, OPTION.shows] as const),
  ...["LANG", "LC_ALL", "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME", "LC_MONETARY"].map(
    (name) => [name, OPTION.locale] as const,
  ),
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
