/** What docs/semantics/commands.md lists: wrappers with their options, programs that are not read, words of the grammar, variables that choose what is run. */

export interface Wrapper {
  readonly plain: string;
  readonly valued: string;
  readonly inert: string;
  readonly assigns: boolean;
  /** More words come behind the command's. */
  readonly adds: boolean;
  /** A segment of its own, too. */
  readonly shown: boolean;
  /** Words of its own before the command. */
  readonly before: number;
}

const wrapper = (plain: string, valued: string, more: Partial<Wrapper> = {}): Wrapper => ({
  ...{ plain, valued, inert: "", assigns: false, adds: false, shown: false, before: 0 },
  ...more,
});

export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ["env", wrapper("i0v", "u", { assigns: true })],
  ["nohup", wrapper("", "")],
  ["nice", wrapper("0123456789", "n")],
  ["time", wrapper("pv", "")],
  ["timeout", wrapper("v", "sk", { before: 1 })],
  ["xargs", wrapper("0rtpxo", "nLPdsEI", { adds: true })],
  ["stdbuf", wrapper("", "ioe")],
  ["setsid", wrapper("cfw", "")],
  ["ionice", wrapper("t", "cn")],
  ["exec", wrapper("cl", "a")],
  ["command", wrapper("p", "", { inert: "vV" })],
  ["builtin", wrapper("", "")],
  ["busybox", wrapper("", "")],
  ["toybox", wrapper("", "")],
  ["sudo", wrapper("AbEHnPSkB", "ugprtUCT", { assigns: true, shown: true, inert: "lvVK" })],
  ["doas", wrapper("nL", "u", { shown: true })],
  ["pkexec", wrapper("", "", { shown: true })],
]);

const words = (of: string): ReadonlySet<string> => new Set(of.split(" "));

const SHELLS_NOT_READ = "zsh ksh mksh rbash rksh rzsh lksh oksh pdksh yash posh hush fish csh tcsh";
export const SHELLS = words(`sh bash dash ash ${SHELLS_NOT_READ}`);
/** A text that is given to them is not read. */
export const NOT_READ_SHELLS = words(SHELLS_NOT_READ);
export const OPAQUE = words(
  "eval trap alias enable shopt bind complete compgen fc history jobs hash let source . chroot nsenter unshare runuser setpriv systemd-run flock script parallel watch strace ltrace chrt taskset choom prlimit setarch linux32 linux64 numactl unbuffer chronic fakeroot faketime ssh-agent sg gosu su-exec run0 runcon capsh start-stop-daemon run-parts dbus-run-session xvfb-run bwrap firejail proxychains proxychains4 torify torsocks eatmydata rlwrap ld.so ld-linux.so.2 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 ld-musl-x86_64.so.1 ld-musl-aarch64.so.1",
);
/** Their words are names, assignments and options; of the second none may be an option. */
export const NAMING = words("export readonly read mapfile readarray getopts unset wait declare typeset local");
export const NAMING_ONLY = words("declare typeset local");
/** What they run, the shell itself runs. */
export const INSIDE = words("command builtin");
export const MOVING = words("cd chdir pushd popd");
export const TESTING = words("test [ printf");
/** Words that nobody knows may not be put behind theirs. */
export const CLOSED = new Set([...NAMING, ...TESTING, "find", "su"]);

export const GOES_ON = words("! then elif else do");
/** Words that begin a compound command, and those that close it. */
export const OPENS: ReadonlyMap<string, "}" | "fi" | "done"> = new Map([
  ["{", "}"],
  ["if", "fi"],
  ["while", "done"],
  ["until", "done"],
  ["for", "done"],
]);
export const CLOSES = words("} fi done");
export const NOT_READ = words("case esac select function coproc [[ in");

export const FLAGS = words(
  "--foreground --preserve-status --verbose --null --no-run-if-empty --ignore-environment --non-interactive --preserve-env --norc --noprofile --posix --portability",
);
export const VALUED = words(
  "--signal --kill-after --adjustment --unset --user --group --max-args --max-procs --delimiter --input --output --error --class --classdata",
);
/** Behind `-o` of a shell or of `set`. */
export const OF_SHELL = words(
  "allexport errexit errtrace functrace noclobber noexec noglob nounset pipefail posix verbose xtrace",
);
export const INERT = words("--help --version");

const CHOOSING = words(
  "PATH IFS ENV CDPATH SHELLOPTS BASHOPTS PS4 PROMPT_COMMAND SHELL BROWSER LESSOPEN LESSCLOSE NODE_OPTIONS PYTHONSTARTUP PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS HOME XDG_CONFIG_HOME ZDOTDIR SUDO_ASKPASS RANDOM SRANDOM OPTIND HISTCMD SECONDS LINENO BASHPID LOCPATH GCONV_PATH XDG_CONFIG_DIRS PYTHONPATH PYTHONHOME PYTHONBREAKPOINT PERL5LIB PERL5DB PERLLIB RUBYLIB NODE_PATH LUA_INIT LUA_PATH LUA_CPATH CLASSPATH JDK_JAVA_OPTIONS _JAVA_OPTIONS PHPRC PHP_INI_SCAN_DIR TAR_OPTIONS MAKEFLAGS GNUMAKEFLAGS MAKEFILES RSYNC_RSH CVS_RSH SSH_ASKPASS RUSTC RUSTC_WRAPPER GOFLAGS LESS MANOPT MANROFFOPT OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES KUBECONFIG AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE DOCKER_HOST DOCKER_CONFIG CURL_HOME WGETRC VIMINIT EXINIT INPUTRC PSQLRC ANSIBLE_CONFIG SSLKEYLOGFILE HOSTALIASES http_proxy https_proxy ftp_proxy all_proxy HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY",
);
/** They choose a program, unless it is one that only shows what it is given, or none. */
const SHOWING = words(
  "PAGER MANPAGER GIT_PAGER SYSTEMD_PAGER BAT_PAGER AWS_PAGER EDITOR VISUAL GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_TERMINAL_PROMPT",
);
/** They choose what a character is. */
const LOCALE = words("LANG LC_ALL LC_CTYPE LC_COLLATE LC_MESSAGES LC_NUMERIC LC_TIME LC_MONETARY");
/** `value`: undefined when nobody knows it. */
export function chooses(name: string, value: string | undefined): boolean {
  if (SHOWING.has(name)) return value === undefined || !/^(?:cat|true|:|0|1)?$/.test(value);
  if (LOCALE.has(name)) return value === undefined || !/^(?:|C|POSIX|[^/]*(?:UTF-8|utf8))$/su.test(value);
  return CHOOSING.has(name) || /^(?:LD|DYLD|BASH|GIT)_./.test(name);
}

const SILENT = words("printf echo true false : exit sleep kill wait");
const READING = words(
  "test [ cd chdir pushd popd cat ls head tail grep egrep fgrep rg wc stat diff cmp du df pwd which type whoami id uname printenv md5sum sha1sum sha256sum sha512sum cksum strings od readlink realpath basename dirname cut nl tac jq",
);
const REMOTE = words(
  "curl wget ssh scp sftp rsync ftp telnet nc ncat netcat ping traceroute dig nslookup host whois mosh http https aria2c lynx w3m nmap socat",
);
/** Of the words of a program: they name nothing; its paths are read only; they may be hosts. */
export const traitsOf = (
  program = "",
): { readonly silent: boolean; readonly reads: boolean; readonly net: boolean } => ({
  silent: SILENT.has(program),
  reads: READING.has(program),
  net: REMOTE.has(program),
});
