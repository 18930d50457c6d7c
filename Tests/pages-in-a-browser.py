#!/usr/bin/env python3
"""Opens pages in a headless Chromium, wide and narrow, light and dark, and says what a reader would stumble over.

    Tests/pages-in-a-browser.py PAGE…                     each of the pages
    Tests/pages-in-a-browser.py --screenshots DIR PAGE…   and a picture of each state

Of each page it checks that nothing is fetched and no error is reported, that nothing sticks out sideways, that text is
at least 11 pixels high and stands 4.5 to 1 against what is behind it (WCAG 2.2, 1.4.3), that every link within
the page leads somewhere, and that no two things have the same name. Exit code 1 if something is wrong,
69 without a browser. Needs Python alone: the browser is spoken to through a pipe.
"""

import argparse
import base64
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
WIDTHS = {1280: 900, 390: 844}
LONGEST_PICTURE = 6000

# What is wrong with the page that is shown; runs in the page, as a list of sentences.
LOOK = r"""
(width => {
  const faults = [];
  const wide = document.scrollingElement.scrollWidth - width;
  if (wide > 0) {
    const out = [...document.querySelectorAll('main *')].filter(e => {
      if (e.getBoundingClientRect().right <= width + 1) return false;
      for (let p = e.parentElement; p; p = p.parentElement)
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return false;
      return true;
    });
    const e = out[0];
    faults.push(`${wide} pixels stick out sideways` + (e ? `: <${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}"> ${e.textContent.trim().slice(0, 40)}` : ''));
  }
  const names = new Map();
  for (const e of document.querySelectorAll('[id]')) names.set(e.id, (names.get(e.id) ?? 0) + 1);
  for (const [name, count] of names) if (count > 1) faults.push(`${count} things are called '${name}'`);
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    const name = decodeURIComponent(a.getAttribute('href').slice(1));
    if (!names.has(name)) faults.push(`a link leads nowhere: #${name}`);
  }
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  canvas.canvas.width = canvas.canvas.height = 1;
  const cache = new Map();
  const rgba = colour => {
    if (!cache.has(colour)) {
      canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
      cache.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return cache.get(colour);
  };
  const light = ([r, g, b]) => {
    const part = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    return .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  };
  const behind = e => {
    for (let p = e; p; p = p.parentElement) {
      const colour = rgba(getComputedStyle(p).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    if (!node.data.trim()) continue;
    const e = node.parentElement, style = getComputedStyle(e);
    const inPicture = e instanceof SVGElement;
    if (['title', 'desc', 'style'].includes(e.tagName.toLowerCase()) || !e.getClientRects().length) continue;
    const box = e.getBoundingClientRect();
    const scale = inPicture ? e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width : 1;
    const size = parseFloat(style.fontSize) * scale;
    const [front, back] = [light(rgba(inPicture ? style.fill : style.color)), light(behind(e))];
    const contrast = (Math.max(front, back) + .05) / (Math.min(front, back) + .05);
    const where = `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''}`;
    const fault = size < 11 ? `text of ${size.toFixed(1)} pixels in ${where}`
      : contrast < 4.5 ? `contrast of ${contrast.toFixed(2)} in ${where}` : null;
    if (fault && !seen.has(fault)) { seen.add(fault); faults.push(`${fault}: ${node.data.trim().slice(0, 40)}`); }
  }
  return faults;
})
"""


class Browser:
    """One browser, spoken to in the Chrome DevTools Protocol: JSON objects that end in a zero byte."""

    def __init__(self, program, profile):
        # The browser expects its commands at descriptor 3 and answers at 4, so that nothing else may stand there.
        def pipe():
            low = os.pipe()
            high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
            for end in low:
                os.close(end)
            return high

        (read, self.write_end), (self.read_end, write) = pipe(), pipe()
        os.dup2(read, 3)
        os.dup2(write, 4)
        arguments = [program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--no-first-run",
                     "--disable-gpu", "--hide-scrollbars", "--disable-background-networking", "--disable-dev-shm-usage"]
        # Chromium refuses its sandbox to root, as which containers run.
        arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            arguments, pass_fds=[3, 4], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for end in [read, write, 3, 4]:
            os.close(end)
        self.answers = os.fdopen(self.read_end, "rb")
        self.rest, self.number, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.rest:
            part = self.answers.read1(1 << 20)
            if not part:
                sys.exit("pages-in-a-browser: the browser has ended; does it start by itself?")
            self.rest += part
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.write_end, data):]
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"pages-in-a-browser: {method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address):
        """Opens a page; returns what went wrong on the way."""
        self.events = []
        self.call("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())
        faults = []
        for event in self.events:
            what, said = event.get("method"), event.get("params", {})
            if what == "Network.requestWillBeSent":
                asked = said["request"]["url"]
                if asked.split("#")[0] != address and not asked.startswith("data:"):
                    faults.append(f"something is fetched: {asked}")
            elif what == "Log.entryAdded" and said["entry"]["level"] in ("error", "warning"):
                faults.append(f"the browser complains: {said['entry']['text']}")
            elif what == "Runtime.exceptionThrown":
                faults.append(f"a script fails: {said['exceptionDetails']['text']}")
        return faults

    def close(self):
        try:
            self.call("Browser.close")
        except SystemExit:
            pass
        self.process.wait(timeout=20)


def check(browser, page, pictures):
    """Looks at a page in each state; returns what is wrong, each once."""
    faults = {}
    for width, height in WIDTHS.items():
        for scheme in ["light", "dark"]:
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                         deviceScaleFactor=1, mobile=width < 600)
            browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            found = browser.open(page.resolve().as_uri())
            found += browser.call("Runtime.evaluate", expression=f"{LOOK.strip()}({width})", returnByValue=True)["result"].get(
                "value", ["the page could not be looked at"])
            for fault in found:
                faults.setdefault(fault, []).append(f"{width} px, {scheme}")
            if pictures:
                size = browser.call("Page.getLayoutMetrics")["cssContentSize"]
                clip = {"x": 0, "y": 0, "scale": 1, "width": width,
                        "height": min(size["height"], LONGEST_PICTURE)}
                picture = browser.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
                (pictures / f"{page.stem}-{width}-{scheme}.png").write_bytes(base64.b64decode(picture["data"]))
    return faults


def main():
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("pages", nargs="+", type=pathlib.Path, metavar="PAGE")
    reader.add_argument("--screenshots", type=pathlib.Path, metavar="DIR")
    options = reader.parse_args()
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        print("pages-in-a-browser: there is no Chromium; on Debian: apt-get install chromium fonts-noto-core", file=sys.stderr)
        sys.exit(69)
    missing = [str(page) for page in options.pages if not page.is_file()]
    if missing:
        sys.exit(f"pages-in-a-browser: there is no page {', '.join(missing)}")
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    is_wrong = False
    with tempfile.TemporaryDirectory(prefix="pages-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        for page in options.pages:
            faults = check(browser, page, options.screenshots)
            is_wrong = is_wrong or bool(faults)
            print(f"{page}: {'as it should be' if not faults else f'{len(faults)} faults'}")
            for fault, states in faults.items():
                print(f"  {fault}  ({'; '.join(states)})")
        browser.close()
    sys.exit(1 if is_wrong else 0)


if __name__ == "__main__":
    main()
