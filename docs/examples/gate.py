#!/usr/bin/env python3
"""A gate in one file: sets itself up at a running SmartClub, then speaks gate protocol v1 and checks the answers.

Usage: python3 docs/examples/gate.py [http://localhost:8080[,http://localhost:8081]] [var/first-login.json]
Needs Python 3.9 or newer and nothing else. It adds a site, a zone, a plan, a gate and a member, all named "Essai",
and uses nobody else's. They stay in that club and show on its live page, so try it on a demo, not on a real club.
"""
import base64
import hashlib
import hmac
import json
import random
import struct
import sys
import time
import urllib.error
import urllib.request
import uuid

# The silo and, where there is one, the silo that stands by for it; the first is the one that answered last.
ADDRESSES = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080").split(",")
LOGIN = sys.argv[2] if len(sys.argv) > 2 else "var/first-login.json"


def http(method, path, body, headers):
    """Sends bytes, returns (status, answer); an error status is an answer too."""
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(ADDRESSES[0] + path, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def is_away(answer):
    return answer is None or answer[0] == 503 and answer[1]["code"] == "not_active"


def repeat(attempt):
    """Repeats an attempt for up to 20 s, each time at the next address, while the silo is away or not active."""
    deadline, wait = time.monotonic() + 20, 0.1
    while True:
        try:
            answer = attempt()
        except OSError:
            # No connection, or no answer in time: what was asked may have happened, and a repeat finds it.
            answer = None
        if not is_away(answer):
            return answer
        assert time.monotonic() < deadline, "no silo answers"
        ADDRESSES.append(ADDRESSES.pop(0))
        time.sleep(wait * random.uniform(0.5, 1))
        wait = min(2 * wait, 2)


# What the installer does once, with an administrator's log-in.


def one_time_code(secret, now):
    """RFC 6238: SHA-1, 30 seconds, six digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Staff:
    def __init__(self, login):
        code = one_time_code(login["totpSecret"], time.time())
        body = {"email": login["email"], "password": login["password"], "code": code}
        self.headers = {}
        self.headers = {"Authorization": "Bearer " + self.post("/api/auth/login", body)["accessToken"]}

    def post(self, path, body):
        # A repeat with the same key finds what the first attempt made.
        headers = {**self.headers, "Idempotency-Key": str(uuid.uuid4())}
        status, answer = repeat(lambda: http("POST", path, json.dumps(body).encode(), headers))
        assert status == 200, (path, status, answer)
        return answer


# What the gate does.


def sign(key, method, path, unix_time, seq, body):
    text = f"{method}\n{path}\n{unix_time}\n{seq}\n{hashlib.sha256(body).hexdigest()}"
    return "v1=" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Gate:
    def __init__(self, device, key_base64):
        self.device = device
        self.key = base64.b64decode(key_base64)
        # Above everything an earlier start has used, without keeping a file.
        self.seq = time.time_ns() // 1000

    def send(self, call, body, **changed):
        """The same body until there is an answer, each time with a new time, number and signature."""
        body = json.dumps(body).encode()
        return repeat(lambda: self.attempt("/api/gates/v1/" + call, body, **changed))

    def attempt(self, path, body, **changed):
        """One attempt; `changed` breaks it on purpose."""
        self.seq += 1
        unix_time = changed.get("unix_time", int(time.time()))
        seq = changed.get("seq", self.seq)
        headers = {
            "X-Gate-Device": changed.get("device", self.device),
            "X-Gate-Time": str(unix_time),
            "X-Gate-Seq": str(seq),
            "X-Gate-Signature": sign(changed.get("key", self.key), "POST", path, unix_time, seq, body),
        }
        return http("POST", path, body, headers)


def utc_now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def set_up(staff, tag):
    site = staff.post("/api/sites", {"name": "Essai " + tag, "timeZone": "Africa/Kinshasa", "currency": "USD"})["id"]
    zone = staff.post("/api/zones", {
        "siteId": site, "name": "Essai " + tag, "antiPassback": "hard", "forgivenessMinutes": 0, "capacity": None,
    })["id"]
    plan = staff.post("/api/plans", {
        "name": "Essai " + tag, "months": 1, "price": {"amount": 0, "currency": "USD"},
        "entitlements": [{"zoneId": zone}],
    })["id"]
    member = staff.post("/api/members", {"firstName": "Essai", "lastName": tag})["id"]
    today = time.strftime("%Y-%m-%d", time.gmtime())
    staff.post(f"/api/members/{member}/memberships", {"planId": plan, "startsOn": today, "paid": True})
    staff.post(f"/api/members/{member}/credentials", {"kind": "rfid", "value": "CARD-" + tag})
    gate = staff.post("/api/gates", {
        "name": "Essai " + tag, "siteId": site, "zoneId": zone, "direction": "both", "confirmsPassage": True,
    })
    return Gate(gate["id"], gate["key"]), "CARD-" + tag


def expect(what, answer, status, **fields):
    found_status, body = answer
    assert found_status == status, (what, found_status, body)
    for name, value in fields.items():
        assert body.get(name) == value, (what, body)
    print(f"ok  {what}: {status} {json.dumps(fields)}")
    return body


def try_access(gate, card):
    scan = {
        "scanId": str(uuid.uuid4()), "credential": {"kind": "rfid", "value": card}, "direction": "in",
        "at": utc_now(),
    }
    first = expect("a good card", gate.send("access", scan), 200, decision="grant", reason="ok", openMs=5000)
    same = {"ticketId": first["ticketId"], "position": first["position"]}
    expect("the same scan again", gate.send("access", scan), 200, decision="grant", **same)
    other = {**scan, "scanId": str(uuid.uuid4()), "credential": {"kind": "rfid", "value": "nobody's"}}
    expect("a card of nobody", gate.send("access", other), 200,
           decision="deny", reason="unknown_credential", position=None)

    passed = {"n": 1, "type": "access.passed", "at": utc_now(), "ticketId": first["ticketId"]}
    expect("passed", gate.send("events", {"events": [passed]}), 200, acked=1)
    held = {"n": 3, "type": "door.held", "at": utc_now()}
    expect("a repeat and a gap", gate.send("events", {"events": [passed, held]}), 200, acked=1)
    expect("the gap filled", gate.send("events", {"events": [{**held, "n": 2}, held]}), 200, acked=3)

    # The passage travels from the gate's grain to the member's after the answer.
    time.sleep(0.5)
    again = {**scan, "scanId": str(uuid.uuid4())}
    expect("in while inside", gate.send("access", again), 200, decision="deny", reason="anti_passback")
    leave = {**scan, "scanId": str(uuid.uuid4()), "direction": "out"}
    expect("out", gate.send("access", leave), 200, decision="grant", reason="ok")


def try_refusals(gate):
    beat = {"uptimeSeconds": 1, "queueLength": 0, "listVersion": 0, "doorState": "closed"}
    expect("a sign of life", gate.send("heartbeat", beat), 200, commands=[])
    expect("an unknown device", gate.send("heartbeat", beat, device="gat_nobody"), 401, code="unknown_device")
    expect("a wrong key", gate.send("heartbeat", beat, key=b"wrong"), 401, code="bad_signature")
    late = expect("a clock that is late", gate.send("heartbeat", beat, unix_time=int(time.time()) - 200), 401,
                  code="clock_skew")
    print("    the silo's clock says", late["serverTime"])
    expect("a sequence used before", gate.send("heartbeat", beat, seq=gate.seq - 3), 401, code="replayed")
    expect("a body of another form", gate.send("heartbeat", {"queueLength": "many"}), 400, code="invalid_request")


def main():
    with open(LOGIN, encoding="utf-8") as file:
        staff = Staff(json.load(file))
    gate, card = set_up(staff, uuid.uuid4().hex[:8])
    try_access(gate, card)
    try_refusals(gate)
    print("all answers are as the protocol says")


if __name__ == "__main__":
    main()
