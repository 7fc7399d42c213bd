"""Firefox, as far as the tests of the static page need it: it is driven by WebDriver BiDi, which it speaks by itself.

Playwright drives no Firefox but its own, which must be downloaded from elsewhere.
"""

import contextlib
import itertools
import json
import re
import shutil
import subprocess
import threading
import time

import websocket

NAMES = ("firefox-esr", "firefox")
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# What Firefox asks its makers for, and what it opens at first.
PREFERENCES = """\
user_pref("app.update.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
"""


def find_firefox():
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """The page of a Firefox."""

    def __init__(self, socket):
        self.socket, self.numbers = socket, itertools.count(1)
        self.ask("session.new", capabilities={})
        (self.tab,) = (tab["context"] for tab in self.ask("browsingContext.getTree")["contexts"])

    def ask(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            pass
        assert answer["type"] == "success", answer
        return answer["result"]

    def goto(self, address):
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, as JSON has it."""
        found = self.ask(
            "script.evaluate",
            expression=f"JSON.stringify(({expression}) ?? null)",
            target={"context": self.tab},
            awaitPromise=False,
        )
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def wait(self, expression, seconds=300):
        """Wait until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < end, expression
            time.sleep(0.2)

    def press(self, key):
        steps = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": steps}]
        self.ask("input.performActions", context=self.tab, actions=actions)


@contextlib.contextmanager
def firefox(program, folder):
    """Start Firefox with a profile in an empty folder, and give its page."""
    (folder / "user.js").write_text(PREFERENCES)
    command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", folder]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            found = next(filter(None, map(LISTENS.search, process.stderr)))
            # Who writes to a pipe that nobody reads waits for ever.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            with contextlib.closing(
                websocket.create_connection(f"{found[1]}/session", timeout=300, suppress_origin=True)
            ) as socket:
                yield Page(socket)
        finally:
            process.kill()
