/** Keys and tokens that their makers gave a prefix, and private keys in PEM. A secret without a form of its own is not found. */
import { exact, type Inspector, type Pattern, type Severity } from "./inspector.ts";

const WORD = "A-Za-z0-9";
const WIDE = "A-Za-z0-9_-";

/** A prefix at the beginning of a word, and at least so many characters of the key behind it. */
const key = (name: string, severity: Severity, prefix: string, of: string, least: number): Pattern =>
  exact(name, severity, prefix, { starts: true, after: { of, least } });

const PEM_KINDS = ["", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED "];

export const secrets: Inspector = {
  name: "secrets",
  patterns: [
    key("aws_key", "critical", "AKIA", "A-Z0-9", 16),
    key("aws_key", "high", "ASIA", "A-Z0-9", 16),
    ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((p) => key("github_token", "critical", p, WORD, 36)),
    key("github_token", "critical", "github_pat_", "A-Za-z0-9_", 22),
    key("gitlab_token", "critical", "glpat-", WIDE, 20),
    ...["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"].map((p) => key("slack_token", "critical", p, "A-Za-z0-9-", 10)),
    exact("slack_token", "high", "hooks.slack.com/services/T", { after: { of: "A-Za-z0-9/", least: 20 } }),
    ...["sk_live_", "rk_live_"].map((p) => key("stripe_key", "critical", p, WORD, 16)),
    ...["sk_test_", "rk_test_"].map((p) => key("stripe_key", "medium", p, WORD, 16)),
    key("google_key", "high", "AIza", WIDE, 35),
    key("openai_key", "critical", "sk-proj-", WIDE, 20),
    key("anthropic_key", "critical", "sk-ant-", WIDE, 20),
    key("npm_token", "critical", "npm_", WORD, 36),
    key("pypi_token", "critical", "pypi-AgEIcHlwaS5vcmc", WIDE, 20),
    key("sendgrid_key", "critical", "SG.", "A-Za-z0-9_.-", 60),
    key("jwt", "medium", "eyJhbGciOi", "A-Za-z0-9_.-", 30),
    ...PEM_KINDS.map((kind) => exact("private_key", "critical", `-----BEGIN ${kind}PRIVATE KEY-----`)),
    exact("private_key", "critical", "-----BEGIN PGP PRIVATE KEY BLOCK-----"),
  ],
};
