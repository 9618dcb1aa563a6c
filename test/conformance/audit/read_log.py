"""A second reader of the audit log, in another language: docs/formats/audit-log.md and nothing else.

Standard library and the `openssl` program only. It checks the chain, canonical form, roots, seals, checkpoints, rotations and MACs of one log
and prints a JSON summary, or the first fault (exit 1). Anchors' certificates are left to `openssl ts`, replay to the product.

    read_log.py LOG [--mac-key HEX] [--trust-key VKEY]
"""

import base64, hashlib, hmac, json, os, re, subprocess, sys, tempfile

LINE = re.compile(rb'\{"_hash":"([0-9a-f]{64})",(?:"_mac":"([0-9a-f]{64})",)?("_prev":"([0-9a-f]{64})","_seq":(0|[1-9][0-9]*),"[a-z].*\})\Z', re.S)


TEXT, HASH = (lambda v: isinstance(v, str)), (lambda v: isinstance(v, str) and re.fullmatch("[0-9a-f]{64}", v) is not None)
OR_NULL = lambda check: lambda v: v is None or check(v)
LIST = lambda check: lambda v: isinstance(v, list) and all(map(check, v))
OBJECT = lambda members: lambda v: isinstance(v, dict) and v.keys() == members.keys() and all(check(v[k]) for k, check in members.items())
DECISION = {
    "action": HASH, "agent": OR_NULL(TEXT), "answer": HASH, "approvals": LIST(OBJECT({k: TEXT for k in ("approver", "id", "role", "rule")})),
    "contract": OBJECT({"digest": lambda v: TEXT(v) and re.fullmatch("sha256:[0-9a-f]{64}", v) is not None, "name": TEXT, "version": TEXT}), "kind": TEXT,
    "obligations": LIST(TEXT), "outcome": lambda v: v in ("allow", "allow_with_obligations", "require_approval", "deny"), "reason": OR_NULL(TEXT),
    "request": HASH, "rules": LIST(TEXT), "state": OBJECT({"after": HASH, "before": HASH}), "tags": LIST(TEXT), "time": TEXT, "tool": OR_NULL(TEXT),
    "trace_id": OR_NULL(TEXT)}
WOULD = lambda v: v in ("deny", "ask", "oblige", "warn", "label")
NATURAL = lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0
FORMATS = {"thc-audit-log/1": OBJECT(DECISION), "thc-audit-log/2": OBJECT({
    **DECISION, "enforce": lambda v: isinstance(v, bool), "observed": LIST(OBJECT({"rule": TEXT, "would": LIST(WOULD)})), "valid_until": OR_NULL(NATURAL)})}


class Fault(Exception):
    pass


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode("utf-16-be"))
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53 - 1):
        raise Fault("a number outside the subset")
    return json.dumps(value, ensure_ascii=False)


def unique(pairs):
    keys = [k for k, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Fault("a key twice")
    return dict(pairs)


class Tree:
    def __init__(self):
        self.size, self.peaks = 0, []

    def push(self, leaf):
        node, n = leaf, self.size
        while n & 1:
            node, n = sha(b"\x01", self.peaks.pop(), node), n >> 1
        self.peaks.append(node)
        self.size += 1

    def root(self):
        if not self.peaks:
            return sha()
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = sha(b"\x01", left, node)
        return node


def parse_vkey(vkey):
    name, key_id, encoded = vkey.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    if len(raw) != 33 or raw[0] != 1:
        raise Fault("not an Ed25519 verification key")
    if sha(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise Fault("a key id that is not the key's")
    return name, bytes.fromhex(key_id), raw[1:]


def ed25519_holds(public, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, n) for n in ("key.der", "message", "signature")]
        spki = bytes.fromhex("302a300506032b6570032100") + public
        for path, content in zip(paths, (spki, message, signature)):
            with open(path, "wb") as f:
                f.write(content)
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin", "-in", paths[1], "-sigfile", paths[2]], capture_output=True)
        return done.returncode == 0


def open_note(note, keys):
    text, _, tail = note.rpartition("\n\n")
    text += "\n"
    lines = tail.split("\n")
    if lines.pop() != "" or len(lines) != len(keys):
        raise Fault("a note with other signatures than expected")
    for line, (name, key_id, public) in zip(lines, keys):
        mark, _, encoded = line.rpartition(" ")
        raw = base64.b64decode(encoded, validate=True)
        if mark != "— " + name or raw[:4] != key_id or not ed25519_holds(public, text.encode(), raw[4:]):
            raise Fault("a signature that does not verify")
    return text


def read(folder, mac_key=None, trust=None):
    names = sorted((n for n in os.listdir(folder) if re.fullmatch(r"segment-\d{6,}\.jsonl", n)), key=lambda n: int(n[8:-6]))
    tree, prev, seq, key, origin, seal, macs, mac_on, counts = Tree(), "0" * 64, 0, None, None, None, None, False, {}
    for index, name in enumerate(names):
        if name != "segment-%06d.jsonl" % index:
            raise Fault(f"segment {index} is missing")
        data = open(os.path.join(folder, name), "rb").read()
        if data and not data.endswith(b"\n"):
            raise Fault(f"{name}: the last line has no end")
        for number, line in enumerate(data.split(b"\n")[:-1], 1):
            at = f"{name} line {number}: "
            match = LINE.match(line)
            if match is None:
                raise Fault(at + "not a record")
            digest, mac, rest, link, stated = match.groups()
            leaf = sha(b"\x00{", rest)
            if leaf.hex().encode() != digest:
                raise Fault(at + "edited")
            if int(stated) != seq or link.decode() != prev:
                raise Fault(at + "does not follow the record before")
            record = json.loads(line.decode("utf-8"), object_pairs_hook=unique)
            if canonical(record).encode() != line:
                raise Fault(at + "not canonical")
            kind = record["kind"]
            if (number == 1) != (kind == "segment"):
                raise Fault(at + "a header belongs at the start of a segment")
            if kind == "segment":
                if record["index"] != index or record["seal"] != seal or record["peaks"] != [p.hex() for p in tree.peaks]:
                    raise Fault(at + "the header does not fit")
                if index == 0:
                    origin, key = record["origin"], record["key"]
                    if trust not in (None, key):
                        raise Fault(at + "another key than the trusted one")
                if record["origin"] != origin or record["key"] != key:
                    raise Fault(at + "another origin or key")
                mac_on, macs = record["mac"] is not None, bytes(32)
                if record["format"] not in FORMATS:
                    raise Fault(at + "another format")
                is_decision = FORMATS[record["format"]]
                if index > 0 and mac_key is not None:
                    mac_key = hmac.digest(mac_key, b"thc-audit-ratchet/1", "sha256")
            if (mac is not None) != mac_on:
                raise Fault(at + "a MAC where none belongs, or none where one does")
            if mac_on and mac_key is not None and hmac.digest(mac_key, leaf, "sha256").hex().encode() != mac:
                raise Fault(at + "the MAC differs")
            if kind in ("seal", "checkpoint") and record["macs"] != (macs.hex() if mac_on else None):
                raise Fault(at + "the digest of MACs differs")
            if kind == "decision" and not is_decision({k: v for k, v in record.items() if not k.startswith("_")}):
                raise Fault(at + "a decision with other members than its format has")
            if kind == "seal":
                if record["size"] != seq or record["index"] != index or record["root"] != tree.root().hex():
                    raise Fault(at + "the seal does not fit")
                seal = digest.decode()
            if kind == "checkpoint":
                text = open_note(record["note"], [parse_vkey(key)])
                if text != f"{origin}\n{seq}\n{base64.b64encode(tree.root()).decode()}\n":
                    raise Fault(at + "the checkpoint says another size or root")
                last_note = record["note"]
            if kind == "key":
                new = record["note"].split("\n")[5]
                text = open_note(record["note"], [parse_vkey(key), parse_vkey(new)])
                if text != f"thc-audit-key/1\n{origin}\n{seq}\n{prev}\n{key}\n{new}\n":
                    raise Fault(at + "the rotation does not fit")
                key = new
            if mac_on:
                macs = sha(macs, bytes.fromhex(mac.decode()))
            tree.push(leaf)
            prev, seq = digest.decode(), seq + 1
            counts[kind] = counts.get(kind, 0) + 1
    head = os.path.join(folder, "checkpoint")
    if os.path.exists(head) and open(head, encoding="utf-8").read() != last_note:
        raise Fault("the checkpoint file is not the newest checkpoint")
    return {"segments": len(names), "records": seq, "root": tree.root().hex(), "key": key, "kinds": counts}


if __name__ == "__main__":
    args = sys.argv[1:]
    option = lambda name: args[args.index(name) + 1] if name in args else None
    try:
        secret = option("--mac-key")
        print(json.dumps(read(args[0], bytes.fromhex(secret) if secret else None, option("--trust-key")), sort_keys=True))
    except (Fault, KeyError, TypeError, ValueError, UnicodeDecodeError) as fault:
        print(json.dumps({"fault": str(fault)}))
        sys.exit(1)
