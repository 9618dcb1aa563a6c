"""Makes the vectors of docs/formats/audit-log.md from fixed keys, clock and input, with the standard library and `openssl`.

Neither the writer nor the verifier of the product is used: they are tested against what stands here. Run: python3 make_vectors.py
"""

import base64, hmac, json, os, shutil, subprocess, tempfile

from read_log import Tree, canonical, sha

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "vectors")
ORIGIN = "log.example/agents"
SEEDS = [bytes([7]) * 32, bytes([9]) * 32]
MAC_KEY = bytes(range(32))


def pkcs8(seed):
    return bytes.fromhex("302e020100300506032b657004220420") + seed


def openssl(*args, data=b""):
    return subprocess.run(["openssl", *args], input=data, capture_output=True, check=True).stdout


def vkey(seed):
    public = openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", data=pkcs8(seed))[-32:]
    raw = b"\x01" + public
    return f"{ORIGIN}+{sha(ORIGIN.encode(), bytes([10]), raw)[:4].hex()}+{base64.b64encode(raw).decode()}"


def signature_line(seed, text):
    with tempfile.TemporaryDirectory() as folder:
        key, message = os.path.join(folder, "k"), os.path.join(folder, "m")
        open(key, "wb").write(pkcs8(seed))
        open(message, "wb").write(text.encode())
        made = openssl("pkeyutl", "-sign", "-keyform", "DER", "-inkey", key, "-rawin", "-in", message)
    return f"— {ORIGIN} {base64.b64encode(bytes.fromhex(vkey(seed).split('+')[1]) + made).decode()}\n"


SINCE_2 = ("enforce", "observed", "valid_until")


class Log:
    def __init__(self, folder, mac_key, cadence, number=2):
        self.folder, self.mac_key, self.cadence, self.number = folder, mac_key, cadence, number
        self.tree, self.prev, self.seed, self.index, self.seal_hash = Tree(), "0" * 64, SEEDS[0], 0, None
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)

    def line(self, body):
        if self.number == 1 and body["kind"] == "decision":
            body = {k: v for k, v in body.items() if k not in SINCE_2}
        leaf_text = canonical({**body, "_prev": self.prev, "_seq": self.tree.size}).encode()
        leaf = sha(b"\x00", leaf_text)
        envelope = '"_hash":"%s",' % leaf.hex()
        if self.mac_key:
            mac = hmac.digest(self.mac_key, leaf, "sha256")
            envelope += '"_mac":"%s",' % mac.hex()
            self.macs = sha(self.macs, mac)
        with open(os.path.join(self.folder, "segment-%06d.jsonl" % self.index), "ab") as f:
            f.write(b"{" + envelope.encode() + leaf_text[1:] + b"\n")
        self.tree.push(leaf)
        self.prev = leaf.hex()

    def header(self, time):
        self.macs = bytes(32)
        self.line({"cadence": self.cadence, "format": "thc-audit-log/%d" % self.number, "index": self.index, "key": vkey(self.seed), "kind": "segment",
                   "mac": "hmac-sha256" if self.mac_key else None, "origin": ORIGIN, "peaks": [p.hex() for p in self.tree.peaks],
                   "seal": self.seal_hash, "time": time})

    def checkpoint(self, time):
        text = f"{ORIGIN}\n{self.tree.size}\n{base64.b64encode(self.tree.root()).decode()}\n"
        note = text + "\n" + signature_line(self.seed, text)
        self.line({"kind": "checkpoint", "macs": self.macs.hex() if self.mac_key else None, "note": note, "time": time})
        open(os.path.join(self.folder, "checkpoint"), "w", encoding="utf-8").write(note)

    def seal(self, time):
        self.line({"index": self.index, "kind": "seal", "macs": self.macs.hex() if self.mac_key else None, "root": self.tree.root().hex(),
                   "size": self.tree.size, "time": time})
        self.seal_hash, self.index = self.prev, self.index + 1
        if self.mac_key:
            self.mac_key = hmac.digest(self.mac_key, b"thc-audit-ratchet/1", "sha256")
        self.header(time)
        self.checkpoint(time)

    def rotate_key(self, time):
        text = f"thc-audit-key/1\n{ORIGIN}\n{self.tree.size}\n{self.prev}\n{vkey(self.seed)}\n{vkey(SEEDS[1])}\n"
        note = text + "\n" + signature_line(self.seed, text) + signature_line(SEEDS[1], text)
        self.line({"kind": "key", "note": note, "time": time})
        self.seed = SEEDS[1]


def decision(n, **changed):
    zero = lambda c: c * 64
    return {"action": zero("a"), "agent": "support-bot-1", "answer": zero("b"), "approvals": [], "contract": {
        "digest": "sha256:" + zero("c"), "name": "support-refunds", "version": "3.2.0"}, "enforce": True, "kind": "decision", "obligations": ["log_full"], "observed": [],
        "outcome": "allow_with_obligations", "reason": None, "request": zero("d"), "rules": ["refunds"], "state": {"after": zero("e"), "before": zero("f")},
        "tags": ["ASI02"], "tool": "refund.issue", "trace_id": f"trace-{n}", "valid_until": None, **changed}


STEPS = [
    {"append": decision(1)},
    {"append": decision(2, outcome="deny", reason="bad_arguments", rules=[], obligations=[], tool=None, agent=None, trace_id=None, enforce=False)},
    {"append": {"kind": "x_note", "text": "quote \" slash \\ / tab\t nl\n cr\r bs\b ff\f nul\u0000 unit\u001f del\u007f é 漢 😀 \u2028"}},
    {"checkpoint": True},
    {"append": {"kind": "x_keys", "nested": {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7, "10": 8, "9": 9}, "list": [[], {}, [[True, False, None]], -1, 9007199254740991, -9007199254740991, 0]}},
    {"append": {"kind": "anchor_failed", "checkpoint": 4, "reason": "no answer", "tsa": "http://tsa.example/"}},
    {"rotate_key": True},
    {"append": decision(3, outcome="require_approval", reason="approval", approvals=[{"approver": "alice@acme.example", "id": "ap-1", "role": "finance_lead", "rule": "over_500"}], valid_until=1772366460000,
                        observed=[{"rule": "cap", "would": ["deny"]}, {"rule": "trail", "would": ["oblige", "warn"]}])},
    {"seal": True},
    {"append": {"kind": "erased", "record": 1, "reason": "a request under article 17"}},
    {"append": decision(4, outcome="allow", obligations=[])},
    {"checkpoint": True},
]


# An answer as a decision point has it, and its bytes in both formats; "recorded-N" is a log that commits to them, with its sidecar.
ANSWER = {"approvals": [], "because": [{"rule": "cap", "text": "Too much."}], "clock_behind": False, "duplicate": False, "enforce": False, "fault": None,
          "hints": [], "maps": ["ASI02"], "obligations": [], "observed": [{"rule": "trail", "would": ["oblige", "warn"]}], "outcome": "deny",
          "reason": "denied_by_rule", "rules": ["cap"], "valid_until": 1772366460000, "warnings": []}


def record_answer(number):
    folder = os.path.join(HERE, "recorded-%d" % number)
    log = Log(os.path.join(folder, "log"), None, None, number)
    log.header("2026-03-01T12:00:00.000Z")
    answer = canonical({k: v for k, v in ANSWER.items() if number > 1 or k not in SINCE_2}).encode()
    values = {"action": bytes(range(32)), "answer": answer, "request": b'{"event":"call"}', "state_after": b"after", "state_before": b""}
    salts = {label: bytes([n]) * 16 for n, label in enumerate(values)}
    commit = {x: sha(b"\x02", salts[x], bytes([len(x)]), x.encode(), v).hex() for x, v in values.items()}
    stated = {x: ANSWER[x] for x in ("obligations", "outcome", "reason", "rules", *SINCE_2)}
    log.line({**decision(1, **stated), "tags": ANSWER["maps"], "action": commit["action"], "answer": commit["answer"], "request": commit["request"],
              "state": {"after": commit["state_after"], "before": commit["state_before"]}, "time": "2026-03-01T12:00:01.000Z"})
    log.checkpoint("2026-03-01T12:00:02.000Z")
    b64 = lambda value: base64.b64encode(value).decode()
    sidecar = {"record": 1, **{x: b64(values[x]) for x in ("action", "answer", "request")}, "salts": {x: b64(s) for x, s in salts.items()}, "session": "s-1",
               "state": b64(values["state_before"])}
    os.makedirs(os.path.join(folder, "sidecar"), exist_ok=True)
    with open(os.path.join(folder, "sidecar", "sidecar-000000.jsonl"), "w", encoding="utf-8") as f:
        f.write(json.dumps(sidecar, separators=(",", ":")) + "\n")
    return answer.decode()


def main():
    kinds = [("plain", None, None), ("keyed", MAC_KEY, {"records": 10000, "seconds": 300})]
    for name, mac_key, cadence, number in [(*kind, 2) for kind in kinds] + [(kind[0] + "-1", *kind[1:], 1) for kind in kinds]:
        log = Log(os.path.join(HERE, name), mac_key, cadence, number)
        clock = lambda n: "2026-03-01T12:00:%02d.%03dZ" % (n, n * 7 % 1000)
        log.header(clock(0))
        for n, step in enumerate(STEPS, 1):
            if "append" in step:
                log.line({**step["append"], "time": clock(n)})
            elif "checkpoint" in step:
                log.checkpoint(clock(n))
            elif "seal" in step:
                log.seal(clock(n))
            else:
                log.rotate_key(clock(n))
    leaves = [sha(b"\x00", bytes([n])) for n in range(9)]
    trees = []
    for size in range(10):
        tree = Tree()
        for leaf in leaves[:size]:
            tree.push(leaf)
        trees.append({"size": size, "root": tree.root().hex(), "peaks": [p.hex() for p in tree.peaks]})
    salt = bytes(range(16))
    commit = lambda label, value: sha(b"\x02", salt, bytes([len(label)]), label.encode(), value).hex()
    shared = {
        "origin": ORIGIN, "private_keys": [base64.b64encode(pkcs8(s)).decode() for s in SEEDS], "verification_keys": [vkey(s) for s in SEEDS],
        "mac_key": MAC_KEY.hex(), "answers": [record_answer(1), record_answer(2)], "steps": STEPS, "leaves": [x.hex() for x in leaves], "trees": trees,
        "commitments": [{"salt": base64.b64encode(salt).decode(), "label": x, "value": base64.b64encode(v).decode(), "commitment": commit(x, v)}
                        for x, v in (("request", b"{}"), ("action", b""), ("state_before", bytes(300)))],
    }
    with open(os.path.join(HERE, "vectors.json"), "w", encoding="utf-8") as f:
        json.dump(shared, f, indent=1, ensure_ascii=True)
        f.write("\n")


if __name__ == "__main__":
    main()
