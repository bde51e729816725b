"""Two publishers that publish to etcd, or to an OCI registry, at the same time, many times."""

import base64
import json
import subprocess
import threading

import machine
from engines import ETCD_PASSWORD
from fleet import Fleet


def claims(manifest):
    """Returns the signed claims of a manifest."""
    layers = json.loads(manifest)["layers"]
    envelope = next(base64.b64decode(layer["data"]) for layer in layers if "dsse" in layer["mediaType"])
    return json.loads(base64.b64decode(json.loads(envelope)["payload"]))["predicate"]


def publish(fleet, destination, path, results, number):
    command = [
        fleet.program, "publish", destination, "--registry", path, "--key", fleet.key_file, "--format", "json",
        "--auth-file", fleet.folder / "auth.json",
    ]
    environment = machine.PREPARED | {
        "ROSTER_ETCD_USER": "fleet", "ROSTER_ETCD_PASSWORD_FILE": str(fleet.folder / "etcd-password"),
        "HOME": str(fleet.folder),
    }
    result = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert ETCD_PASSWORD not in result.stdout + result.stderr
    try:
        serial = json.loads(result.stdout)["publication"]["serial"]
    except (ValueError, KeyError, TypeError):
        serial = None
    results[number] = result.returncode, serial, result.stderr.strip()[-200:]


def race(fleet, carrier, destination, rounds):
    """Lets two publishers race, prints what was seen, and returns whether every loser noticed, or 99 % for a registry.

    A registry has no condition for a write: a loser can only notice, when it reads what the tag has afterwards.
    """
    problems, both, last = [], 0, 0
    for number in range(rounds):
        paths = [fleet.next_registry()[0] for _ in range(2)]
        results = [None, None]
        threads = [
            threading.Thread(target=publish, args=(fleet, destination, path, results, index))
            for index, path in enumerate(paths)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        won = [result for result in results if result[0] == 0]
        both += len(won) == 2
        serial = claims(fleet.carriers.save()[carrier])["serial"]
        place = f"{carrier}, round {number + 1}: {results}, and the newest is {serial}"
        if not won or any(code not in (0, 1) for code, _, _ in results):
            problems.append(f"{place}: one must win, and the other end with 0 or 1")
        elif serial != max(result[1] for result in won):
            problems.append(f"{place}: an accepted publication is lost")
        elif serial <= last:
            problems.append(f"{place}: the serial falls from {last}")
        last = serial
    print(*problems[:10], sep="\n")
    print(f"{carrier}: {rounds} rounds of two publishers: {len(problems)} problems; in {both} one came after the other",
          flush=True)
    return len(problems) <= (rounds // 100 if carrier == "oci" else 0)


def main(folder, program, rounds):
    """Lets two publishers race to both carriers, and returns the exit code: 1 when a publication is lost unnoticed."""
    fleet = Fleet(folder, program, mixes={})
    try:
        fleet.start()
        passes = [race(fleet, *carrier, rounds) for carrier in zip(("etcd", "oci"), fleet.destinations())]
    finally:
        fleet.stop()
    return 0 if all(passes) else 1
